#pragma once
// Shapes to try things on, and what is measured of them.

#include "tests/support/repeatable_random.hpp"
#include "tiler/vector/index_builder.hpp"
#include "tiler/vector/shape.hpp"
#include "tiler/vector/world.hpp"

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <string>
#include <vector>

namespace relief::vector::testing {

inline Shape shape_of(GeometryKind kind, std::initializer_list<std::vector<WorldPoint>> paths) {
    Shape shape;
    shape.kind = kind;
    for (const auto& path : paths) {
        shape.begin_path(kind == GeometryKind::area && !shape.paths.empty());
        for (const WorldPoint& point : path) shape.add(point);
    }
    return shape;
}

/// A square, clockwise as seen.
inline std::vector<WorldPoint> square_ring(WorldPoint corner, std::int64_t side) {
    return {corner,
            {corner.x + side, corner.y},
            {corner.x + side, corner.y + side},
            {corner.x, corner.y + side}};
}

/// The corners of a ring lie at most `radius` from its middle.
struct Rim {
    double radius = 1;
    std::size_t corners = 3;
    unsigned seed = 0;
};

/// A simple ring around a middle; reach(angle) says how far off its corners lie.
template <typename Reach>
Shape ring_around(WorldPoint middle, std::size_t corners, Reach reach) {
    Shape shape;
    shape.kind = GeometryKind::area;
    shape.begin_path();
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double distance = reach(angle);
        shape.add({middle.x + std::llround(distance * std::cos(angle)),
                   middle.y + std::llround(distance * std::sin(angle))});
    }
    return shape;
}

/// A star whose corners lie between half the radius and all of it.
inline Shape star(WorldPoint middle, const Rim& rim) {
    auto random = relief::testing::repeatable_random(rim.seed);
    std::uniform_real_distribution<double> share(0.5, 1);
    return ring_around(middle, rim.corners, [&](double) { return rim.radius * share(random); });
}

/// With the bays and capes of a coast: neighbouring points lie close together.
inline Shape coast(WorldPoint middle, const Rim& rim) {
    return ring_around(middle, rim.corners, [&](double angle) {
        return rim.radius * (0.8 + 0.1 * std::sin(7 * angle) + 0.05 * std::sin(61 * angle) +
                             0.01 * std::sin(997 * angle));
    });
}

/// With holes taken off.
inline double area_of(const Shape& shape) {
    double sum = 0;
    for (const Path& path : shape.paths)
        sum += twice_area(shape.points.data() + path.first, path.count) / 2;
    return sum;
}

inline SourceFeature feature_of(std::uint64_t id, Shape shape, std::string name = {}) {
    SourceFeature feature{id, {}, {}};
    feature.shapes.push_back(std::move(shape));
    if (name.empty()) {
        feature.values.emplace_back();
    } else {
        feature.values.emplace_back(AttributeValue(std::move(name)));
    }
    return feature;
}

inline Shape point_at(LonLat place) {
    return shape_of(GeometryKind::point, {{world_point(place)}});
}

}  // namespace relief::vector::testing
