#pragma once
// How many points lie in the cells of the quadtree, depth by depth.

#include "tiler/vector/index_format.hpp"
#include "tiler/vector/level_draft.hpp"

#include <cstdint>
#include <vector>

namespace relief::vector {

struct DepthOfCounts {
    std::uint32_t depth = 0;
    std::vector<CountEntry> entries;  ///< ascending by row, column
};

/// The depths that are worth their bytes: with at most an eighth as many cells as there are points,
/// and 0.7 as many as the next deeper one of these. All of them together are then less than 14
/// bytes for each point.
std::vector<DepthOfCounts> point_counts(const LevelDraft& full);

}  // namespace relief::vector
