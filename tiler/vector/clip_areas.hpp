#pragma once
// The part of areas that lies in a box.

#include "tiler/vector/shape.hpp"

namespace relief::vector {

/// As clipped() in clip.hpp, of a shape that is an area.
Shape clipped_areas(const Shape& shape, const WorldBox& box);

}  // namespace relief::vector
