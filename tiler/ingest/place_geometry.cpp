#include "tiler/ingest/place_geometry.hpp"

#include "tiler/vector/clip.hpp"
#include "tiler/vector/simplify.hpp"
#include "tiler/vector/world.hpp"

#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <map>
#include <utility>

namespace relief::ingest {
namespace {

using Geometry = std::unique_ptr<OGRGeometry>;
using vector::Shape;
using vector::WorldPoint;

bool is_finite(const OGREnvelope& envelope) {
    // An envelope skips NaN, but one of nothing else stays as it was initialised.
    return std::isfinite(envelope.MinX) && std::isfinite(envelope.MaxX) &&
           std::isfinite(envelope.MinY) && std::isfinite(envelope.MaxY);
}

/// Looks at every coordinate: one NaN among thousands does not show in the envelope.
class NumberCheck : public OGRDefaultConstGeometryVisitor {
public:
    using OGRDefaultConstGeometryVisitor::visit;
    void visit(const OGRPoint* point) override {
        if (!point->IsEmpty() && !(std::isfinite(point->getX()) && std::isfinite(point->getY())))
            good = false;
    }
    bool good = true;
};

bool has_numbers_only(const OGRGeometry& geometry) {
    NumberCheck check;
    geometry.accept(&check);
    return check.good;
}

bool is_area(const OGRGeometry& geometry) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    return type == wkbPolygon || type == wkbMultiPolygon;
}

/// Of what a repair left, the parts that are areas.
Geometry areas_of(Geometry geometry) {
    if (!geometry || geometry->IsEmpty()) return nullptr;
    if (is_area(*geometry)) return geometry;
    if (wkbFlatten(geometry->getGeometryType()) != wkbGeometryCollection) return nullptr;
    auto all = std::make_unique<OGRMultiPolygon>();
    for (const OGRGeometry* part : *geometry->toGeometryCollection()) {
        if (wkbFlatten(part->getGeometryType()) == wkbPolygon) {
            all->addGeometry(part);
        } else if (wkbFlatten(part->getGeometryType()) == wkbMultiPolygon) {
            for (const OGRPolygon* polygon : *part->toMultiPolygon()) all->addGeometry(polygon);
        }
    }
    if (all->IsEmpty()) return nullptr;
    return all;
}

Geometry valid_area(Geometry geometry) {
    // An unclosed ring is refused by GEOS before it could be repaired.
    geometry->closeRings();
    if (geometry->IsValid()) return geometry;
    return areas_of(Geometry(geometry->MakeValid()));
}

Geometry world_strip() {
    auto ring = std::make_unique<OGRLinearRing>();
    constexpr double pole = vector::mercator_latitude;
    ring->addPoint(-180, -pole);
    ring->addPoint(180, -pole);
    ring->addPoint(180, pole);
    ring->addPoint(-180, pole);
    ring->closeRings();
    auto strip = std::make_unique<OGRPolygon>();
    strip->addRingDirectly(ring.release());
    return strip;
}

/// Edges that span more than half the world were meant to go the other way round; so were
/// longitudes beyond 180.
Geometry split_at_antimeridian(Geometry geometry, Findings& findings) {
    OGREnvelope envelope;
    geometry->getEnvelope(&envelope);
    const bool beyond = envelope.MaxX > 180 || envelope.MinX < -180;
    // What reaches both ends of the world exactly, as Antarctica does, was split before.
    constexpr double ends = 179.9999;
    const bool split_before = !beyond && envelope.MinX <= -ends && envelope.MaxX >= ends;
    if (split_before || (!beyond && envelope.MaxX - envelope.MinX <= 180)) return geometry;
    CPLStringList options;
    options.AddString("WRAPDATELINE=YES");
    // Without it only edges of more than 350° count.
    options.AddString("DATELINEOFFSET=180");
    Geometry wrapped(
        OGRGeometryFactory::transformWithOptions(geometry.get(), nullptr, options.List()));
    if (!wrapped || wrapped->IsEmpty()) return geometry;
    if (!wrapped->Equals(geometry.get())) ++findings[Finding::split];
    return wrapped;
}

Geometry cut_at_poles(Geometry geometry, Findings& findings) {
    OGREnvelope envelope;
    geometry->getEnvelope(&envelope);
    if (envelope.MaxY <= vector::mercator_latitude && envelope.MinY >= -vector::mercator_latitude)
        return geometry;
    Geometry inside(geometry->Intersection(world_strip().get()));
    const bool gone = !inside || inside->IsEmpty();
    ++findings[gone ? Finding::beyond_pole : Finding::cut_at_pole];
    if (gone) return nullptr;
    return is_area(*geometry) ? areas_of(std::move(inside)) : std::move(inside);
}

WorldPoint world_of(const OGRPoint& point) {
    return vector::world_point({point.getX(), point.getY()});
}

/// Sorts the parts of any geometry into one shape for each kind.
class ShapeSorter {
public:
    void take(const OGRGeometry& geometry) {
        switch (wkbFlatten(geometry.getGeometryType())) {
            case wkbPoint: return take_point(*geometry.toPoint());
            case wkbLineString: return take_line(*geometry.toLineString());
            case wkbPolygon: return take_polygon(*geometry.toPolygon());
            case wkbMultiPoint:
            case wkbMultiLineString:
            case wkbMultiPolygon:
            case wkbGeometryCollection:
                for (const OGRGeometry* part : *geometry.toGeometryCollection()) take(*part);
                return;
            default: return;
        }
    }
    std::vector<Shape> result() {
        std::vector<Shape> shapes;
        for (auto& [key, shape] : shapes_) shapes.push_back(std::move(shape));
        return shapes;
    }

private:
    /// Parts west and east of Greenwich stay apart when they lie at the antimeridian: together
    /// their box would be the whole world.
    Shape& shape_for(GeometryKind kind, const OGRGeometry& part) {
        OGREnvelope envelope;
        part.getEnvelope(&envelope);
        const bool eastern = envelope.MinX > 90;
        Shape& shape = shapes_[{kind, eastern}];
        shape.kind = kind;
        return shape;
    }
    void take_point(const OGRPoint& point) {
        if (point.IsEmpty()) return;
        Shape& shape = shape_for(GeometryKind::point, point);
        if (shape.paths.empty()) shape.begin_path();
        shape.add(world_of(point));
    }
    static void add_points(Shape& shape, const OGRSimpleCurve& curve, bool ring) {
        const int count = curve.getNumPoints() - (ring ? 1 : 0);
        for (int i = 0; i < count; ++i)
            shape.add(vector::world_point({curve.getX(i), curve.getY(i)}));
    }
    void take_line(const OGRLineString& line) {
        if (line.getNumPoints() < 2) return;
        Shape& shape = shape_for(GeometryKind::line, line);
        shape.begin_path();
        add_points(shape, line, false);
    }
    void take_polygon(const OGRPolygon& polygon) {
        if (polygon.IsEmpty()) return;
        Shape& shape = shape_for(GeometryKind::area, polygon);
        bool hole = false;
        for (const OGRLinearRing* ring : polygon) {
            shape.begin_path(hole);
            add_points(shape, *ring, true);
            hole = true;
        }
    }

    std::map<std::pair<GeometryKind, bool>, Shape> shapes_;
};

/// A polygon of OGR from the path of an exterior on; `next` becomes the path after its holes.
std::unique_ptr<OGRPolygon> polygon_at(const Shape& area, std::size_t& next) {
    auto polygon = std::make_unique<OGRPolygon>();
    for (bool first = true; next < area.paths.size() && (first || area.paths[next].hole);
         first = false) {
        const vector::Path& path = area.paths[next++];
        auto ring = std::make_unique<OGRLinearRing>();
        ring->setNumPoints(static_cast<int>(path.count));
        for (std::uint32_t i = 0; i < path.count; ++i) {
            const WorldPoint& point = area.points[path.first + i];
            ring->setPoint(
                static_cast<int>(i), static_cast<double>(point.x), static_cast<double>(point.y));
        }
        ring->closeRings();
        polygon->addRingDirectly(ring.release());
    }
    return polygon;
}

void append_lattice_polygon(Shape& area, const OGRPolygon& polygon) {
    bool hole = false;
    for (const OGRLinearRing* ring : polygon) {
        area.begin_path(hole);
        for (int i = 0; i + 1 < ring->getNumPoints(); ++i)
            area.add({std::llround(ring->getX(i)), std::llround(ring->getY(i))});
        hole = true;
    }
}

}  // namespace

Shape made_valid(Shape area) {
    OGRMultiPolygon polygons;
    for (std::size_t next = 0; next < area.paths.size();)
        polygons.addGeometryDirectly(polygon_at(area, next).release());
    if (polygons.IsValid()) return area;
    const Geometry repaired = areas_of(Geometry(polygons.MakeValid()));
    Shape result;
    result.kind = GeometryKind::area;
    if (!repaired) return result;
    if (wkbFlatten(repaired->getGeometryType()) == wkbPolygon) {
        append_lattice_polygon(result, *repaired->toPolygon());
        return result;
    }
    for (const OGRPolygon* polygon : *repaired->toMultiPolygon())
        append_lattice_polygon(result, *polygon);
    return result;
}

GeometryPlacer::GeometryPlacer(const OGRSpatialReference* crs)
    : lon_lat_(std::make_unique<OGRSpatialReference>()) {
    lon_lat_->SetWellKnownGeogCS("WGS84");
    lon_lat_->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (crs == nullptr || crs->IsSame(lon_lat_.get()) != 0) return;
    OGRSpatialReference from(*crs);
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    transformation_.reset(OGRCreateCoordinateTransformation(&from, lon_lat_.get()));
}

GeometryPlacer::~GeometryPlacer() = default;

GeometryPlacer::Geometry GeometryPlacer::to_lon_lat(const OGRGeometry& geometry,
                                                    Findings& findings) {
    Geometry own(geometry.hasCurveGeometry() != 0 ? geometry.getLinearGeometry()
                                                  : geometry.clone());
    own->flattenTo2D();
    own->assignSpatialReference(nullptr);
    OGREnvelope envelope;
    own->getEnvelope(&envelope);
    if (!is_finite(envelope) || !has_numbers_only(*own)) {
        ++findings[Finding::not_a_number];
        return nullptr;
    }
    const bool placed =
        (!transformation_ || own->transform(transformation_.get()) == OGRERR_NONE) &&
        has_numbers_only(*own);
    own->getEnvelope(&envelope);
    if (!placed || std::abs(envelope.MinY) > 90.000001 || std::abs(envelope.MaxY) > 90.000001 ||
        envelope.MinX < -540 || envelope.MaxX > 540) {
        ++findings[Finding::not_on_earth];
        return nullptr;
    }
    return own;
}

std::vector<Shape> GeometryPlacer::place(const OGRGeometry* geometry, Findings& findings) {
    if (geometry == nullptr || geometry->IsEmpty()) {
        ++findings[Finding::without_place];
        return {};
    }
    Geometry own = to_lon_lat(*geometry, findings);
    if (own) own = split_at_antimeridian(std::move(own), findings);
    if (own && is_area(*own) && !own->IsValid()) {
        own = valid_area(std::move(own));
        ++findings[own ? Finding::repaired : Finding::beyond_repair];
    }
    if (own) own = cut_at_poles(std::move(own), findings);
    if (!own) return {};
    ShapeSorter sorter;
    sorter.take(*own);
    std::vector<Shape> shapes;
    for (Shape& shape : sorter.result()) {
        Shape kept = vector::snapped(shape, 0);
        vector::wind(kept);
        if (!kept.empty()) shapes.push_back(std::move(kept));
    }
    if (shapes.empty()) ++findings[Finding::collapsed];
    return shapes;
}

}  // namespace relief::ingest
