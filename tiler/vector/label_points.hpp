#pragma once
// Where the names of areas stand: once in the world, however many tiles an area lies in.

#include "tiler/vector/index_format.hpp"
#include "tiler/vector/level_draft.hpp"

#include <vector>

namespace relief::vector {

/// Of each part of each area the point that is furthest from its edges, to a 100th of its extent.
/// A part is named from the zoom on at which it is a pixel large, the largest of a feature always.
/// Features that are among the `known`, which may be in any order, have those labels and no others.
/// Shape: ascending by feature.
std::vector<LabelEntry> label_points(const LevelDraft& full, std::vector<LabelEntry> known);

}  // namespace relief::vector
