#include "server/route/vector_facts.hpp"

#include <nlohmann/json.hpp>

namespace relief::route {
namespace {

/// The words of TileJSON.
const char* tilejson_type(AttributeType type) {
    switch (type) {
        case AttributeType::text: return "String";
        case AttributeType::integer:
        case AttributeType::number: return "Number";
        case AttributeType::boolean: return "Boolean";
    }
    return "String";
}

}  // namespace

void add_features(Json& document, const workspace::Observation& observation, LayerDetail detail) {
    const VectorDescription& features = observation.vector();
    document["features"] = features.features;
    document["geometries"] = Json::array();
    for (const GeometryKind kind : features.kinds)
        document["geometries"].push_back(name_of(geometry_kind_names, kind));
    document["time_attribute"] = features.times ? Json(features.times->attribute) : Json(nullptr);
    if (detail == LayerDetail::summary) return;
    document["attributes"] = Json::array();
    for (const AttributeDescription& attribute : features.attributes)
        document["attributes"].push_back(
            {{"name", attribute.name}, {"type", name_of(attribute_type_names, attribute.type)}});
    document["added"] = observation.added;
    document["crs"] = features.crs;
    document["crs_title"] = features.crs_title;
    document["findings"] = features.findings;
    document["thinned_tiles"] = features.thinned_tiles;
    if (detail == LayerDetail::inspected)
        document["file"] = {{"driver", features.driver}, {"layer", features.layer}};
}

Json vector_layer_of(const workspace::Layer& layer,
                     const workspace::ZoomRange& zooms,
                     std::string_view aggregate) {
    Json fields = Json::object();
    if (aggregate == "cluster")
        fields = {{"cluster", "Boolean"},
                  {"cluster_id", "Number"},
                  {"point_count", "Number"},
                  {"point_count_abbreviated", "String"}};
    const bool cells = aggregate == "hexagon" || aggregate == "square";
    if (cells) fields["point_count"] = "Number";
    const auto& attributes = layer.newest().vector().attributes;
    for (std::size_t i = 0; !cells && i < attributes.size(); ++i)
        fields[attributes[i].name] = tilejson_type(attributes[i].type);
    return {{"id", layer.name.text()},
            {"description", layer.title},
            {"minzoom", zooms.least},
            {"maxzoom", zooms.most},
            {"fields", std::move(fields)}};
}

}  // namespace relief::route
