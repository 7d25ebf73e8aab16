#include "tiler/postgis/well_known_binary.hpp"

#include "tiler/vector/clip.hpp"
#include "tiler/vector/simplify.hpp"
#include "tiler/vector/world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

namespace relief::postgis {
namespace {

using vector::Shape;
using vector::world_side;
using vector::WorldBox;

// Source: OGC 06-103r4, 8.2.8; the last three are solids' surfaces.
enum class Geometry : std::uint32_t {
    point = 1,
    line = 2,
    polygon = 3,
    points = 4,
    lines = 5,
    polygons = 6,
    collection = 7,
    surface = 15,
    triangles = 16,
    triangle = 17,
};

constexpr int deepest_collection = 8;

Error no_geometry() {
    return source_broken("a geometry of the layer's table makes no sense");
}

/// What the parts of a geometry come to, before the world's edge is looked at.
struct Parts {
    std::array<Shape, 3> shapes;  ///< by kind
    Parts() {
        for (std::size_t i = 0; i < shapes.size(); ++i)
            shapes.at(i).kind = static_cast<GeometryKind>(i);
    }
    Shape& of(GeometryKind kind) { return shapes.at(static_cast<std::size_t>(kind)); }
};

/// Longitudes as they follow each other: an edge over more than half the world goes on beyond 180.
class Longitudes {
public:
    explicit Longitudes(bool unwrap) : unwrap_(unwrap) {}
    double next(double longitude) {
        if (unwrap_ && begun_) {
            while (longitude - last_ > 180) longitude -= 360;
            while (longitude - last_ < -180) longitude += 360;
        }
        begun_ = true;
        last_ = longitude;
        return longitude;
    }

private:
    bool unwrap_;
    bool begun_ = false;
    double last_ = 0;
};

/// A step beyond the world's square for longitudes beyond 180.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as the format has them
vector::WorldPoint place_of(double longitude, double latitude) {
    const double turns = std::floor((longitude + 180) / 360);
    const double inside = longitude - turns * 360;
    auto point = vector::world_point({inside, latitude});
    point.x += static_cast<std::int64_t>(turns) * world_side;
    return point;
}

class Reader {
public:
    Reader(std::string_view bytes, bool unwrap) : rest_(bytes), unwrap_(unwrap) {}

    bool read(Parts& parts, int depth = 0) {
        std::uint32_t type = 0;
        std::uint8_t order = 0;
        if (depth > deepest_collection || !take(order) || order != 1 || !take(type)) return false;
        switch (static_cast<Geometry>(type)) {
            case Geometry::point: return read_point(parts);
            case Geometry::line: return read_line(parts);
            case Geometry::polygon:
            case Geometry::triangle: return read_polygon(parts);
            case Geometry::points:
            case Geometry::lines:
            case Geometry::polygons:
            case Geometry::collection:
            case Geometry::surface:
            case Geometry::triangles: return read_parts(parts, depth);
        }
        return false;
    }
    bool at_end() const noexcept { return rest_.empty(); }
    /// Whether all that was read lies somewhere: what does not is passed over.
    bool is_on_earth() const noexcept { return on_earth_; }
    double westernmost() const noexcept { return west_; }
    double easternmost() const noexcept { return east_; }

private:
    template <typename Number>
    bool take(Number& number) {
        if (rest_.size() < sizeof(Number)) return false;
        std::memcpy(&number, rest_.data(), sizeof(Number));
        rest_.remove_prefix(sizeof(Number));
        return true;
    }
    bool take_place(double& longitude, double& latitude) {
        if (!take(longitude) || !take(latitude)) return false;
        west_ = std::min(west_, longitude);
        east_ = std::max(east_, longitude);
        return true;
    }
    /// False for what is no number, too.
    bool is_place(double longitude, double latitude) {
        constexpr double furthest = 540;
        const bool place = std::abs(longitude) <= furthest && std::abs(latitude) <= 90.000001;
        on_earth_ = on_earth_ && place;
        return place;
    }
    /// The number of what follows, each at least so long.
    std::optional<std::uint32_t> count_of(std::size_t length) {
        std::uint32_t count = 0;
        if (!take(count) || count > rest_.size() / length) return std::nullopt;
        return count;
    }
    bool read_point(Parts& parts) {
        double longitude = 0;
        double latitude = 0;
        if (!take_place(longitude, latitude)) return false;
        if (std::isnan(longitude) && std::isnan(latitude)) return true;  // POINT EMPTY
        if (!is_place(longitude, latitude)) return true;
        if (std::abs(latitude) > vector::mercator_latitude) return true;
        Shape& shape = parts.of(GeometryKind::point);
        if (shape.paths.empty()) shape.begin_path();
        shape.add(place_of(longitude, latitude));
        return true;
    }
    bool read_line(Parts& parts) {
        const auto count = count_of(2 * sizeof(double));
        if (!count) return false;
        Shape& shape = parts.of(GeometryKind::line);
        Longitudes longitudes(unwrap_);
        bool outside = true;
        for (std::uint32_t i = 0; i < *count; ++i) {
            double longitude = 0;
            double latitude = 0;
            if (!take_place(longitude, latitude)) return false;
            if (!is_place(longitude, latitude)) continue;
            longitude = longitudes.next(longitude);
            const bool beyond = std::abs(latitude) > vector::mercator_latitude;
            if (!beyond && outside) shape.begin_path();
            if (!beyond) shape.add(place_of(longitude, latitude));
            outside = beyond;
        }
        return true;
    }
    bool read_polygon(Parts& parts) {
        const auto rings = count_of(sizeof(std::uint32_t));
        if (!rings) return false;
        for (std::uint32_t i = 0; i < *rings; ++i)
            if (!read_ring(parts.of(GeometryKind::area), i > 0)) return false;
        return true;
    }
    bool read_ring(Shape& shape, bool hole) {
        const auto count = count_of(2 * sizeof(double));
        if (!count) return false;
        shape.begin_path(hole);
        Longitudes longitudes(unwrap_);
        for (std::uint32_t i = 0; i < *count; ++i) {
            double longitude = 0;
            double latitude = 0;
            if (!take_place(longitude, latitude)) return false;
            if (!is_place(longitude, latitude)) continue;
            // The last repeats the first.
            if (i + 1 < *count) shape.add(place_of(longitudes.next(longitude), latitude));
        }
        return true;
    }
    bool read_parts(Parts& parts, int depth) {
        const auto count = count_of(sizeof(std::uint8_t) + sizeof(std::uint32_t));
        if (!count) return false;
        for (std::uint32_t i = 0; i < *count; ++i)
            if (!read(parts, depth + 1)) return false;
        return true;
    }

    std::string_view rest_;
    bool unwrap_;
    double west_ = 540;
    double east_ = -540;
    bool on_earth_ = true;
};

/// The parts that lie in the world's square, from each copy of it that the shape reaches.
void append_copies(const Shape& shape, std::vector<Shape>& all) {
    const WorldBox world{0, 0, world_side, world_side};
    const WorldBox box = vector::box_of(shape);
    for (std::int64_t turn = -2; turn <= 2; ++turn) {
        const std::int64_t shift = turn * world_side;
        // What ends at the antimeridian is not a line along it on the other side.
        const std::int64_t least = box.left < box.right ? 1 : 0;
        if (box.left + shift >= world_side || box.right + shift < least) continue;
        Shape copy = shape;
        for (auto& point : copy.points) point.x += shift;
        if (!world.holds(vector::box_of(copy))) copy = vector::clipped(copy, world);
        if (copy.kind != GeometryKind::point) copy = vector::snapped(copy, 0);
        vector::wind(copy);
        if (!copy.empty()) all.push_back(std::move(copy));
    }
}

}  // namespace

Result<std::optional<std::vector<Shape>>> shapes_of(std::string_view bytes) {
    Parts parts;
    Reader reader(bytes, false);
    if (!reader.read(parts) || !reader.at_end()) return no_geometry();
    if (!reader.is_on_earth()) return std::optional<std::vector<Shape>>();
    // What reaches both ends of the world exactly, as Antarctica does, was divided before.
    constexpr double ends = 179.9999;
    const double west = reader.westernmost();
    const double east = reader.easternmost();
    const bool beyond = east > 180 || west < -180;
    const bool divided = !beyond && west <= -ends && east >= ends;
    if (!divided && (beyond || east - west > 180)) {
        parts = Parts();
        static_cast<void>(Reader(bytes, true).read(parts));
    }
    std::vector<Shape> all;
    for (const Shape& shape : parts.shapes)
        if (!shape.empty()) append_copies(shape, all);
    return std::optional(std::move(all));
}

}  // namespace relief::postgis
