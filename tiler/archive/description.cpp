#include "tiler/archive/description.hpp"

#include "tiler/archive/area_words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::archive {
namespace {

using Json = nlohmann::ordered_json;

/// One step in from the farthest view, as a map that opens on it should show all of it.
std::uint32_t first_zoom(ZoomRange zooms) noexcept {
    return std::min(zooms.highest, zooms.lowest + 1);
}

Json own_facts(const Description& description) {
    Json own{{"order", description.order}};
    for (const auto& [name, value] : description.facts) own[name] = value;
    return own;
}

void add_layers(Json& document, const Description& description) {
    if (!description.vector_layers.empty())
        document["vector_layers"] = Json::parse(description.vector_layers, nullptr, false);
}

}  // namespace

TextPairs mbtiles_metadata(const Description& description) {
    const Extent& extent = description.extent;
    const Json centre{
        extent.centre.longitude, extent.centre.latitude, first_zoom(description.zooms)};
    const std::string place = centre.dump();
    TextPairs rows{{"name", description.title},
                   {"format", description.extension},
                   {"bounds", to_text(extent.bounds)},
                   {"center", place.substr(1, place.size() - 2)},
                   {"minzoom", std::to_string(description.zooms.lowest)},
                   {"maxzoom", std::to_string(description.zooms.highest)},
                   {"description", description.text},
                   {"type", "overlay"},
                   {"version", std::to_string(description.version)}};
    if (!description.attribution.empty()) rows.emplace_back("attribution", description.attribution);
    for (const auto& [name, value] : description.facts) rows.emplace_back("relief_" + name, value);
    rows.emplace_back("relief_order", description.order);
    if (!description.vector_layers.empty())
        rows.emplace_back("json", R"({"vector_layers":)" + description.vector_layers + "}");
    return rows;
}

std::string pmtiles_metadata(const Description& description) {
    Json document{{"name", description.title},
                  {"description", description.text},
                  {"type", "overlay"},
                  {"version", std::to_string(description.version)}};
    if (!description.attribution.empty()) document["attribution"] = description.attribution;
    add_layers(document, description);
    document["relief"] = own_facts(description);
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string tilejson(const Description& description) {
    const LonLatBox& bounds = description.extent.bounds;
    const LonLat& centre = description.extent.centre;
    Json document{{"tilejson", "3.0.0"},
                  {"name", description.title},
                  {"description", description.text},
                  {"version", std::to_string(description.version) + ".0.0"},
                  {"scheme", "xyz"},
                  {"tiles", {"{z}/{x}/{y}." + description.extension}},
                  {"bounds", {bounds.west, bounds.south, bounds.east, bounds.north}},
                  {"center", {centre.longitude, centre.latitude, first_zoom(description.zooms)}},
                  {"minzoom", description.zooms.lowest},
                  {"maxzoom", description.zooms.highest}};
    if (!description.attribution.empty()) document["attribution"] = description.attribution;
    add_layers(document, description);
    document["relief"] = own_facts(description);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<std::string> order_in(std::string_view tilejson) {
    const Json document = Json::parse(tilejson, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    const auto own = document.find("relief");
    if (own == document.end() || !own->is_object()) return std::nullopt;
    const auto order = own->find("order");
    if (order == own->end() || !order->is_string()) return std::nullopt;
    return order->get<std::string>();
}

}  // namespace relief::archive
