#include "server/route/layer_document.hpp"

#include "server/route/parameters.hpp"
#include "server/route/raster_facts.hpp"
#include "server/route/vector_facts.hpp"
#include "server/service/feature_words.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/style/algorithm_style.hpp"
#include "tiler/style/drawing_facts.hpp"
#include "tiler/workspace/layer_extent.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace relief::route {
namespace {

using workspace::bounds_of;
using workspace::joined;
using workspace::Layer;
using workspace::zooms_of;

std::string dump(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json box_of(const LonLatBox& box) {
    return {box.west, box.south, box.east, box.north};
}

std::string tile_template(const Layer& layer, const std::string& base, const std::string& query) {
    return base + "/tiles/" + layer.name.text() +
           (layer.is_vector() ? "/{z}/{x}/{y}.mvt?" : "/{z}/{x}/{y}.png?") +
           (query.empty() ? "" : query + "&") + "v=" + layer_version(layer);
}

Json link(const char* relation, const std::string& address, const char* type) {
    return {{"rel", relation}, {"href", address}, {"type", type}};
}

Json links_of(const Layer& layer, const std::string& base) {
    const std::string own = base + "/layers/" + layer.name.text();
    Json links = Json::array({link("self", own, "application/json"),
                              link("tilejson",
                                   base + "/tiles/" + layer.name.text() + "/tilejson.json",
                                   "application/json")});
    links.push_back(link("legend", own + "/legend.json", "application/json"));
    links.push_back(link("preview", own + "/preview.png", "image/png"));
    links.push_back(layer.is_vector()
                        ? link("style", own + "/style.json", "application/json")
                        : link("statistics", own + "/statistics", "application/json"));
    return links;
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

/// From the first to the last; null where nothing has a time.
Json extent_of(const std::optional<InstantRange>& time) {
    if (!time) return nullptr;
    const InstantRangeText ends = ends_of(*time);
    return {ends.first, ends.last};
}

/// Where time= picks features by their own times; null elsewhere.
const FeatureTimes* times_of_features(const Layer& layer) {
    if (!service::picks_features_by_time(layer)) return nullptr;
    return &*layer.newest().vector().times;
}

Json time_extent_of(const Layer& layer) {
    if (const auto& mosaic = layer.newest().mosaic) return extent_of(mosaic->extent());
    if (const auto* const times = times_of_features(layer)) return extent_of(times->extent);
    std::optional<InstantRange> all;
    for (const auto& observation : layer.observations) {
        if (!observation.time) continue;
        if (!all) all = observation.time;
        all = InstantRange(std::min(all->first, observation.time->first),
                           std::max(all->last, observation.time->last));
    }
    return extent_of(all);
}

Json times_of(const Layer& layer) {
    Json times = Json::array();
    if (const auto* const of_features = times_of_features(layer))
        for (const InstantRange& moment : of_features->moments) times.push_back(to_text(moment));
    for (const auto& observation : layer.observations) {
        if (observation.time) times.push_back(to_text(*observation.time));
    }
    return times;
}

/// Null when the layer's own words cannot be drawn.
Json style_of(const Layer& layer) {
    const auto facts =
        style::drawing_facts(service::merged_words(layer, {}), layer.newest().raster());
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
    std::set<InstantRange> times;
    for (const workspace::Scene& scene : mosaic.scenes()) {
        if (scene.time) times.insert(*scene.time);
        if (times.size() > most_times) return;
    }
    for (const InstantRange& time : times) document["times"].push_back(to_text(time));
}

const char* kind_of(const Layer& layer) {
    if (layer.newest().is_live()) return "reports";
    if (layer.is_vector()) return "vector";
    return layer.newest().mosaic ? "mosaic" : "raster";
}

/// What only a raster has.
void add_raster(Json& document, const Layer& layer, LayerDetail detail) {
    if (const auto& mosaic = layer.newest().mosaic) add_mosaic(document, *mosaic);
    if (detail != LayerDetail::summary) {
        document["bands"] = bands_of(layer.newest().raster());
        document["raster"] = geometry_of(layer.newest().raster());
        document["added"] = layer.newest().added;
        document["algorithms"] =
            style::algorithms_for(layer.newest().raster(), document["times"].size());
        document["style"] = style_of(layer);
    }
    if (detail == LayerDetail::inspected) {
        const RasterDescription& raster = layer.newest().raster();
        document["statistics"] = statistics_of(raster, all_bands(raster));
        document["file"] = file_of(raster);
    }
}

Json document_of(const Layer& layer, const std::string& base, LayerDetail detail) {
    const workspace::ZoomRange zooms = zooms_of(layer);
    Json document{{"id", layer.name.text()},
                  {"title", layer.title},
                  {"kind", kind_of(layer)},
                  {"bounds", box_of(bounds_of(layer))},
                  {"minzoom", zooms.least},
                  {"maxzoom", zooms.most},
                  {"sensitivity", to_text(layer.sensitivity)},
                  {"version", layer_version(layer)},
                  {"modified", to_text(layer.newest().modified)},
                  {"tiles", {tile_template(layer, base, "")}},
                  {"links", links_of(layer, base)},
                  {"times", times_of(layer)},
                  {"time_extent", time_extent_of(layer)},
                  {"provenance", provenance_of(layer.provenance)}};
    if (layer.is_vector()) {
        add_features(document, layer.newest(), detail);
    } else {
        document["raster_kind"] = to_text(layer.newest().raster().kind);
        add_raster(document, layer, detail);
    }
    return document;
}

std::string attribution_of(const workspace::Provenance& provenance) {
    std::string text = provenance.source;
    if (!provenance.licence.empty()) text += (text.empty() ? "" : ", ") + provenance.licence;
    return text;
}

struct TileJsonFacts {
    std::string title;
    LonLatBox bounds;
    workspace::ZoomRange zooms;
    std::string address;
    std::string attribution;
};

Json tilejson_of(const TileJsonFacts& facts) {
    LonLatBox box = facts.bounds;
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
        {"name", facts.title},
        {"scheme", "xyz"},
        {"tiles", {facts.address}},
        {"bounds", box_of(box)},
        {"center",
         {middle, (box.south + box.north) / 2, std::min(facts.zooms.most, facts.zooms.least + 1)}},
        {"minzoom", facts.zooms.least},
        {"maxzoom", facts.zooms.most}};
    if (!facts.attribution.empty()) document["attribution"] = facts.attribution;
    return document;
}

}  // namespace

std::string layer_document(const Layer& layer, const std::string& base, LayerDetail detail) {
    return dump(document_of(layer, base, detail));
}

std::string layers_document(const workspace::Catalogue& catalogue,
                            const Audience& audience,
                            const std::string& base,
                            const std::vector<workspace::Problem>& further) {
    Json layers = Json::array();
    for (const auto& layer : catalogue.layers(audience))
        layers.push_back(document_of(*layer, base, LayerDetail::summary));
    Json problems = Json::array();
    const auto tell = [&](const workspace::Problem& problem) {
        if (audience.may_see(problem.subject, problem.sensitivity))
            problems.push_back({{"subject", problem.subject}, {"reason", problem.reason}});
    };
    std::for_each(catalogue.problems().begin(), catalogue.problems().end(), tell);
    std::for_each(further.begin(), further.end(), tell);
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
    return dump(tilejson_of({layer.title,
                             bounds_of(layer),
                             zooms_of(layer),
                             tile_template(layer, base, query),
                             attribution_of(layer.provenance)}));
}

std::string vector_tilejson_document(const std::vector<std::shared_ptr<const Layer>>& layers,
                                     const std::string& address,
                                     std::string_view aggregate) {
    TileJsonFacts facts{"", bounds_of(*layers.front()), zooms_of(*layers.front()), address, ""};
    Json described = Json::array();
    for (const auto& layer : layers) {
        const workspace::ZoomRange zooms = zooms_of(*layer);
        facts.bounds = joined(facts.bounds, bounds_of(*layer));
        facts.zooms = {std::min(facts.zooms.least, zooms.least),
                       std::max(facts.zooms.most, zooms.most)};
        facts.title += (facts.title.empty() ? "" : ", ") + layer->title;
        const std::string credit = attribution_of(layer->provenance);
        if (!credit.empty() && facts.attribution.find(credit) == std::string::npos)
            facts.attribution += (facts.attribution.empty() ? "" : "; ") + credit;
        described.push_back(vector_layer_of(*layer, zooms, aggregate));
    }
    Json document = tilejson_of(facts);
    document["vector_layers"] = std::move(described);
    return dump(document);
}

}  // namespace relief::route
