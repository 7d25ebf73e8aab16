#include "tiler/symbology/symbol_collector.hpp"

#include "tiler/core/middle_of_area.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

/// More would not be seen, and take long to place.
constexpr std::size_t most_symbols = 500'000;
/// How far outside of the picture a symbol's anchor may lie. Units: style pixels.
constexpr double usual_reach = 128;

canvas::Point unit_of(const TilePoint& at) {
    return {static_cast<float>(at.x), static_cast<float>(at.y)};
}

std::string words_of(const SymbolLook& look) {
    // Letters' outlines are kept once: the same words are the same outlines.
    std::string words;
    if (look.texts.empty()) return words;
    for (const Label::Glyph& glyph : look.texts.front().label.glyphs) {
        const auto number = reinterpret_cast<std::uintptr_t>(glyph.outline);
        words.append(reinterpret_cast<const char*>(&number), sizeof(number));
    }
    return words;
}

}  // namespace

SymbolCollector::SymbolCollector(const Brush& brush, const SymbolRules& rules)
    : brush_(brush), rules_(rules), reader_(brush, rules) {}

std::vector<Symbol> SymbolCollector::collect() {
    const double margin = usual_reach * brush_.frame.view().ratio;
    for (const FeaturePiece& piece : brush_.data.features(brush_.layer, brush_.frame, margin))
        collect(piece);
    if (brush_.layer.property("symbol-sort-key") != nullptr)
        std::stable_sort(symbols_.begin(), symbols_.end(), [](const auto& a, const auto& b) {
            return a.look->sort_key < b.look->sort_key;
        });
    return std::move(symbols_);
}

void SymbolCollector::collect(const FeaturePiece& piece) {
    placement_ = brush_.frame.placement_of(piece.square, tile_extent);
    const double overscaled = std::floor(brush_.frame.view().zoom) - piece.square.tile.zoom();
    units_ = static_cast<float>(tile_extent / (512 * std::exp2(overscaled)));
    said_.clear();
    PieceFeatures features(brush_, piece, "");
    features.each([&](const TileFeature& feature, const expression::Evaluation& with) {
        if (symbols_.size() >= most_symbols) return;
        auto look = reader_.read(with);
        if (!look) return;
        std::string words = words_of(*look);
        const Origin origin{piece, feature, std::move(look), std::move(words)};
        if (rules_.along == SymbolRules::Along::point)
            add_points(origin);
        else
            add_along(origin);
    });
}

std::vector<canvas::Point> SymbolCollector::line_of(const FeaturePiece& piece,
                                                    const TilePath& path) {
    std::vector<canvas::Point> line;
    line.reserve(path.count);
    for (std::uint32_t i = path.first; i < path.first + path.count; ++i)
        line.push_back(unit_of(piece.features->points[i]));
    return line;
}

void SymbolCollector::add_points(const Origin& origin) {
    const FeatureTile& tile = *origin.piece.features;
    const TileFeature& feature = origin.feature;
    const auto path = [&](std::uint32_t i) { return tile.paths[feature.first_path + i]; };
    if (feature.kind == GeometryKind::point) {
        each_own_point(tile, feature, [&](canvas::Point at) { add_point(origin, at); });
    } else if (feature.kind == GeometryKind::line) {
        for (std::uint32_t i = 0; i < feature.paths; ++i)
            add_point(origin, unit_of(tile.points[path(i).first]));
    } else if (feature.labels_known) {
        for (std::uint32_t i = 0; i < feature.labels; ++i)
            add_point(origin, unit_of(tile.labels[feature.first_label + i]));
    } else {
        for (std::uint32_t first = 0; first < feature.paths;) {
            std::uint32_t end = first + 1;
            while (end < feature.paths && !is_exterior(tile, path(end))) ++end;
            add_middle(origin, first, end);
            first = end;
        }
    }
}

void SymbolCollector::add_middle(const Origin& origin, std::uint32_t first, std::uint32_t end) {
    const FeatureTile& tile = *origin.piece.features;
    std::vector<std::vector<PlanePoint>> rings;
    rings.reserve(end - first);
    for (std::uint32_t i = first; i < end; ++i) {
        const TilePath& path = tile.paths[origin.feature.first_path + i];
        auto& ring = rings.emplace_back();
        for (std::uint32_t point = path.first; point < path.first + path.count; ++point)
            ring.push_back({static_cast<double>(tile.points[point].x),
                            static_cast<double>(tile.points[point].y)});
    }
    const std::vector<PlaneRing> all(rings.begin(), rings.end());
    const PlanePoint middle = middle_of_area(all, 8);
    add_point(origin, {static_cast<float>(middle.x), static_cast<float>(middle.y)});
}

void SymbolCollector::add_point(const Origin& origin, canvas::Point at) {
    const auto side = static_cast<float>(tile_extent);
    // A symbol in the buffer is drawn from its own tile.
    if (at.x < 0 || at.y < 0 || at.x >= side || at.y >= side) return;
    Symbol symbol;
    symbol.look = origin.look;
    symbol.at = placement_(at);
    symbols_.push_back(std::move(symbol));
}

void SymbolCollector::add_along(const Origin& origin) {
    const TileFeature& feature = origin.feature;
    if (feature.kind == GeometryKind::point) return;
    for (std::uint32_t i = 0; i < feature.paths; ++i) {
        auto line = line_of(origin.piece, origin.piece.features->paths[feature.first_path + i]);
        if (feature.kind == GeometryKind::area && !line.empty()) line.push_back(line.front());
        for (const auto& part : pieces_within(line, static_cast<float>(tile_extent)))
            add_along(origin, part);
    }
}

AnchorWish SymbolCollector::wish_of(const SymbolLook& look) const {
    AnchorWish wish;
    wish.side = static_cast<float>(tile_extent);
    const float em = look.em * units_;
    wish.margin = 2 * em;
    wish.most_bend = rules_.max_bend;
    if (!look.texts.empty()) {
        const TextLook& text = look.texts.front();
        wish.length = (text.label.high.x - text.label.low.x) * em;
        wish.bend_window = em * 3 / 5;
    }
    // The reference measures icons as if they were words set in 24 pixels.
    if (look.icon.image != nullptr && look.icon.size > 0)
        wish.length =
            std::max(wish.length, (look.icon.high.x - look.icon.low.x) / look.icon.size * em / 24);
    wish.spacing = rules_.along == SymbolRules::Along::line ? rules_.spacing * units_ : 0;
    return wish;
}

void SymbolCollector::add_along(const Origin& origin, canvas::Points line) {
    if (symbols_.size() >= most_symbols) return;
    const bool has_text = !origin.look->texts.empty();
    std::shared_ptr<std::vector<canvas::Point>> drawn;
    for (const LineAnchor& anchor : line_anchors(line, wish_of(*origin.look))) {
        if (has_text && is_repeated(origin, anchor.at, rules_.spacing * units_ / 2)) continue;
        if (!drawn) {
            drawn = std::make_shared<std::vector<canvas::Point>>();
            drawn->reserve(line.size());
            for (const canvas::Point& at : line) drawn->push_back(placement_(at));
        }
        const canvas::Point way = (*drawn)[anchor.segment + 1] - (*drawn)[anchor.segment];
        Symbol symbol;
        symbol.look = origin.look;
        symbol.at = placement_(anchor.at);
        symbol.angle = std::atan2(way.y, way.x);
        symbol.line = drawn;
        symbol.segment = anchor.segment;
        symbols_.push_back(std::move(symbol));
    }
}

bool SymbolCollector::is_repeated(const Origin& origin, canvas::Point at, float nearest) {
    auto& places = said_[origin.words];
    const bool repeated = std::any_of(places.begin(), places.end(), [&](canvas::Point place) {
        const canvas::Point way = at - place;
        return std::hypot(way.x, way.y) < nearest;
    });
    if (!repeated) places.push_back(at);
    return repeated;
}

}  // namespace relief::symbology
