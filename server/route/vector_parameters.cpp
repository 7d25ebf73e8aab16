#include "server/route/vector_parameters.hpp"

#include "server/route/parameters.hpp"
#include "tiler/core/version.hpp"

#include <algorithm>
#include <utility>

namespace relief::route {
namespace {

constexpr std::size_t most_layers = 16;

std::vector<std::string> split_at_commas(std::string_view text) {
    std::vector<std::string> parts;
    while (true) {
        const auto comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

bool any_has(const std::vector<LayerPointer>& layers, const std::string& field) {
    return std::any_of(layers.begin(), layers.end(), [&](const LayerPointer& layer) {
        const auto& attributes = layer->newest().vector().attributes;
        return std::any_of(attributes.begin(), attributes.end(), [&](const auto& attribute) {
            return attribute.name == field;
        });
    });
}

std::string all_fields(const std::vector<LayerPointer>& layers) {
    constexpr std::size_t most = 60;
    std::size_t count = 0;
    std::string list;
    for (const LayerPointer& layer : layers) {
        for (const auto& attribute : layer->newest().vector().attributes) {
            if (++count <= most) list += (list.empty() ? "" : ", ") + attribute.name;
        }
    }
    if (count > most) list += " and " + std::to_string(count - most) + " more";
    return list.empty() ? "none" : list;
}

}  // namespace

Result<std::vector<LayerPointer>> find_layers(const House& house, const http::Request& request) {
    const auto names = split_at_commas(request.capture("id"));
    if (names.size() > most_layers)
        return bad_request("a tile is made of at most " + std::to_string(most_layers) + " layers");
    std::vector<LayerPointer> layers;
    for (auto name = names.begin(); name != names.end(); ++name) {
        if (std::find(names.begin(), name, *name) != name)
            return bad_request("layer \"" + name->substr(0, 100) + "\" is named twice");
        auto layer = find_layer(house, request, *name);
        if (!layer) return layer.error();
        layers.push_back(std::move(*layer));
    }
    return layers;
}

bool is_of_features(const std::vector<LayerPointer>& layers) {
    return layers.size() > 1 || layers.front()->is_vector();
}

Result<void> check_features(const std::vector<LayerPointer>& layers) {
    for (const LayerPointer& layer : layers) {
        if (!layer->is_vector())
            return Error{Fault::not_acceptable,
                         "layer \"" + layer->name.text() +
                             "\" is a raster; a tile of several layers is made of features"};
    }
    return {};
}

Result<std::optional<std::vector<std::string>>> asked_fields(
    const std::vector<LayerPointer>& layers, const http::Request& request) {
    const auto text = request.query.find("fields");
    if (!text) return std::optional<std::vector<std::string>>();
    std::vector<std::string> fields;
    if (!text->empty()) fields = split_at_commas(*text);
    for (const std::string& field : fields) {
        if (!any_has(layers, field))
            return bad_request("fields \"" + field.substr(0, 100) +
                               "\" is not an attribute; there are " + all_fields(layers));
    }
    return std::optional(std::move(fields));
}

Result<std::optional<query::Filter>> asked_filter(const workspace::Observation& observation,
                                                  const http::Request& request) {
    const auto text = request.query.find("filter");
    if (!text) return std::optional<query::Filter>();
    auto filter = query::Filter::parse(*text, observation.vector().attributes);
    if (!filter) return filter.error();
    return std::optional(std::move(*filter));
}

Result<std::optional<service::VectorTileOrder::Part>> choose_part(const LayerPointer& layer,
                                                                  const http::Request& request) {
    const auto view = choose_view(*layer, request);
    if (!view) return view.error();
    if (view->observation == nullptr) return std::optional<service::VectorTileOrder::Part>();
    auto filter = asked_filter(*view->observation, request);
    if (!filter) return filter.error();
    return std::optional(
        service::VectorTileOrder::Part{layer, view->observation, std::move(*filter)});
}

std::string layers_version(const std::vector<LayerPointer>& layers) {
    if (layers.size() == 1) return layer_version(*layers.front());
    std::string text;
    for (const LayerPointer& layer : layers) text += layer_version(*layer) + "|";
    return fingerprint(text);
}

std::string cache_control(const http::Request& request, const std::vector<LayerPointer>& layers) {
    const auto version = request.query.find("v");
    const bool current = version && *version == layers_version(layers);
    return current ? "public, max-age=31536000, immutable" : "public, max-age=60";
}

http::Parameter fields_parameter() {
    return {"fields",
            "query",
            "Of features: the attributes to carry, divided by commas; all when not given.",
            R"({"type":"string"})",
            "name,population"};
}

http::Parameter filter_parameter() {
    return {
        "filter",
        "query",
        "Of features: which are wanted, in CQL2 text (population > 1000 AND name LIKE 'San%') or "
        "as a MapLibre filter ([\">\", \"population\", 1000]).",
        R"({"type":"string","maxLength":4000})",
        "population > 1000"};
}

}  // namespace relief::route
