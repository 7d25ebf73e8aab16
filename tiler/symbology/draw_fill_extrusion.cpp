#include "tiler/canvas/area_filler.hpp"
#include "tiler/canvas/mosaic_of_areas.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace relief::symbology {
namespace {

/// The style's light as a level roof gets it: from all sides alike, so of where it stands only the
/// height matters. Source: MapLibre GL JS, fill_extrusion.vertex.glsl and
/// fill_extrusion_pattern.vertex.glsl, with the normal (0, 0, 1).
class RoofLight {
public:
    explicit RoofLight(const Brush& brush)
        : intensity_(number_in(value_of(brush, "intensity"))),
          color_(color_in(value_of(brush, "color"))) {
        const auto position = numbers_in(value_of(brush, "position"));
        if (position.size() != 3) return;
        const double polar = position[2] * std::numbers::pi / 180;
        above_ = std::clamp(position[0] * std::cos(polar), 0.0, 1.0);
    }

    /// A colour's own transparency makes it darker: roofs are as opaque as their layer.
    canvas::Ink on(const expression::Rgba& color) const {
        const double brightness =
            (0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue) * color.alpha;
        const double light = between(1 - intensity_, std::max(1 - brightness + intensity_, 1.0));
        constexpr double ambient = 0.03;
        const auto part = [&](double own, double of_light) {
            return seen((own * color.alpha + ambient) * light * of_light, of_light);
        };
        return ink_of(expression::Rgba{part(color.red, color_.red),
                                       part(color.green, color_.green),
                                       part(color.blue, color_.blue),
                                       1},
                      1);
    }
    /// The image with what the light leaves of its colours.
    canvas::Surface on(const canvas::Surface& image) const {
        const double light = between(1 - intensity_, std::max(0.5 + intensity_, 1.0));
        const std::array<double, 3> parts{seen(light * color_.red, color_.red),
                                          seen(light * color_.green, color_.green),
                                          seen(light * color_.blue, color_.blue)};
        std::vector<std::uint8_t> bytes = image.bytes();
        for (std::size_t i = 0; i < bytes.size(); ++i)
            if (i % 4 != 3)
                bytes[i] = static_cast<std::uint8_t>(std::lround(bytes[i] * parts.at(i % 4)));
        return {image.size(), std::move(bytes)};
    }

private:
    static expression::Value value_of(const Brush& brush, std::string_view name) {
        const auto found = brush.style.light.find(name);
        return found == brush.style.light.end() ? expression::Value()
                                                : found->second.evaluate(brush.evaluation);
    }
    double between(double shade, double sun) const { return shade + (sun - shade) * above_; }
    /// Never darker than the hue of the light leaves it.
    static double seen(double lit, double of_light) {
        return std::clamp(lit, 0.3 * (1 - of_light), 1.0);
    }

    double intensity_;
    expression::Rgba color_;
    double above_ = 1;
};

/// Seen from straight above there are roofs, and no walls. The layer's opacity is that of all of
/// them together.
class RoofPainter {
public:
    explicit RoofPainter(const Brush& brush)
        : brush_(brush),
          shift_(translation(brush, "fill-extrusion")),
          light_(brush),
          color_(brush.layer, "fill-extrusion-color", color_in, brush.evaluation),
          pattern_(brush.layer, "fill-extrusion-pattern", name_in, brush.evaluation),
          coverage_(brush.surface.size()),
          filler_(brush.surface.size()),
          mosaic_(brush.surface.size()) {}

    double margin() const {
        return std::hypot(static_cast<double>(shift_.x), static_cast<double>(shift_.y));
    }

    void draw(const FeaturePiece& piece) {
        const canvas::Clip clip = clip_of(brush_.frame, piece, shift_);
        if (clip.empty()) return;
        Outline outline(brush_.frame, piece, shift_);
        // Of two roofs the higher one hides the other.
        PieceFeatures features(brush_, piece, "fill-extrusion-height");
        features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
            if (feature.kind != GeometryKind::area || !outline.take(feature, 1)) return;
            for (std::size_t i = 0; i < outline.paths(); ++i) filler_.add(outline.path(i));
            filler_.cover(coverage_);
            clip.cut(coverage_);
            paint(with);
            coverage_.clear();
        });
    }

    void finish(double opacity) {
        brush_.surface.compose(mosaic_.surface(), static_cast<float>(opacity));
    }

private:
    void paint(const expression::Evaluation& with) {
        if (!pattern_.exists()) {
            mosaic_.paint(coverage_, light_.on(color_.of(with)));
        } else if (const auto* image = brush_.data.style_images().find(pattern_.of(with))) {
            canvas::paint_pattern(mosaic_.surface(),
                                  coverage_,
                                  light_.on(image->pixels),
                                  pattern_placement(brush_.frame, *image),
                                  1);
        }
    }

    const Brush& brush_;
    canvas::Point shift_;
    RoofLight light_;
    Setting<expression::Rgba> color_;
    Setting<std::string_view> pattern_;
    canvas::Coverage coverage_;
    canvas::AreaFiller filler_;
    canvas::MosaicOfAreas mosaic_;
};

}  // namespace

void draw_fill_extrusion(const Brush& brush) {
    const double opacity = number_in(brush.layer.value("fill-extrusion-opacity", brush.evaluation));
    if (!(opacity > 0)) return;
    RoofPainter painter(brush);
    for (const FeaturePiece& piece :
         brush.data.features(brush.layer, brush.frame, painter.margin()))
        painter.draw(piece);
    painter.finish(opacity);
}

}  // namespace relief::symbology
