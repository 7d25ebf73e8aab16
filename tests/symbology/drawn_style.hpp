#pragma once
// A style drawn from features that a test makes up.

#include "tiler/stylesheet/style_document.hpp"
#include "tiler/symbology/draw_style.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::symbology {

class NamedImages final : public StyleImages {
public:
    const StyleImage* find(std::string_view name) const override {
        return name == "mark" ? &image : nullptr;
    }
    StyleImage image{canvas::Surface({2, 2}), 1};
};

/// One tile, 0/0/0, of features; its images and heights in it as well.
class MadeData final : public StyleSupply {
public:
    std::vector<FeaturePiece> features(const stylesheet::Layer&,
                                       const ViewFrame&,
                                       double) override {
        return {{std::make_shared<const FeatureTile>(tile), square()}};
    }
    std::vector<ImagePiece> images(const stylesheet::Layer&, const ViewFrame&) override {
        return {
            {std::make_shared<const canvas::Surface>(image), {{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}}};
    }
    std::vector<HeightPiece> heights(const stylesheet::Layer&, const ViewFrame&) override {
        return {{std::make_shared<const HeightField>(height), square()}};
    }
    const StyleImages& style_images() const override { return named; }
    text::OutlinedText* fonts() override {
        if (!words) {
            auto fonts = text::Fonts::open();
            if (fonts) words.emplace(std::move(*fonts));
        }
        return words ? &*words : nullptr;
    }

    /// A ring or line or point, its places in pixels of the 512 pixel wide world.
    void add(GeometryKind kind, const std::vector<TilePoint>& pixels, double number = 0) {
        if (tile.keys.empty()) tile.keys.emplace_back("n");
        const auto first = static_cast<std::uint32_t>(tile.points.size());
        for (const TilePoint& at : pixels) tile.points.push_back({at.x * 8, at.y * 8});
        tile.features.push_back({0,
                                 kind,
                                 static_cast<std::uint32_t>(tile.paths.size()),
                                 1,
                                 static_cast<std::uint32_t>(tile.tags.size()),
                                 2});
        tile.paths.push_back({first, static_cast<std::uint32_t>(pixels.size())});
        tile.tags.push_back(0);
        tile.tags.push_back(static_cast<std::uint32_t>(tile.values.size()));
        tile.values.emplace_back(number);
    }

    FeatureTile tile;
    canvas::Surface image{PixelSize{1, 1}};
    HeightField height{{1, 1}, std::vector<float>(9)};
    NamedImages named;
    std::optional<text::OutlinedText> words;

private:
    static TileSquare square() { return {*TileId::make({0, 0, 0}), 0}; }
};

/// The layers of a style over a source "s" of the type.
inline stylesheet::ReadStyle layers_of(const std::string& layers, const char* type = "geojson") {
    const std::string source =
        std::string(type) == "geojson"
            ? R"({"type": "geojson", "data": {"type": "FeatureCollection", "features": []}})"
            : std::string(R"({"type": ")") + type + R"(", "tiles": ["relief://x"]})";
    auto style = stylesheet::read_style(R"({"version": 8, "sources": {"s": )" + source +
                                        R"(}, "layers": [)" + layers + "]}");
    for (const auto& problem : style.problems)
        EXPECT_NE(problem.severity, stylesheet::Severity::error) << problem.message;
    return style;
}

/// The world at zoom 0, 512 × 512 pixels.
inline canvas::Surface drawn(const stylesheet::ReadStyle& style, StyleSupply& data) {
    const View view{{0.5, 0.5}, 0, 0, {512, 512}, 1};
    auto surface = draw_style(*style.document, view, data, {});
    EXPECT_TRUE(surface) << surface.error().what;
    return surface ? std::move(*surface) : canvas::Surface(view.size);
}

inline canvas::Ink pixel(const canvas::Surface& surface, int x, int y) {
    const std::uint8_t* const p = surface.row(y) + std::ptrdiff_t{x} * 4;
    return {p[0], p[1], p[2], p[3]};
}

inline int painted(const canvas::Surface& surface) {
    int count = 0;
    for (std::size_t i = 3; i < surface.bytes().size(); i += 4) count += surface.bytes()[i] > 127;
    return count;
}

}  // namespace relief::symbology
