#include "tiler/symbology/letter_fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace relief::symbology {
namespace {

constexpr int em_pixels = 24;
/// Pixels at 24 to the em around a letter: a third of an em, for the widest halo of the
/// specification, a quarter, and its edge.
constexpr int margin = 8;
/// The letter is drawn so many times as large before distances are taken.
constexpr int finer = 4;
/// Fields are kept of at most so many letters, about 16 MB.
constexpr std::size_t most_fields = 2000;
/// Wider or higher than this nothing is a letter. Units: ems.
constexpr float largest = 10;

/// How often the field is doubled: the first up to half as large again as it is.
int doubled_for(float em) noexcept {
    return em <= 1.5F * em_pixels ? 0 : em <= 3.0F * em_pixels ? 1 : 2;
}

struct Reach {
    canvas::Point low{1e9F, 1e9F};
    canvas::Point high{-1e9F, -1e9F};
    bool drawable() const noexcept {
        return high.x - low.x <= largest && high.y - low.y <= largest && low.x <= high.x &&
               std::isfinite(low.x + low.y);
    }
};

Reach reach_of(const text::GlyphOutline& outline) noexcept {
    Reach reach;
    for (const text::OutlinePoint& at : outline.points) {
        reach.low = {std::min(reach.low.x, at.x), std::min(reach.low.y, at.y)};
        reach.high = {std::max(reach.high.x, at.x), std::max(reach.high.y, at.y)};
    }
    return reach;
}

std::vector<std::vector<canvas::Point>> rings_of(const text::GlyphOutline& outline,
                                                 canvas::Point corner,
                                                 float scale) {
    std::vector<std::vector<canvas::Point>> rings;
    std::size_t first = 0;
    for (const std::size_t end : outline.ends) {
        std::vector<canvas::Point>& ring = rings.emplace_back();
        for (; first < end; ++first) {
            const text::OutlinePoint at = outline.points[first];
            ring.push_back({(at.x - corner.x) * scale, (at.y - corner.y) * scale});
        }
    }
    return rings;
}

LetterField field_of(const text::GlyphOutline& outline, int doubled) {
    const Reach reach = reach_of(outline);
    if (!reach.drawable()) return {};
    const int pixels = em_pixels << static_cast<unsigned>(doubled);
    const int around = margin << static_cast<unsigned>(doubled);
    const int parts = std::max(finer >> static_cast<unsigned>(doubled), 1);
    const auto per_em = static_cast<float>(pixels);
    const auto low = [&](float ems) { return static_cast<int>(std::floor(ems * per_em)) - around; };
    const auto high = [&](float ems) { return static_cast<int>(std::ceil(ems * per_em)) + around; };
    const int left = low(reach.low.x);
    const int top = low(reach.low.y);
    const PixelSize size{(high(reach.high.x) - left) * parts, (high(reach.high.y) - top) * parts};
    LetterField field;
    field.pixel = 1 / per_em;
    field.corner = {static_cast<float>(left) / per_em, static_cast<float>(top) / per_em};
    const auto rings = rings_of(outline, field.corner, per_em * static_cast<float>(parts));
    field.sheet = canvas::distance_sheet(canvas::coverage_of(rings, size), size, parts);
    field.sheet.margin = around;
    return field;
}

}  // namespace

const LetterField& LetterFields::of(const text::GlyphOutline& outline, float em) {
    const std::pair key{&outline, doubled_for(em)};
    const auto known = fields_.find(key);
    if (known != fields_.end()) return known->second;
    if (fields_.size() >= most_fields) fields_.clear();
    return fields_.emplace(key, field_of(outline, key.second)).first->second;
}

}  // namespace relief::symbology
