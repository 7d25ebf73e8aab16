#pragma once
// Fewer points for the same picture.

#include "tiler/vector/shape.hpp"

namespace relief::vector {

/// Leaves out points of lines and rings that lie within `tolerance` steps of the line between those
/// that stay. The ends of a line stay; a ring is cut at its north-westernmost point and the one
/// furthest from it, so that the same ring is thinned the same wherever it begins. Rings that fall
/// below three points go, exteriors with their holes; lines keep two.
/// Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required
/// to represent a digitized line or its caricature", Cartographica 10 (2), 1973.
Shape simplified(const Shape& shape, double tolerance);

/// Each point on the nearest multiple of 2^bits; points that fall on their neighbour go, as do
/// spikes that run out and back. Rings of no area go, exteriors with their holes.
Shape snapped(const Shape& shape, unsigned bits);

/// What a size is compared by: the area of areas, the length of lines, 0 of points. Units: steps,
/// square steps.
double size_of(const Shape& shape) noexcept;

}  // namespace relief::vector
