#pragma once
// Geometry of any source to valid shapes on the world's lattice.

#include "tiler/ingest/findings.hpp"
#include "tiler/vector/shape.hpp"

#include <memory>
#include <vector>

class OGRCoordinateTransformation;
class OGRGeometry;
class OGRSpatialReference;

namespace relief::ingest {

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
