#pragma once
// How much ground a metre of the Web Mercator map covers.

namespace relief::geo {

/// Ground metres, on the WGS 84 ellipsoid, for each metre of EPSG:3857 towards east and north.
struct GroundScale {
    double east = 1;
    double north = 1;
};

/// Units: `y` in metres of EPSG:3857; beyond the square's edge the scale is that of the edge.
/// Source: Snyder, J. P. (1987): Map projections, a working manual. USGS Professional Paper 1395,
///         equations 4-18 to 4-21 (radii of curvature); EPSG:3857 takes geodetic latitudes for
///         spherical ones, so the two directions differ by up to 0.7 %.
GroundScale ground_scale_at(double y) noexcept;

}  // namespace relief::geo
