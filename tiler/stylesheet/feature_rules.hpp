#pragma once
// What a GeoJSON source does with its features before they are drawn.

#include "tiler/expression/expression.hpp"
#include "tiler/stylesheet/problem_list.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::stylesheet {

/// A property of clusters: worked out of each feature, then put together by two and two.
struct ClusterProperty {
    std::string name;
    expression::Expression of_feature;
    /// Of the sum so far, ["accumulated"], and the next, ["get", name].
    expression::Expression together;
};

struct FeatureRules {
    std::optional<expression::Expression> filter{};  ///< without it all features are there
    std::vector<ClusterProperty> cluster_properties{};
};

/// "filter" and "clusterProperties" of a source. What is wrong with them goes to the problems.
/// Source: MapLibre Style Specification v8, "geojson".
FeatureRules read_feature_rules(const Json& source, const JsonPath& path, ProblemList& problems);

}  // namespace relief::stylesheet
