#include "tiler/vector/point_counts.hpp"

#include <algorithm>
#include <tuple>

namespace relief::vector {
namespace {

/// Cells of 32 to a tile of the deepest zoom.
constexpr std::uint32_t deepest_counted = 29;
constexpr std::size_t points_for_a_cell = 8;
constexpr double worth_of_a_depth = 0.7;

using Entries = std::vector<CountEntry>;

bool is_before(const CountEntry& a, const CountEntry& b) noexcept {
    return std::tuple(a.row, a.column) < std::tuple(b.row, b.column);
}

/// Equal cells become one.
Entries summed(Entries entries) {
    std::sort(entries.begin(), entries.end(), is_before);
    std::size_t last = 0;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (is_before(entries[last], entries[i])) {
            entries[++last] = entries[i];
            continue;
        }
        CountEntry& sum = entries[last];
        sum.count += entries[i].count;
        sum.first = std::min(sum.first, entries[i].first);
        sum.x += entries[i].x;
        sum.y += entries[i].y;
    }
    if (!entries.empty()) entries.resize(last + 1);
    return entries;
}

Entries deepest_of(const LevelDraft& full) {
    constexpr std::uint32_t bits = world_bits - deepest_counted;
    Entries entries;
    for (const DraftShape& shape : full.shapes)
        if (shape.kind == GeometryKind::point)
            entries.push_back({shape.middle_y >> bits,
                               shape.middle_x >> bits,
                               1,
                               shape.feature,
                               shape.middle_x,
                               shape.middle_y});
    return summed(std::move(entries));
}

}  // namespace

std::vector<DepthOfCounts> point_counts(const LevelDraft& full) {
    Entries cells = deepest_of(full);
    std::size_t points = 0;
    for (const CountEntry& cell : cells) points += cell.count;
    std::vector<DepthOfCounts> depths;
    std::size_t most = points / points_for_a_cell;
    for (std::uint32_t depth = deepest_counted;; --depth) {
        if (!cells.empty() && cells.size() <= most) {
            most = static_cast<std::size_t>(static_cast<double>(cells.size()) * worth_of_a_depth);
            depths.push_back({depth, cells});
        }
        if (depth == 0 || cells.size() <= 1) break;
        for (CountEntry& cell : cells) {
            cell.row /= 2;
            cell.column /= 2;
        }
        cells = summed(std::move(cells));
    }
    return depths;
}

}  // namespace relief::vector
