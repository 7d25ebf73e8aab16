#include "tiler/text/shaping.hpp"
#include "tiler/text/text.hpp"

#include <ft2build.h>
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <optional>

namespace relief::text {
namespace {

using Lease = Fonts::Library::Lease;

/// A drawn glyph; rows count downwards from the baseline.
struct GlyphPixels {
    int left = 0;
    int top = 0;
    PixelSize size;
    std::vector<std::uint8_t> coverage;
};

std::optional<GlyphPixels> pixels_of(const OpenFont& font, const PlacedGlyph& placed) {
    auto* const face = font.face.get();
    // Light hinting snaps heights only, so that shaped advances stay true.
    if (FT_Load_Glyph(face, placed.glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0) return {};
    if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return {};
    const auto column = placed.x >> 6;
    const auto row = (placed.y + 32) >> 6;
    FT_Outline_Translate(&face->glyph->outline, placed.x - column * 64, 0);
    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return {};

    const auto& bitmap = face->glyph->bitmap;
    GlyphPixels pixels{.left = column + face->glyph->bitmap_left,
                       .top = -row - face->glyph->bitmap_top,
                       .size = {static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows)},
                       .coverage = {}};
    for (int y = 0; y < pixels.size.height; ++y) {
        const auto* start = bitmap.buffer + std::ptrdiff_t{y} * bitmap.pitch;
        pixels.coverage.insert(pixels.coverage.end(), start, start + pixels.size.width);
    }
    return pixels;
}

/// Sides of the line around the pen's start on the baseline; rows count downwards.
struct Extent {
    int left = 0;
    int right = 0;
    int top = 0;
    int bottom = 0;

    void include(const GlyphPixels& glyph) {
        left = std::min(left, glyph.left);
        right = std::max(right, glyph.left + glyph.size.width);
        top = std::min(top, glyph.top);
        bottom = std::max(bottom, glyph.top + glyph.size.height);
    }
    void include(const FT_Size_Metrics& metrics) {
        top = std::min(top, -static_cast<int>((metrics.ascender + 63) >> 6));
        bottom = std::max(bottom, static_cast<int>((-metrics.descender + 63) >> 6));
    }
};

void blend(Line& line, const GlyphPixels& glyph, const Extent& extent) {
    for (int y = 0; y < glyph.size.height; ++y) {
        const auto from = static_cast<std::size_t>(y) * static_cast<std::size_t>(glyph.size.width);
        const auto to = static_cast<std::size_t>(glyph.top + y - extent.top) *
                            static_cast<std::size_t>(line.size.width) +
                        static_cast<std::size_t>(glyph.left - extent.left);
        for (std::size_t x = 0; x < static_cast<std::size_t>(glyph.size.width); ++x) {
            // Joined letters share their edge: coverages add, up to all.
            const int sum = line.coverage[to + x] + glyph.coverage[from + x];
            line.coverage[to + x] = static_cast<std::uint8_t>(std::min(sum, 255));
        }
    }
}

}  // namespace

Line draw_line(const Fonts& fonts, std::string_view utf8, double pixels) {
    // Written so that NaN, for which no comparison holds, becomes the least size.
    const double size = pixels > 4 ? std::min(pixels, 200.0) : 4;
    const Lease lease(fonts.library(), size);
    const TextPart whole{.utf8 = utf8};
    const auto shaped = shape(lease, {&whole, 1}, Setting::typographic);

    Extent extent{.right = (shaped.advance + 63) >> 6};
    if (const auto* first = lease.font(0)) extent.include(first->face->size->metrics);
    std::vector<GlyphPixels> glyphs;
    for (const auto& placed : shaped.glyphs) {
        const auto* font = lease.font(placed.font);
        auto glyph = font == nullptr ? std::nullopt : pixels_of(*font, placed);
        if (!glyph) continue;
        extent.include(*glyph);
        extent.include(font->face->size->metrics);
        glyphs.push_back(std::move(*glyph));
    }

    Line line{.size = {extent.right - extent.left, extent.bottom - extent.top},
              .baseline = -extent.top,
              .coverage = {}};
    line.coverage.resize(static_cast<std::size_t>(line.size.width) *
                         static_cast<std::size_t>(line.size.height));
    for (const auto& glyph : glyphs) blend(line, glyph, extent);
    return line;
}

}  // namespace relief::text
