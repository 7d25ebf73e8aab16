#include "tiler/expression/json_feature.hpp"

#include "tiler/expression/geojson_shape.hpp"
#include "tiler/expression/json_value.hpp"
#include "tiler/expression/tile_plane.hpp"

#include <nlohmann/json.hpp>

namespace relief::expression {
namespace {

Value member_value(const nlohmann::json& object, const char* name, Scratch& scratch) {
    if (!object.is_object() || !object.contains(name)) return {};
    return value_of(object[name], scratch).value_or(Value());
}

/// The paths of a shape in the order of points, lines, rings.
std::vector<Line> paths_of(const Shape& shape) {
    std::vector<Line> paths;
    for (const Position& point : shape.points) paths.push_back({point});
    paths.insert(paths.end(), shape.lines.begin(), shape.lines.end());
    for (const Rings& polygon : shape.polygons) {
        for (const Line& ring : polygon) paths.emplace_back(ring.begin(), ring.end() - 1);
    }
    return paths;
}

}  // namespace

JsonFeature::JsonFeature(const nlohmann::json& feature, const std::optional<TileId>& tile) {
    properties_ = member_value(feature, "properties", kept_);
    id_ = member_value(feature, "id", kept_);
    if (!feature.is_object() || !feature.contains("geometry")) return;
    const auto& geometry = feature["geometry"];
    if (!geometry.is_object() || !geometry.contains("type") || !geometry["type"].is_string())
        return;
    type_ = geometry["type"].get<std::string>();
    if (tile) place(geometry, *tile);
}

void JsonFeature::place(const nlohmann::json& geometry, const TileId& tile) {
    const auto shape = shape_of(geometry);
    if (!shape) return;
    // A tile knows three types: many points are still "Point".
    if (type_.starts_with("Multi")) type_ = type_.substr(5);
    const Position corner{tile.column() * plane_extent, tile.row() * plane_extent};
    for (const Line& path : paths_of(*shape)) {
        paths_.push_back({static_cast<std::uint32_t>(positions_.size()),
                          static_cast<std::uint32_t>(path.size())});
        for (const Position& lon_lat : path) {
            const Position there = to_plane(lon_lat, tile.zoom());
            positions_.push_back({there.x - corner.x, there.y - corner.y});
        }
    }
    placed_ = true;
}

std::optional<Value> JsonFeature::property(const PropertyKey& key) const {
    const Value* const found = find_member(properties_, key.name);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

Value JsonFeature::properties(Scratch&) const {
    return properties_.is(Kind::object) ? properties_ : Value::object({});
}

std::optional<TileGeometry> JsonFeature::geometry(Scratch&) const {
    if (!placed_) return std::nullopt;
    return TileGeometry{positions_, paths_, plane_extent};
}

}  // namespace relief::expression
