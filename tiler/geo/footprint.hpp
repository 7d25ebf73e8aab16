#pragma once
// The outline of a scene's data on the globe.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/geo/box_tree.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relief::geo {

/// Shape: rings without holes, each closed by its own first point. Longitudes run on without a jump
///        (from 179 to 181), so that a ring over the antimeridian is one piece; each ring begins
///        between -180 and 180. Everything with data lies inside some ring.
/// CRS:   degrees, WGS 84; edges are straight in longitude and latitude.
struct Footprint {
    std::vector<LonLat> points;
    std::vector<std::uint32_t> ends;  ///< of each ring: the index after its last point

    bool empty() const noexcept { return points.empty(); }
    bool operator==(const Footprint&) const = default;
};

inline constexpr std::size_t most_footprint_points = 4096;

/// One ring with the box's corners.
Footprint footprint_of(const LonLatBox& box);

void add_ring(Footprint& footprint, const std::vector<LonLat>& ring);

/// Around all rings; may reach beyond ±180. Not for an empty one.
PlaneBox plane_box_of(const Footprint& footprint) noexcept;

/// The same with west > east over the antimeridian; the whole circle when it reaches all around.
LonLatBox lon_lat_box_of(const Footprint& footprint) noexcept;

/// A query in the plane of longitudes -180 to 180; anything beyond is looked for a turn further.
bool touches(const Footprint& footprint, const PlaneBox& box) noexcept;
bool contains(const Footprint& footprint, LonLat place) noexcept;

/// The boxes to be looked for in a tree that holds the footprints' boxes folded into -180 to 180.
std::vector<PlaneBox> folded(const PlaneBox& box);

/// "lon lat lon lat;lon lat …", seven decimals (a centimetre).
std::string to_text(const Footprint& footprint);
/// Errors: source_broken when it is no such text, has more than most_footprint_points or a ring of
/// fewer than three.
Result<Footprint> parse_footprint(std::string_view text);

}  // namespace relief::geo
