#include "tiler/vector/feature_at.hpp"

#include "tiler/vector/world.hpp"

#include <cmath>
#include <set>

namespace relief::vector {
namespace {

bool crosses_ray(const WorldPoint& a, const WorldPoint& b, const WorldPoint& place) noexcept {
    if ((a.y > place.y) == (b.y > place.y)) return false;
    const double x = static_cast<double>(a.x) + static_cast<double>(b.x - a.x) *
                                                    static_cast<double>(place.y - a.y) /
                                                    static_cast<double>(b.y - a.y);
    return static_cast<double>(place.x) < x;
}

bool area_holds(const Shape& shape, const WorldPoint& place) noexcept {
    bool inside = false;
    for (const Path& path : shape.paths) {
        const WorldPoint* ring = shape.points.data() + path.first;
        for (std::uint32_t i = 0; i < path.count; ++i) {
            if (crosses_ray(ring[i], ring[i + 1 == path.count ? 0 : i + 1], place))
                inside = !inside;
        }
    }
    return inside;
}

double distance_to(const WorldPoint& place, const WorldPoint& a, const WorldPoint& b) noexcept {
    const auto dx = static_cast<double>(b.x - a.x);
    const auto dy = static_cast<double>(b.y - a.y);
    const auto px = static_cast<double>(place.x - a.x);
    const auto py = static_cast<double>(place.y - a.y);
    const double length = dx * dx + dy * dy;
    const double share = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(px - share * dx, py - share * dy);
}

bool touches(const Shape& shape, const WorldPoint& place, double reach) noexcept {
    if (shape.kind == GeometryKind::area) return area_holds(shape, place);
    for (const Path& path : shape.paths) {
        const WorldPoint* points = shape.points.data() + path.first;
        const std::uint32_t begin = shape.kind == GeometryKind::line ? 1 : 0;
        for (std::uint32_t i = begin; i < path.count; ++i)
            if (distance_to(place, points[i - begin], points[i]) <= reach) return true;
    }
    return false;
}

std::int64_t steps_of(const Touch& touch) noexcept {
    return static_cast<std::int64_t>(touch.reach / 360 * static_cast<double>(world_side));
}

Result<FoundFeature> described_feature(const VectorIndex& index, const ShapeEntry& entry) {
    FoundFeature found{index.id_of(entry.feature), static_cast<GeometryKind>(entry.kind), {}};
    for (std::size_t i = 0; i < index.attributes().size(); ++i) {
        const std::uint32_t number = index.value_number(entry.feature, i);
        if (number == 0) continue;
        auto value = index.value(number);
        if (!value) return value.error();
        found.attributes.emplace_back(index.attributes()[i].name, std::move(*value));
    }
    return found;
}

}  // namespace

WorldBox reach_of(const Touch& touch) noexcept {
    const WorldPoint place = world_point(touch.place);
    return WorldBox{place.x, place.y, place.x, place.y}.grown(steps_of(touch));
}

Result<std::vector<FoundFeature>> features_at(const VectorIndex& index, const Touch& touch) {
    const WorldPoint place = world_point(touch.place);
    const std::int64_t reach = steps_of(touch);
    const Level& level = index.level_for(deepest_zoom);
    std::vector<FoundFeature> found;
    std::set<std::uint32_t> seen;
    Shape shape;
    const auto take = [&](std::uint32_t number) -> Result<void> {
        const ShapeEntry entry = level.shapes[number];
        if (entry.feature >= index.features())
            return source_broken("the layer's file is damaged: a shape of no feature");
        if (found.size() >= touch.most || seen.contains(entry.feature)) return {};
        if (auto read = VectorIndex::read_shape(level, entry, shape); !read) return read;
        const bool wanted = !touch.wanted || touch.wanted(entry.feature, shape.kind);
        if (!wanted || !touches(shape, place, static_cast<double>(reach))) return {};
        auto described = described_feature(index, entry);
        if (!described) return described.error();
        seen.insert(entry.feature);
        found.push_back(std::move(*described));
        return {};
    };
    const auto done = VectorIndex::find(level, reach_of(touch), take);
    if (auto whole = index.intact(); !whole) return whole.error();
    if (!done) return done.error();
    return found;
}

}  // namespace relief::vector
