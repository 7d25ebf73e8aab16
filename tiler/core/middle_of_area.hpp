#pragma once
// The middle of an area, where its name stands.

#include <span>

namespace relief {

/// Of a flat map, in any units.
struct PlanePoint {
    double x = 0;
    double y = 0;
};
using PlaneRing = std::span<const PlanePoint>;

/// The point of an area that lies furthest from its edges, found to within `precision`.
/// Shape: the exterior first, then holes; rings are not closed by a repeated point.
/// Source: V. Agafonkin's "polylabel", after D. Garcia-Castellanos and U. Lombardo, 2007.
PlanePoint middle_of_area(std::span<const PlaneRing> rings, double precision);

}  // namespace relief
