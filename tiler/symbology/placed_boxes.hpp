#pragma once
// Where symbols already stand, so that others do not stand on them.

#include "tiler/canvas/plane.hpp"

#include <span>
#include <unordered_map>
#include <vector>

namespace relief::symbology {

/// Units: pixels.
struct Box {
    canvas::Point low;
    canvas::Point high;

    bool meets(const Box& other) const noexcept {
        return low.x < other.high.x && other.low.x < high.x && low.y < other.high.y &&
               other.low.y < high.y;
    }
};

class PlacedBoxes {
public:
    /// Whether none of the boxes meets one that was kept.
    bool are_free(std::span<const Box> boxes) const;
    void keep(std::span<const Box> boxes);

private:
    template <typename Visit>
    static void each_cell(const Box& box, const Visit& visit);

    std::unordered_map<std::uint64_t, std::vector<Box>> cells_;
};

}  // namespace relief::symbology
