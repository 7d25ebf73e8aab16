#include "tiler/symbology/placed_boxes.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

/// About as large as a label.
constexpr float cell_side = 64;
/// A box beyond would fill cells without end.
constexpr float furthest = 20000;

std::int32_t cell_of(float value) noexcept {
    return static_cast<std::int32_t>(
        std::floor(std::clamp(value, -furthest, furthest) / cell_side));
}

}  // namespace

template <typename Visit>
void PlacedBoxes::each_cell(const Box& box, const Visit& visit) {
    for (std::int32_t y = cell_of(box.low.y); y <= cell_of(box.high.y); ++y)
        for (std::int32_t x = cell_of(box.low.x); x <= cell_of(box.high.x); ++x)
            visit((std::uint64_t{static_cast<std::uint32_t>(y)} << 32U) |
                  static_cast<std::uint32_t>(x));
}

bool PlacedBoxes::are_free(std::span<const Box> boxes) const {
    bool free = true;
    for (const Box& box : boxes)
        each_cell(box, [&](std::uint64_t cell) {
            const auto found = cells_.find(cell);
            if (free && found != cells_.end())
                free = std::none_of(found->second.begin(), found->second.end(), [&](const Box& b) {
                    return b.meets(box);
                });
        });
    return free;
}

void PlacedBoxes::keep(std::span<const Box> boxes) {
    for (const Box& box : boxes)
        each_cell(box, [&](std::uint64_t cell) { cells_[cell].push_back(box); });
}

}  // namespace relief::symbology
