#include "tiler/symbology/symbol_painter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::symbology {
namespace {

using canvas::Point;

constexpr float half_turn = std::numbers::pi_v<float>;
/// As the reference renderer's letters: 0.105 of fields that span 8 pixels.
constexpr float letter_softness = 0.105F * 8;

Point turned(Point way, float angle) noexcept {
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    return {way.x * cosine - way.y * sine, way.x * sine + way.y * cosine};
}

/// A letter that stands upright in a column, which runs downwards, is turned back from it.
Point right_of(const Label::Glyph& glyph, Point along) noexcept {
    return glyph.upright ? Point{along.y, -along.x} : along;
}

/// Around a turned rectangle.
Box box_around(Point low, Point high, float angle) {
    Box box{{1e30F, 1e30F}, {-1e30F, -1e30F}};
    for (const Point corner : {low, Point{high.x, low.y}, high, Point{low.x, high.y}}) {
        const Point at = turned(corner, angle);
        box.low = {std::min(box.low.x, at.x), std::min(box.low.y, at.y)};
        box.high = {std::max(box.high.x, at.x), std::max(box.high.y, at.y)};
    }
    return box;
}

Box moved(const Box& box, Point by, float padding) {
    const Point pad{padding, padding};
    return {box.low + by - pad, box.high + by + pad};
}

/// Walks a line from a place on it, forwards by positive distances and backwards by negative ones.
class LineWalk {
public:
    LineWalk(const std::vector<Point>& line, std::size_t segment, Point at)
        : line_(line), segment_(segment), at_(at) {}

    struct Stop {
        Point at;
        Point along;  ///< of length 1
    };
    /// Nothing beyond the line's ends.
    std::optional<Stop> stop(float distance) const {
        std::size_t i = segment_;
        Point from = at_;
        if (distance >= 0) {
            for (; i + 1 < line_.size(); from = line_[++i]) {
                const float rest = length(line_[i + 1] - from);
                if (distance <= rest) return stop_in(i, from, distance);
                distance -= rest;
            }
            return std::nullopt;
        }
        for (distance = -distance;; from = line_[i], --i) {
            const float rest = length(from - line_[i]);
            if (distance <= rest) return stop_in(i, from, -distance);
            if (i == 0) return std::nullopt;
            distance -= rest;
            if (i == 0) return std::nullopt;
        }
    }

private:
    static float length(Point way) noexcept { return std::hypot(way.x, way.y); }

    std::optional<Stop> stop_in(std::size_t i, Point from, float distance) const {
        const Point way = line_[i + 1] - line_[i];
        const float whole = length(way);
        if (!(whole > 0)) return std::nullopt;
        const Point along = way * (1 / whole);
        return Stop{from + along * distance, along};
    }

    const std::vector<Point>& line_;
    std::size_t segment_;
    Point at_;
};

}  // namespace

SymbolGeometry::SymbolGeometry(const ViewFrame& frame, const SymbolRules& rules)
    : rules_(rules),
      ratio_(static_cast<float>(frame.view().ratio)),
      north_(static_cast<float>(-frame.view().bearing) * half_turn / 180) {}

float SymbolGeometry::icon_angle(const Symbol& symbol) const {
    const float own = symbol.look->icon.turn;
    if (!rules_.icon_turns_with_map) return own;
    if (rules_.along == SymbolRules::Along::point) return own + north_;
    const bool flipped = rules_.icon_upright && std::cos(symbol.angle) < 0;
    return own + symbol.angle + (flipped ? half_turn : 0);
}

float SymbolGeometry::text_angle(const TextLook& text) const {
    if (!rules_.text_turns_with_map || rules_.along != SymbolRules::Along::point) return text.turn;
    return text.turn + north_;
}

std::vector<LetterPlace> SymbolGeometry::letters(const Symbol& symbol, const TextLook& text) const {
    if (rules_.text_follows() && symbol.line) return letters_along(symbol, text);
    const float em = text.size * ratio_;
    const float angle = text_angle(text);
    const Point across = turned({em, 0}, angle);
    std::vector<LetterPlace> places;
    places.reserve(text.label.glyphs.size());
    for (const Label::Glyph& glyph : text.label.glyphs)
        places.push_back({&glyph,
                          symbol.at + turned((glyph.middle + text.offset) * em, angle),
                          right_of(glyph, across)});
    return places;
}

std::vector<LetterPlace> SymbolGeometry::letters_along(const Symbol& symbol,
                                                       const TextLook& text) const {
    const float em = text.size * ratio_;
    const LineWalk walk(*symbol.line, symbol.segment, symbol.at);
    const auto stop_of = [&](const Label::Glyph& glyph, float way) {
        return walk.stop((glyph.middle.x + text.offset.x) * em * way);
    };
    const auto first = stop_of(text.label.glyphs.front(), 1);
    const auto last = stop_of(text.label.glyphs.back(), 1);
    if (!first || !last) return {};
    const Point whole = text.label.glyphs.size() > 1 ? last->at - first->at : first->along;
    const bool is_column = !text.column.empty() && std::abs(whole.y) > std::abs(whole.x);
    const float forwards = is_column ? whole.y : whole.x;
    const float way = rules_.text_upright && forwards < 0 ? -1.0F : 1.0F;
    const Label& label = is_column ? text.column : text.label;
    std::vector<LetterPlace> places;
    places.reserve(label.glyphs.size());
    for (const Label::Glyph& glyph : label.glyphs) {
        const auto stop = stop_of(glyph, way);
        if (!stop) return {};
        const Point across = turned(stop->along * (em * way), text.turn);
        const Point down{-across.y, across.x};
        places.push_back(
            {&glyph, stop->at + down * (glyph.middle.y + text.offset.y), right_of(glyph, across)});
    }
    return places;
}

void SymbolGeometry::icon_boxes(const Symbol& symbol, std::vector<Box>& boxes) const {
    const IconLook& icon = symbol.look->icon;
    boxes.push_back(moved(box_around(icon.low * ratio_, icon.high * ratio_, icon_angle(symbol)),
                          symbol.at,
                          icon.padding * ratio_));
}

bool SymbolGeometry::text_boxes(const Symbol& symbol,
                                const TextLook& text,
                                std::vector<Box>& boxes) const {
    const float em = text.size * ratio_;
    if (!rules_.text_follows() || !symbol.line) {
        boxes.push_back(moved(box_around((text.label.low + text.offset) * em,
                                         (text.label.high + text.offset) * em,
                                         text_angle(text)),
                              symbol.at,
                              text.padding * ratio_));
        return true;
    }
    const auto places = letters(symbol, text);
    const float half = em / 2;
    for (const LetterPlace& place : places)
        boxes.push_back(moved({{-half, -half}, {half, half}}, place.at, text.padding * ratio_));
    return !places.empty();
}

SymbolPainter::SymbolPainter(const Brush& brush, const SymbolGeometry& geometry)
    : brush_(brush),
      geometry_(geometry),
      icon_shift_(translation(brush, "icon")),
      text_shift_(translation(brush, "text")),
      coverage_(brush.surface.size()) {}

void SymbolPainter::draw_icon(const Symbol& symbol) {
    const IconLook& icon = symbol.look->icon;
    if (icon.image == nullptr || !(icon.size > 0)) return;
    const PixelSize pixels = icon.image->pixels.size();
    const float angle = geometry_.icon_angle(symbol);
    const Point extent = (icon.high - icon.low) * geometry_.ratio();
    canvas::Placement placement;
    placement.origin = symbol.at + icon_shift_ + turned(icon.low * geometry_.ratio(), angle);
    placement.across = turned({extent.x / static_cast<float>(pixels.width), 0}, angle);
    placement.down = turned({0, extent.y / static_cast<float>(pixels.height)}, angle);
    draw_picture(icon, placement);
}

void SymbolPainter::draw_picture(const IconLook& icon, canvas::Placement placement) {
    if (icon.image->is_distances) return draw_marks(icon, placement);
    // Pixel upon pixel an icon stays as sharp as it was drawn.
    if (placement.across == Point{1, 0} && placement.down == Point{0, 1})
        placement.origin = {std::round(placement.origin.x), std::round(placement.origin.y)};
    canvas::draw_image(brush_.surface, icon.image->pixels, placement, icon.opacity);
}

void SymbolPainter::draw_marks(const IconLook& icon, const canvas::Placement& placement) {
    // As the reference renderer reads them: the edge at 3/4, 8 pixels of the image to the whole
    // range.
    constexpr float edge = 0.75F;
    constexpr float reach = 8;
    constexpr float softness = 0.105F;
    const PixelSize size = icon.image->pixels.size();
    canvas::DistanceField field{size, {}};
    field.values.reserve(static_cast<std::size_t>(size.width) *
                         static_cast<std::size_t>(size.height));
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            field.values.push_back(icon.image->pixels.row(y)[std::ptrdiff_t{x} * 4 + 3]);
    const float soft = softness / geometry_.ratio();
    if (icon.halo_width > 0 && icon.halo_ink[3] > 0)
        canvas::draw_distances(brush_.surface,
                               field,
                               placement,
                               {(6 - icon.halo_width / icon.size) / reach,
                                (icon.halo_blur * 1.19F / reach + soft) / icon.size},
                               icon.halo_ink);
    canvas::draw_distances(brush_.surface, field, placement, {edge, soft / icon.size}, icon.ink);
}

void SymbolPainter::draw_text(const Symbol& symbol) {
    // As the reference renderer's letters: 1.19 of fields that span 8 pixels.
    constexpr float blur_softness = 1.19F;
    if (symbol.text >= symbol.look->texts.size()) return;
    const TextLook& text = symbol.look->texts[symbol.text];
    const float ratio = geometry_.ratio();
    const auto places = geometry_.letters(symbol, text);
    if (text.halo_width > 0 && text.halo_ink[3] > 0) {
        const bool hides = text.halo_ink[3] == 255;
        cover_letters(places,
                      text.size * ratio,
                      {text.halo_width * ratio,
                       letter_softness + blur_softness * text.halo_blur * ratio,
                       hides ? canvas::Meeting::over : canvas::Meeting::strongest});
        brush_.surface.paint(coverage_, text.halo_ink);
        coverage_.clear();
    }
    for (std::size_t part = 0; part < text.parts.size(); ++part) draw_part(text, places, part);
}

void SymbolPainter::draw_part(const TextLook& text,
                              const std::vector<LetterPlace>& places,
                              std::size_t part) {
    const TextPartLook& look = text.parts[part];
    if (look.picture.image == nullptr) {
        cover_letters(places, text.size * geometry_.ratio(), {0, letter_softness}, part);
        brush_.surface.paint(coverage_, look.ink);
        return coverage_.clear();
    }
    const PixelSize pixels = look.picture.image->pixels.size();
    const Point extent = (look.picture.high - look.picture.low) * geometry_.ratio();
    for (const LetterPlace& place : places) {
        if (place.glyph->part != part) continue;
        const Point right = place.across * (1 / std::hypot(place.across.x, place.across.y));
        const Point down{-right.y, right.x};
        draw_picture(look.picture,
                     {place.at + text_shift_ - right * (extent.x / 2) - down * extent.y,
                      right * (extent.x / static_cast<float>(pixels.width)),
                      down * (extent.y / static_cast<float>(pixels.height))});
    }
}

void SymbolPainter::cover_letters(const std::vector<LetterPlace>& places,
                                  float em,
                                  const canvas::GrownEdge& edge,
                                  std::optional<std::size_t> part) {
    for (const LetterPlace& place : places) {
        const Label::Glyph& glyph = *place.glyph;
        if (glyph.outline == nullptr || glyph.outline->points.empty()) continue;
        if (part && glyph.part != *part) continue;
        const LetterField& field = brush_.data.letters().of(*glyph.outline, em * glyph.scale);
        const Point across = place.across * glyph.scale;
        const Point down{-across.y, across.x};
        // The pen's start, from the middle of the width.
        const Point origin = place.at + text_shift_ - place.across * (glyph.width / 2);
        const canvas::Placement placement{origin + across * field.corner.x + down * field.corner.y,
                                          across * field.pixel,
                                          down * field.pixel};
        canvas::cover_distances(coverage_, field.sheet, placement, edge);
    }
}

}  // namespace relief::symbology
