#include "tiler/archive/tile_area.hpp"

#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace relief::archive {
namespace {

constexpr double whole_turn = 360;

/// Longitudes between -180 and 180, west < east.
struct Span {
    double west, east;
};

/// `east` lies east of `west`; both may lie beyond 180.
std::vector<Span> spans_between(double west, double east) {
    if (east - west >= whole_turn) return {{-180, 180}};
    std::vector<Span> spans;
    for (const double turn : {-whole_turn, 0.0, whole_turn}) {
        const Span span{std::max(-180.0, west + turn), std::min(180.0, east + turn)};
        if (span.west < span.east) spans.push_back(span);
    }
    return spans;
}

double unrolled_east(const LonLatBox& box) noexcept {
    return box.east < box.west ? box.east + whole_turn : box.east;
}

std::vector<Span> spans_of(const LonLatBox& box) {
    return spans_between(box.west, unrolled_east(box));
}

std::vector<Span> common_spans(const std::vector<Span>& some, const std::vector<Span>& others) {
    std::vector<Span> spans;
    for (const Span& one : some) {
        for (const Span& other : others) {
            const Span span{std::max(one.west, other.west), std::min(one.east, other.east)};
            if (span.west < span.east) spans.push_back(span);
        }
    }
    std::sort(
        spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.west < b.west; });
    return spans;
}

double middle_of(const std::vector<Span>& spans) noexcept {
    if (spans.size() == 1) return (spans.front().west + spans.front().east) / 2;
    // From the west of the last, over the antimeridian, to the east of the first.
    const double middle = (spans.back().west + spans.front().east + whole_turn) / 2;
    return middle > 180 ? middle - whole_turn : middle;
}

/// A place's column and row with fractions.
PixelPoint tile_place(LonLat place, std::uint32_t zoom) noexcept {
    const MercatorPoint point = geo::to_mercator(place);
    const double tiles = std::ldexp(1.0, static_cast<int>(zoom));
    return {(point.x + geo::mercator_half) / (2 * geo::mercator_half) * tiles,
            (geo::mercator_half - point.y) / (2 * geo::mercator_half) * tiles};
}

struct Numbers {
    std::uint32_t first, last;
};

/// A box that ends on a tile's edge, but for what its decimals lose, does not reach the next tile.
Numbers tiles_between(double low, double high, std::uint32_t zoom) noexcept {
    constexpr double slack = 1e-9;
    const double most = std::ldexp(1.0, static_cast<int>(zoom)) - 1;
    const double first = std::clamp(std::floor(low + slack), 0.0, most);
    const double last = std::clamp(std::ceil(high - slack) - 1, first, most);
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
}

}  // namespace

std::optional<Extent> common_extent(const LonLatBox& asked, const LonLatBox& data) {
    const std::vector<Span> spans = common_spans(spans_of(asked), spans_of(data));
    const double south = std::max(asked.south, data.south);
    const double north = std::min(asked.north, data.north);
    if (spans.empty() || south >= north) return std::nullopt;
    const bool over = spans.size() > 1;
    return Extent{{over ? -180 : spans.front().west, south, over ? 180 : spans.front().east, north},
                  {middle_of(spans), (south + north) / 2}};
}

TileArea::TileArea(const LonLatBox& asked, const LonLatBox& data, ZoomRange zooms) {
    const double across = (unrolled_east(data) - data.west) / 50 + 1e-6;
    const double up = (data.north - data.south) / 50 + 1e-6;
    const std::vector<Span> spans = common_spans(
        spans_of(asked), spans_between(data.west - across, unrolled_east(data) + across));
    const double south = std::max(asked.south, data.south - up);
    const double north = std::min(asked.north, data.north + up);
    if (spans.empty() || south >= north) return;

    for (std::uint32_t zoom = zooms.lowest; zoom <= zooms.highest; ++zoom) {
        Level level;
        level.zoom = zoom;
        const Numbers rows =
            tiles_between(tile_place({0, north}, zoom).row, tile_place({0, south}, zoom).row, zoom);
        level.first_row = rows.first;
        level.last_row = rows.last;
        std::uint64_t across_tiles = 0;
        for (const Span& span : spans) {
            Numbers columns = tiles_between(tile_place({span.west, 0}, zoom).column,
                                            tile_place({span.east, 0}, zoom).column,
                                            zoom);
            // Far out, both sides of the antimeridian lie in one tile.
            if (!level.columns.empty())
                columns.first = std::max(columns.first, level.columns.back().last + 1);
            if (columns.first > columns.last) continue;
            level.columns.push_back({columns.first, columns.last});
            across_tiles += columns.last - columns.first + 1;
        }
        level.begin = size();
        level.size = across_tiles * (level.last_row - level.first_row + 1);
        levels_.push_back(std::move(level));
    }
}

std::uint64_t TileArea::size() const noexcept {
    return levels_.empty() ? 0 : levels_.back().begin + levels_.back().size;
}

std::uint64_t TileArea::size_to(std::uint32_t zoom) const noexcept {
    std::uint64_t tiles = 0;
    for (const Level& level : levels_) tiles += level.zoom <= zoom ? level.size : 0;
    return tiles;
}

std::uint64_t TileArea::count_in(const Level& level, const Square& square) noexcept {
    const std::uint32_t side = 1U << square.side_bits;
    const auto shared = [](Numbers a, Numbers b) -> std::uint64_t {
        const std::uint32_t first = std::max(a.first, b.first);
        const std::uint32_t last = std::min(a.last, b.last);
        return first <= last ? last - first + 1 : 0;
    };
    const std::uint64_t rows =
        shared({level.first_row, level.last_row}, {square.row, square.row + side - 1});
    std::uint64_t columns = 0;
    for (const Columns& range : level.columns)
        columns += shared({range.first, range.last}, {square.column, square.column + side - 1});
    return rows * columns;
}

TileId TileArea::tile(std::uint64_t number) const {
    assert(number < size());
    const auto above = std::upper_bound(
        levels_.begin(), levels_.end(), number, [](std::uint64_t wanted, const Level& level) {
            return wanted < level.begin;
        });
    const Level& level = *(above - 1);
    std::uint64_t rest = number - level.begin;
    Square square{0, 0, level.zoom};
    while (square.side_bits > 0) {
        const std::uint32_t bits = square.side_bits - 1;
        Square quadrant{};
        for (std::uint32_t i = 0; i < 4; ++i) {
            quadrant = {square.column + ((i & 1U) << bits), square.row + ((i >> 1U) << bits), bits};
            const std::uint64_t tiles = count_in(level, quadrant);
            if (rest < tiles) break;
            rest -= tiles;
        }
        square = quadrant;
    }
    return *TileId::make({.zoom = level.zoom, .column = square.column, .row = square.row});
}

}  // namespace relief::archive
