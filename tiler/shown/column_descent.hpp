#pragma once
// Down the quadtree of sorted places to the cells of a range.

#include "tiler/core/result.hpp"
#include "tiler/report/cell.hpp"
#include "tiler/shown/columns.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace relief::shown {

/// Past what is empty or outside. `narrow(cell, begin, end)` tells which positions of those lie in
/// the cell, `take(cell, begin, end)` gets each cell of the range with something in it.
template <typename Narrow, typename Take>
class Descent {
public:
    Descent(const CellRange& range, Narrow narrow, Take take)
        : range_(range), narrow_(std::move(narrow)), take_(std::move(take)) {}

    Result<void> run(std::size_t size) { return visit({}, 0, size); }

private:
    Result<void> visit(const report::Cell& cell, std::size_t begin, std::size_t end) {
        if (begin == end || !meets(cell)) return {};
        if (cell.zoom == range_.zoom) return take_(cell, begin, end);
        for (std::uint64_t child = 0; child < 4; ++child) {
            const report::Cell inner{static_cast<std::uint8_t>(cell.zoom + 1),
                                     (cell.path << 2U) | child};
            const auto run = narrow_(inner, begin, end);
            if (auto done = visit(inner, run.first, run.second); !done) return done;
            begin = run.second;
        }
        return {};
    }
    bool meets(const report::Cell& cell) const noexcept {
        const unsigned deeper = range_.zoom - cell.zoom;
        const report::Spot place = report::spot_of(cell.path);
        const auto first = [&](std::uint32_t at) { return std::uint64_t{at} << deeper; };
        const auto last = [&](std::uint32_t at) { return ((std::uint64_t{at} + 1) << deeper) - 1; };
        return first(place.x) <= range_.right && last(place.x) >= range_.left &&
               first(place.y) <= range_.bottom && last(place.y) >= range_.top;
    }

    CellRange range_;
    Narrow narrow_;
    Take take_;
};

}  // namespace relief::shown
