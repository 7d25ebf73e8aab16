#include "server/route/layer_document.hpp"

#include "server/route/parameters.hpp"
#include "server/route/raster_facts.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/style/algorithm_style.hpp"
#include "tiler/style/drawing_facts.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace relief::route {
namespace {

using workspace::Layer;

std::string dump(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json bounds_of(const LonLatBox& box) {
    return {box.west, box.south, box.east, box.north};
}

/// Of all observations; over the antimeridian only when a single box says so.
LonLatBox bounds_of(const Layer& layer) {
    LonLatBox all = layer.observations.front().raster.bounds;
    for (const auto& observation : layer.observations) {
        const LonLatBox& box = observation.raster.bounds;
        if (box == all) continue;
        const bool crossing = box.west > box.east || all.west > all.east;
        all.west = crossing ? -180 : std::min(all.west, box.west);
        all.east = crossing ? 180 : std::max(all.east, box.east);
        all.south = std::min(all.south, box.south);
        all.north = std::max(all.north, box.north);
    }
    return all;
}

struct Zooms {
    std::uint32_t least, most;
};
Zooms zooms_of(const Layer& layer) {
    Zooms zooms{layer.newest().raster.minimum_zoom, layer.newest().raster.maximum_zoom};
    for (const auto& observation : layer.observations) {
        zooms.least = std::min(zooms.least, observation.raster.minimum_zoom);
        zooms.most = std::max(zooms.most, observation.raster.maximum_zoom);
    }
    return zooms;
}

std::string tile_template(const Layer& layer, const std::string& base, const std::string& query) {
    return base + "/tiles/" + layer.name.text() + "/{z}/{x}/{y}.png?" +
           (query.empty() ? "" : query + "&") + "v=" + layer_version(layer);
}

Json link(const char* relation, const std::string& address, const char* type) {
    return {{"rel", relation}, {"href", address}, {"type", type}};
}

Json links_of(const Layer& layer, const std::string& base) {
    const std::string own = base + "/layers/" + layer.name.text();
    return Json::array({link("self", own, "application/json"),
                        link("tilejson",
                             base + "/tiles/" + layer.name.text() + "/tilejson.json",
                             "application/json"),
                        link("legend", own + "/legend.json", "application/json"),
                        link("statistics", own + "/statistics", "application/json"),
                        link("preview", own + "/preview.png", "image/png")});
}

Json provenance_of(const workspace::Provenance& provenance) {
    const auto stated = [](const std::string& text) {
        return text.empty() ? std::string("not stated") : text;
    };
    return {{"source", stated(provenance.source)},
            {"licence", stated(provenance.licence)},
            {"acquired", stated(provenance.acquired)},
            {"processed", stated(provenance.processed)},
            {"method", stated(provenance.method)},
            {"confidence", stated(provenance.confidence)},
            {"supersedes", stated(provenance.supersedes)},
            {"preliminary", provenance.preliminary}};
}

Json times_of(const Layer& layer) {
    Json times = Json::array();
    for (const auto& observation : layer.observations) {
        if (observation.time) times.push_back(to_text(*observation.time));
    }
    return times;
}

/// Null when the layer's own words cannot be drawn.
Json style_of(const Layer& layer) {
    const auto facts =
        style::drawing_facts(service::merged_words(layer, {}), layer.newest().raster);
    return facts ? Json::parse(style::to_json(*facts)) : Json(nullptr);
}

/// Scenes of a mosaic are counted, not listed: there may be thousands. Nor are their times, beyond
/// what a slider can show.
void add_mosaic(Json& document, const workspace::Mosaic& mosaic) {
    constexpr std::size_t most_times = 500;
    document["scenes"] = mosaic.scenes().size();
    document["order"] = to_text(mosaic.order());
    document["depth"] = mosaic.depth();
    document["picks"] = pick_names;
    document["time_extent"] = nullptr;
    if (!mosaic.extent()) return;
    document["time_extent"] = {to_text(mosaic.extent()->first), to_text(mosaic.extent()->last)};
    std::set<Instant> times;
    for (const workspace::Scene& scene : mosaic.scenes()) {
        if (scene.time) times.insert(*scene.time);
        if (times.size() > most_times) return;
    }
    for (const Instant time : times) document["times"].push_back(to_text(time));
}

Json document_of(const Layer& layer, const std::string& base, LayerDetail detail) {
    const Zooms zooms = zooms_of(layer);
    Json document{{"id", layer.name.text()},
                  {"title", layer.title},
                  {"kind", layer.newest().mosaic ? "mosaic" : "raster"},
                  {"raster_kind", to_text(layer.newest().raster.kind)},
                  {"bounds", bounds_of(bounds_of(layer))},
                  {"minzoom", zooms.least},
                  {"maxzoom", zooms.most},
                  {"sensitivity", to_text(layer.sensitivity)},
                  {"version", layer_version(layer)},
                  {"modified", to_text(layer.newest().modified)},
                  {"tiles", {tile_template(layer, base, "")}},
                  {"links", links_of(layer, base)},
                  {"times", times_of(layer)},
                  {"provenance", provenance_of(layer.provenance)}};
    if (const auto& mosaic = layer.newest().mosaic) add_mosaic(document, *mosaic);
    if (detail != LayerDetail::summary) {
        document["bands"] = bands_of(layer.newest().raster);
        document["raster"] = geometry_of(layer.newest().raster);
        document["added"] = layer.newest().added;
        document["algorithms"] =
            style::algorithms_for(layer.newest().raster, document["times"].size());
        document["style"] = style_of(layer);
    }
    if (detail == LayerDetail::inspected) {
        const RasterDescription& raster = layer.newest().raster;
        document["statistics"] = statistics_of(raster, all_bands(raster));
        document["file"] = file_of(raster);
    }
    return document;
}

std::string attribution_of(const workspace::Provenance& provenance) {
    std::string text = provenance.source;
    if (!provenance.licence.empty()) text += (text.empty() ? "" : ", ") + provenance.licence;
    return text;
}

}  // namespace

std::string layer_document(const Layer& layer, const std::string& base, LayerDetail detail) {
    return dump(document_of(layer, base, detail));
}

std::string layers_document(const workspace::Catalogue& catalogue,
                            const Audience& audience,
                            const std::string& base) {
    Json layers = Json::array();
    for (const auto& layer : catalogue.layers(audience))
        layers.push_back(document_of(*layer, base, LayerDetail::summary));
    Json problems = Json::array();
    for (const auto& problem : catalogue.problems(audience))
        problems.push_back({{"subject", problem.subject}, {"reason", problem.reason}});
    return dump({{"layers", std::move(layers)}, {"problems", std::move(problems)}});
}

std::string statistics_document(const RasterDescription& raster, const std::vector<int>& bands) {
    return dump(statistics_of(raster, bands));
}

std::string formula_statistics_document(const std::string& formula,
                                        const std::vector<std::optional<BandStatistics>>& outputs) {
    Json list = Json::array();
    for (const auto& output : outputs) {
        Json entry{{"band", "expression"}, {"title", formula}};
        if (output) entry.update(statistics_of(*output));
        list.push_back(std::move(entry));
    }
    return dump({{"bands", std::move(list)}});
}

std::string tilejson_document(const Layer& layer,
                              const std::string& base,
                              const std::string& query) {
    LonLatBox box = bounds_of(layer);
    const Zooms zooms = zooms_of(layer);
    double middle = (box.west + box.east) / 2;
    if (box.west > box.east) {
        // TileJSON has no boxes over the antimeridian; the centre still lies on the data.
        middle = (box.west + box.east + 360) / 2;
        if (middle > 180) middle -= 360;
        box.west = -180;
        box.east = 180;
    }
    Json document{
        {"tilejson", "3.0.0"},
        {"name", layer.title},
        {"scheme", "xyz"},
        {"tiles", {tile_template(layer, base, query)}},
        {"bounds", bounds_of(box)},
        {"center", {middle, (box.south + box.north) / 2, std::min(zooms.most, zooms.least + 1)}},
        {"minzoom", zooms.least},
        {"maxzoom", zooms.most}};
    if (const std::string text = attribution_of(layer.provenance); !text.empty())
        document["attribution"] = text;
    return dump(document);
}

}  // namespace relief::route
