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

Result<std::optional<service::VectorTileOrder::Part>> choose_part(const LayerPointer& layer,
                                                                  const http::Request& request,
                                                                  Instant now) {
    auto chosen = service::choose_features(*layer, request.query.items, now);
    if (!chosen) return chosen.error();
    if (!*chosen) return std::optional<service::VectorTileOrder::Part>();
    return std::optional(service::VectorTileOrder::Part{
        layer, (*chosen)->observation, std::move((*chosen)->choice), (*chosen)->observed});
}

std::string layers_version(const std::vector<LayerPointer>& layers) {
    if (layers.size() == 1) return layer_version(*layers.front());
    std::string text;
    for (const LayerPointer& layer : layers) text += layer_version(*layer) + "|";
    return fingerprint(text);
}

std::string cache_control(const http::Request& request, const std::vector<LayerPointer>& layers) {
    // What was erased or suspended is nowhere to be found: no cache answers without asking.
    const bool live = std::any_of(layers.begin(), layers.end(), [](const LayerPointer& layer) {
        return layer->newest().is_live();
    });
    if (live) return "no-cache";
    const auto version = request.query.find("v");
    // What an age means goes on with the clock.
    const bool current =
        version && *version == layers_version(layers) && !request.query.find("max_age");
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

std::vector<http::Parameter> choice_of_features_parameters() {
    return {
        filter_parameter(),
        {"aggregate",
         "query",
         "Of points: how many there are, in clusters (point_count) or in the cells of a grid "
         "that lies on the world.",
         R"({"type":"string","enum":["cluster","hexagon","square"]})",
         "cluster"},
        {"cell",
         "query",
         "With aggregate: the width of a cell in pixels of a tile of 512; 64 for clusters, "
         "else 32.",
         R"({"type":"integer","enum":[16,32,64,128]})",
         "64"},
        {"by",
         "query",
         "With aggregate: an attribute whose values are counted one by one, as "
         "\"NAME:VALUE\".",
         R"({"type":"string"})",
         ""},
        {"sum",
         "query",
         "With aggregate: an attribute of numbers that are added up, as \"NAME:sum\".",
         R"({"type":"string"})",
         ""},
        {"category",
         "query",
         "Of reports: of one of these categories, divided by commas.",
         R"({"type":"string"})",
         "flood"},
        {"status",
         "query",
         "Of reports: with one of these statuses, divided by commas.",
         R"({"type":"string"})",
         "verified"},
        {"since",
         "query",
         "Of reports: not before that time (2024-05-01, 2024-05-01T10:00:00Z) or age (24h, 7d).",
         R"({"type":"string"})",
         "24h"},
        {"until",
         "query",
         "Of reports: not after that time or age.",
         R"({"type":"string"})",
         "2024-05-31"}};
}

}  // namespace relief::route
