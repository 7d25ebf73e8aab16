#pragma once
// Geometry of any source to valid shapes on the world's lattice.

#include "tiler/vector/shape.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

class OGRCoordinateTransformation;
class OGRGeometry;
class OGRSpatialReference;

namespace relief::ingest {

/// What was met on the way, counted; told in plain words at the end.
enum class Finding : std::uint8_t {
    without_place,  ///< no geometry, or an empty one
    not_a_number,   ///< NaN or infinite coordinates
    not_on_earth,   ///< the coordinate system cannot place it
    repaired,       ///< invalid: self-crossing rings and the like, made valid
    beyond_repair,  ///< invalid, and nothing was left of it
    split,          ///< over the antimeridian
    cut_at_pole,    ///< a part lies beyond 85° north or south
    beyond_pole,    ///< all of it does
    collapsed,      ///< smaller than a centimetre
    text_recoded,   ///< not UTF-8, read as Windows-1252
    id_replaced,    ///< ids that repeat or fall
};
using Findings = std::map<Finding, std::uint64_t>;

/// "3 areas crossed themselves and were made valid", …; nothing for what was not met.
std::vector<std::string> in_sentences(const Findings& findings);

/// From one coordinate system; belongs to one thread.
class GeometryPlacer {
public:
    /// Null: longitude and latitude.
    explicit GeometryPlacer(const OGRSpatialReference* crs);
    ~GeometryPlacer();
    GeometryPlacer(const GeometryPlacer&) = delete;
    GeometryPlacer& operator=(const GeometryPlacer&) = delete;
    GeometryPlacer(GeometryPlacer&&) = delete;
    GeometryPlacer& operator=(GeometryPlacer&&) = delete;

    /// One shape for each kind and side of the antimeridian; none when nothing can be shown, with
    /// the reason among the findings.
    std::vector<vector::Shape> place(const OGRGeometry* geometry, Findings& findings);

private:
    using Geometry = std::unique_ptr<OGRGeometry>;
    Geometry to_lon_lat(const OGRGeometry& geometry, Findings& findings);

    std::unique_ptr<OGRSpatialReference> lon_lat_;
    std::unique_ptr<OGRCoordinateTransformation> transformation_;  ///< none: not needed
};

/// An area on the lattice that may cross itself, made valid; as it is when it is valid already.
vector::Shape made_valid(vector::Shape area);

}  // namespace relief::ingest
