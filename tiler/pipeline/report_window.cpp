#include "tiler/pipeline/report_window.hpp"

#include <algorithm>
#include <bit>

namespace relief::pipeline {

using vector::WorldBox;
using vector::WorldPoint;

WorldPoint world_point_of(const report::Spot& spot) noexcept {
    return {spot.x, spot.y};
}

WorldBox world_box_of(const report::Cell& cell) noexcept {
    const report::Spot low = report::spot_of(cell.first_key());
    const report::Spot high = report::spot_of(cell.last_key());
    return {low.x, low.y, high.x, high.y};
}

std::optional<shown::CellRange> range_of(const WorldBox& box, std::uint32_t zoom) {
    if (box.right < 0 || box.bottom < 0 || box.left >= vector::world_side ||
        box.top >= vector::world_side)
        return std::nullopt;
    const unsigned shift = 32U - zoom;
    const auto cell = [&](std::int64_t step) {
        return static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(step, 0, vector::world_side - 1) >> shift);
    };
    return shown::CellRange{static_cast<std::uint8_t>(zoom),
                            cell(box.left),
                            cell(box.top),
                            cell(box.right),
                            cell(box.bottom)};
}

std::uint32_t walking_zoom(const WorldBox& box) noexcept {
    const auto side = static_cast<std::uint64_t>(
        std::max<std::int64_t>({box.right - box.left, box.bottom - box.top, 1}));
    const auto bits = static_cast<std::uint32_t>(std::bit_width(side));
    return std::clamp<std::uint32_t>(bits >= 36 ? 0 : 36 - bits, 0, 28);
}

}  // namespace relief::pipeline
