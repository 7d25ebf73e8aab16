#include "tiler/glyphs/glyph_stack.hpp"

#include "tiler/canvas/distance_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <protozero/pbf_builder.hpp>

namespace relief::glyphs {
namespace {

enum class GlyphsMessage : protozero::pbf_tag_type { stacks = 1 };
enum class StackMessage : protozero::pbf_tag_type { name = 1, range = 2, glyphs = 3 };
enum class GlyphMessage : protozero::pbf_tag_type {
    id = 1,
    bitmap = 2,
    width = 3,
    height = 4,
    left = 5,
    top = 6,
    advance = 7,
};

/// Whole pixels above the baseline where a line begins: the ascender of Open Sans and Noto Sans,
/// 1.069 em. One for all fonts, so that words of several scripts stand on one line.
constexpr int ascender = 26;
constexpr int widest = 10 * em_pixels;
/// The letter is drawn so many times as large before distances are taken: they then are within a
/// sixteenth of a pixel.
constexpr int finer = 8;

struct PixelBox {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    int width() const noexcept { return right - left; }
    int height() const noexcept { return bottom - top; }
    bool drawable() const noexcept {
        return width() > 0 && height() > 0 && width() <= widest && height() <= widest;
    }
};

PixelBox box_of(const text::GlyphOutline& outline) {
    if (outline.points.empty()) return {};
    constexpr float most = std::numeric_limits<float>::max();
    float left = most;
    float top = most;
    float right = -most;
    float bottom = -most;
    for (const text::OutlinePoint& at : outline.points) {
        left = std::min(left, at.x);
        right = std::max(right, at.x);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
    }
    const auto whole = [](float ems) {
        // Outlines lie within a few hundred ems; what does not is no letter.
        return static_cast<int>(std::clamp(ems, -1e6F, 1e6F));
    };
    return {whole(std::floor(left * em_pixels)),
            whole(std::floor(top * em_pixels)),
            whole(std::ceil(right * em_pixels)),
            whole(std::ceil(bottom * em_pixels))};
}

std::vector<std::uint8_t> field_of(const text::GlyphOutline& outline, const PixelBox& box) {
    const PixelSize size{(box.width() + 2 * glyph_buffer) * finer,
                         (box.height() + 2 * glyph_buffer) * finer};
    const auto left = static_cast<float>(box.left - glyph_buffer);
    const auto top = static_cast<float>(box.top - glyph_buffer);
    std::vector<std::vector<canvas::Point>> rings;
    std::size_t first = 0;
    for (const std::size_t end : outline.ends) {
        std::vector<canvas::Point>& ring = rings.emplace_back();
        for (; first < end; ++first) {
            const text::OutlinePoint at = outline.points[first];
            ring.push_back({(at.x * em_pixels - left) * finer, (at.y * em_pixels - top) * finer});
        }
    }
    return canvas::distance_field(canvas::coverage_of(rings, size), size, {.finer = finer}).values;
}

}  // namespace

DistanceGlyph distance_glyph(char32_t character, const text::OutlinedGlyph& outlined) {
    constexpr float nearly = 1e-3F;
    DistanceGlyph glyph;
    glyph.character = character;
    glyph.advance = static_cast<std::uint32_t>(
        std::floor(std::clamp(outlined.advance, 0.0F, 100.0F) * em_pixels + nearly));
    const PixelBox box = box_of(*outlined.outline);
    if (!box.drawable()) return glyph;
    glyph.width = static_cast<std::uint32_t>(box.width());
    glyph.height = static_cast<std::uint32_t>(box.height());
    glyph.left = box.left;
    glyph.top = -box.top - ascender;
    glyph.field = field_of(*outlined.outline, box);
    return glyph;
}

Bytes encode_glyphs(const GlyphStack& stack) {
    std::string out;
    protozero::pbf_builder<GlyphsMessage> message(out);
    {
        protozero::pbf_builder<StackMessage> inner(message, GlyphsMessage::stacks);
        inner.add_string(StackMessage::name, stack.name);
        inner.add_string(StackMessage::range, stack.range);
        for (const DistanceGlyph& glyph : stack.glyphs) {
            protozero::pbf_builder<GlyphMessage> one(inner, StackMessage::glyphs);
            one.add_uint32(GlyphMessage::id, glyph.character);
            if (!glyph.field.empty())
                one.add_bytes(GlyphMessage::bitmap,
                              reinterpret_cast<const char*>(glyph.field.data()),
                              glyph.field.size());
            one.add_uint32(GlyphMessage::width, glyph.width);
            one.add_uint32(GlyphMessage::height, glyph.height);
            one.add_sint32(GlyphMessage::left, glyph.left);
            one.add_sint32(GlyphMessage::top, glyph.top);
            one.add_uint32(GlyphMessage::advance, glyph.advance);
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace relief::glyphs
