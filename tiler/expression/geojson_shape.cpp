#include "tiler/expression/geojson_shape.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace relief::expression {
namespace {

using nlohmann::json;

std::optional<Position> position_of(const json& list) {
    if (!list.is_array() || list.size() < 2 || !list[0].is_number() || !list[1].is_number())
        return std::nullopt;
    const Position position{list[0].get<double>(), list[1].get<double>()};
    if (!std::isfinite(position.x) || !std::isfinite(position.y)) return std::nullopt;
    return position;
}

/// Every element read by the same rule; nothing when one cannot be.
template <typename Element, typename Read>
std::optional<std::vector<Element>> list_of(const json& list, const Read& read) {
    if (!list.is_array()) return std::nullopt;
    std::vector<Element> result;
    for (const json& each : list) {
        auto element = read(each);
        if (!element) return std::nullopt;
        result.push_back(std::move(*element));
    }
    return result;
}

std::optional<Line> line_of(const json& list) {
    auto line = list_of<Position>(list, position_of);
    return line && line->size() > 1 ? line : std::nullopt;
}

std::optional<Line> ring_of(const json& list) {
    auto ring = line_of(list);
    if (!ring || ring->size() < 3) return std::nullopt;
    if (!(ring->front() == ring->back())) ring->push_back(ring->front());
    return ring;
}

std::optional<Rings> rings_of(const json& list) {
    auto rings = list_of<Line>(list, ring_of);
    return rings && !rings->empty() ? rings : std::nullopt;
}

template <typename Element>
bool append(std::vector<Element>& list, std::optional<std::vector<Element>> more) {
    if (!more) return false;
    list.insert(list.end(), more->begin(), more->end());
    return true;
}

template <typename Element>
bool append_one(std::vector<Element>& list, std::optional<Element> one) {
    if (one) list.push_back(std::move(*one));
    return one.has_value();
}

bool add_geometry(const json& geometry, Shape& shape) {
    if (!geometry.is_object() || !geometry.contains("type") || !geometry.contains("coordinates"))
        return false;
    const json& type = geometry["type"];
    const json& place = geometry["coordinates"];
    if (type == "Point") return append_one(shape.points, position_of(place));
    if (type == "MultiPoint") return append(shape.points, list_of<Position>(place, position_of));
    if (type == "LineString") return append_one(shape.lines, line_of(place));
    if (type == "MultiLineString") return append(shape.lines, list_of<Line>(place, line_of));
    if (type == "Polygon") return append_one(shape.polygons, rings_of(place));
    if (type == "MultiPolygon") return append(shape.polygons, list_of<Rings>(place, rings_of));
    return false;
}

bool add_feature(const json& feature, Shape& shape) {
    return feature.is_object() && feature.contains("geometry") &&
           add_geometry(feature["geometry"], shape);
}

}  // namespace

std::optional<Shape> shape_of(const json& geojson) {
    if (!geojson.is_object() || !geojson.contains("type")) return std::nullopt;
    Shape shape;
    bool good = false;
    if (geojson["type"] == "FeatureCollection") {
        const auto features = geojson.find("features");
        good = features != geojson.end() && features->is_array() &&
               std::all_of(features->begin(), features->end(), [&](const json& feature) {
                   return add_feature(feature, shape);
               });
    } else if (geojson["type"] == "Feature") {
        good = add_feature(geojson, shape);
    } else {
        good = add_geometry(geojson, shape);
    }
    return good ? std::optional(std::move(shape)) : std::nullopt;
}

}  // namespace relief::expression
