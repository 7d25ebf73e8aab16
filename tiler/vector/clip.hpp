#pragma once
// The part of a shape that lies in a box.

#include "tiler/vector/shape.hpp"

namespace relief::vector {

/// Points inside, pieces of lines, and areas closed along the box's edges: a ring that leaves the
/// box and comes back becomes separate rings, never one with an edge run over twice. Exteriors come
/// out with a positive area, holes with a negative one, each behind the exterior that holds it.
Shape clipped(const Shape& shape, const WorldBox& box);

/// Exteriors to a positive area, holes to a negative one; points and lines stay as they are.
void wind(Shape& shape);

}  // namespace relief::vector
