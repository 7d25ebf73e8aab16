#include "tiler/text/outline.hpp"

#include "tiler/text/shaping.hpp"

#include <ft2build.h>
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::text {
namespace {

/// Shaped large, in 1/64 pixel: 1/8192 em is finer than any picture.
constexpr double shaping_size = 128;
constexpr float per_unit = 1 / (64 * static_cast<float>(shaping_size));

OutlinePoint scaled(const FT_Vector& at) noexcept {
    return {static_cast<float>(at.x) * per_unit, -static_cast<float>(at.y) * per_unit};
}

/// Walks an outline of FreeType.
class Tracer {
public:
    explicit Tracer(GlyphOutline& out) : out_(out) {}

    void begin(OutlinePoint at) {
        close();
        put(at);
    }
    void close() {
        const std::size_t start = out_.ends.empty() ? 0 : out_.ends.back();
        if (out_.points.size() > start) out_.ends.push_back(out_.points.size());
    }
    void put(OutlinePoint at) {
        out_.points.push_back(at);
        at_ = at;
    }
    void curve(OutlinePoint one, OutlinePoint two, OutlinePoint to) {
        const OutlinePoint from = at_;
        const float size = std::abs(one.x - from.x) + std::abs(one.y - from.y) +
                           std::abs(to.x - two.x) + std::abs(to.y - two.y);
        // Parts of a fortieth of an em lie within 1/200 em of the curves that letters have.
        const int parts = std::clamp(static_cast<int>(size * 40), 2, 24);
        for (int i = 1; i <= parts; ++i) {
            const float t = static_cast<float>(i) / static_cast<float>(parts);
            const float s = 1 - t;
            const auto mix = [&](float a, float b, float c, float d) {
                return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
            };
            put({mix(from.x, one.x, two.x, to.x), mix(from.y, one.y, two.y, to.y)});
        }
    }
    /// A conic is a cubic whose controls lie two thirds of the way to its own.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): FreeType's own order
    void conic(OutlinePoint control, OutlinePoint to) {
        const auto towards = [&](OutlinePoint end) {
            return OutlinePoint{end.x + (control.x - end.x) * 2 / 3,
                                end.y + (control.y - end.y) * 2 / 3};
        };
        curve(towards(at_), towards(to), to);
    }

private:
    GlyphOutline& out_;
    OutlinePoint at_;
};

Tracer& tracer_of(void* user) noexcept {
    return *static_cast<Tracer*>(user);
}

GlyphOutline outline_of(const OpenFont& font, std::uint32_t glyph) {
    GlyphOutline outline;
    auto* const face = font.face.get();
    if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return outline;
    if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return outline;
    FT_Outline_Funcs steps{};
    steps.move_to = [](const FT_Vector* to, void* user) {
        tracer_of(user).begin(scaled(*to));
        return 0;
    };
    steps.line_to = [](const FT_Vector* to, void* user) {
        tracer_of(user).put(scaled(*to));
        return 0;
    };
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): FreeType's own order
    steps.conic_to = [](const FT_Vector* control, const FT_Vector* to, void* user) {
        tracer_of(user).conic(scaled(*control), scaled(*to));
        return 0;
    };
    steps.cubic_to =
        // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): FreeType's own order
        [](const FT_Vector* one, const FT_Vector* two, const FT_Vector* to, void* user) {
            tracer_of(user).curve(scaled(*one), scaled(*two), scaled(*to));
            return 0;
        };
    Tracer tracer(outline);
    FT_Outline_Decompose(&face->glyph->outline, &steps, &tracer);
    tracer.close();
    return outline;
}

/// All that the line depends on, no two alike.
std::string line_key(std::span<const TextPart> parts, Setting setting) {
    std::string key(1, static_cast<char>(setting));
    const auto append = [&](const auto& number) {
        key.append(reinterpret_cast<const char*>(&number), sizeof(number));
    };
    for (const TextPart& part : parts) {
        append(part.font ? *part.font + 1 : std::size_t{0});
        append(part.scale);
        append(part.utf8.size());
        key.append(part.utf8);
    }
    return key;
}

}  // namespace

OutlinedText::Font OutlinedText::font_named(std::string_view name) const {
    return fonts_.library().place_of(name);
}

bool OutlinedText::forget_beyond(std::size_t bytes) {
    if (bytes_ <= bytes) return false;
    lines_.clear();
    glyphs_.clear();
    bytes_ = 0;
    return true;
}

const GlyphOutline& OutlinedText::outline(const OpenFont* open,
                                          std::size_t font,
                                          std::uint32_t glyph) {
    const auto known = glyphs_.find({font, glyph});
    if (known != glyphs_.end()) return known->second;
    auto outline = open == nullptr ? GlyphOutline{} : outline_of(*open, glyph);
    bytes_ += sizeof(GlyphOutline) + outline.points.capacity() * sizeof(OutlinePoint) +
              outline.ends.capacity() * sizeof(std::size_t);
    return glyphs_.emplace(std::pair{font, glyph}, std::move(outline)).first->second;
}

std::optional<OutlinedGlyph> OutlinedText::glyph(char32_t character,
                                                 std::span<const std::size_t> fonts) {
    const Fonts::Library::Lease lease(fonts_.library(), shaping_size);
    const auto stated = std::find_if(fonts.begin(), fonts.end(), [&](std::size_t font) {
        return lease.covers(font, character);
    });
    const std::size_t font =
        stated != fonts.end() ? *stated : lease.font_for(character, std::nullopt);
    const OpenFont* const open = lease.font(font);
    std::uint32_t glyph = 0;
    if (open == nullptr || !lease.covers(font, character) ||
        hb_font_get_nominal_glyph(open->shaper.get(), character, &glyph) == 0)
        return std::nullopt;
    const auto advance =
        static_cast<float>(hb_font_get_glyph_h_advance(open->shaper.get(), glyph)) * per_unit;
    return OutlinedGlyph{&outline(open, font, glyph), {}, advance, advance};
}

OutlinedLine OutlinedText::line(std::span<const TextPart> parts, Setting setting) {
    constexpr std::size_t most_lines = 1000;
    std::string key = line_key(parts, setting);
    const auto known = lines_.find(key);
    if (known != lines_.end()) return known->second;
    if (lines_.size() >= most_lines) lines_.clear();
    return lines_.emplace(std::move(key), shaped(parts, setting)).first->second;
}

OutlinedLine OutlinedText::shaped(std::span<const TextPart> parts, Setting setting) {
    const Fonts::Library::Lease lease(fonts_.library(), shaping_size);
    const ShapedLine shaped = shape(lease, parts, setting);
    OutlinedLine line;
    line.advance = static_cast<float>(shaped.advance) * per_unit;
    for (const PlacedGlyph& placed : shaped.glyphs) {
        line.glyphs.push_back(
            {&outline(lease.font(placed.font), placed.font, placed.glyph),
             {static_cast<float>(placed.x) * per_unit, -static_cast<float>(placed.y) * per_unit},
             static_cast<float>(placed.advance) * per_unit,
             static_cast<float>(placed.width) * per_unit,
             placed.part,
             placed.upright});
    }
    return line;
}

}  // namespace relief::text
