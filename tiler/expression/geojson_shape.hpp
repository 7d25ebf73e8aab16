#pragma once
// The geometry of a GeoJSON document that stands in an expression.

#include "tiler/expression/feature_view.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <vector>

namespace relief::expression {

using Line = std::vector<Position>;
/// The outer ring first, then its holes; rings are closed: last position = first.
using Rings = std::vector<Line>;

struct Shape {
    std::vector<Position> points;
    std::vector<Line> lines;
    std::vector<Rings> polygons;
};

/// A geometry, a Feature or a FeatureCollection, taken apart. Nothing when it is not valid.
/// Source: RFC 7946, section 3.
std::optional<Shape> shape_of(const nlohmann::json& geojson);

}  // namespace relief::expression
