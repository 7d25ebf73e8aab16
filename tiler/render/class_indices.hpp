#pragma once
// Which class each value belongs to.

#include "tiler/core/grid.hpp"
#include "tiler/style/colour_map.hpp"

#include <cstdint>
#include <vector>

namespace relief::render {

/// Shape: one index a cell: 0 for a value that no class names (NaN too), else 1 + the class's
///        place in `classes`. Where classes overlap the later one wins.
/// Units: float bands are compared in float, so that "0.1" finds the float nearest to 0.1.
std::vector<std::uint8_t> class_indices(const BandValues& band,
                                        const style::ColourClasses& classes);

}  // namespace relief::render
