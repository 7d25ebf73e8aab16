#pragma once
// How much each point of a line matters.

#include "tiler/symbology/view.hpp"

#include <span>
#include <vector>

namespace relief::atlas {

/// For each point the square of the distance at which it would be missed; infinite for both ends.
/// Source: D. Douglas, T. Peucker, Cartographica 10 (2), 1973.
void mark_importance(std::span<const symbology::WorldPlace> line, std::vector<double>& marks);

}  // namespace relief::atlas
