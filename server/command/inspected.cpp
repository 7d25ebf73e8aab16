#include "server/command/inspected.hpp"

#include "server/command/remote_layer.hpp"
#include "server/route/layer_document.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/served_layers.hpp"
#include "tiler/source/coordinate_check.hpp"
#include "tiler/source/remote_description.hpp"
#include "tiler/workspace/folder_scan.hpp"
#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <utility>

namespace relief::command {
namespace {

using Json = nlohmann::ordered_json;
using workspace::Layer;

Json document_of(const Layer& layer, route::LayerDetail detail) {
    // Links begin at the root: where the server is, the command line does not know.
    return Json::parse(route::layer_document(layer, "", detail));
}

std::string dump(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const std::optional<Replaced>& replaced) {
    if (!replaced) return nullptr;
    const auto& [layer, observation] = *replaced;
    return {{"title", layer.title},
            {"version", document_of(layer, route::LayerDetail::summary)["version"]},
            {"time", observation.time ? Json(to_text(*observation.time)) : Json(nullptr)},
            {"modified", to_text(observation.modified)}};
}

}  // namespace

Result<Layer> layer_of_file(const std::string& file,
                            const FilePart& part,
                            const workspace::Configuration& configuration) {
    if (looks_remote(file)) return layer_of_address(file, configuration);
    const std::filesystem::path path = std::filesystem::absolute(file);
    const std::string program = ingest::own_program();
    const auto found = part.features.empty()
                           ? ingest::inspect_layer(program, path.string(), part.variable)
                           : ingest::inspect_feature_layer(program, path.string(), part.features);
    if (!found) return found.error();
    const std::string stem = path.stem().string();
    const auto name = LayerName::from_file_stem(ingest::layer_stem(stem, found->variable));
    Layer layer{name ? *name : LayerName::stand_in(stem),
                ingest::title_of(stem, *found),
                configuration.layers_sensitivity,
                {},
                {},
                {}};
    workspace::DataFile one{path.string(), stem, {}, {}, {}, {}};
    workspace::ScanLimits limits;
    limits.roots = workspace::source_roots(configuration);
    if (auto scan = workspace::scan_folder(path, {}, limits); scan && !scan->files.empty())
        one = scan->files.front();
    layer.observations = ingest::observations_of(one, *found);
    workspace::apply_settings(configuration, layer);
    return layer;
}

std::vector<std::string> doubts_about(const Layer& layer) {
    std::vector<std::string> doubts;
    if (layer.is_vector()) return doubts;
    if (std::string doubt = source::doubt_about(layer.newest().raster()); !doubt.empty())
        doubts.push_back(std::move(doubt));
    if (!layer.newest().is_remote()) return doubts;
    for (std::string& doubt : source::doubts_about_storage(layer.newest().raster()))
        doubts.push_back(std::move(doubt));
    return doubts;
}

std::string layers_json(const Stored& stored) {
    Json layers = Json::array();
    for (const Layer& layer : stored.layers)
        layers.push_back(document_of(layer, route::LayerDetail::summary));
    Json problems = Json::array();
    for (const auto& problem : stored.problems)
        problems.push_back({{"subject", problem.subject}, {"reason", problem.reason}});
    return dump({{"layers", std::move(layers)},
                 {"problems", std::move(problems)},
                 {"suspended", stored.suspended}});
}

std::string inspected_json(const Layer& layer) {
    Json document = document_of(layer, route::LayerDetail::inspected);
    document["warnings"] = doubts_about(layer);
    return dump(document);
}

std::string added_json(const Layer& layer, const std::optional<Replaced>& replaced) {
    Json document = document_of(layer, route::LayerDetail::full);
    document["replaced"] = json_of(replaced);
    document["warnings"] = doubts_about(layer);
    return dump(document);
}

void warn(const std::string& subject, const std::string& what) {
    std::cerr << "relief: " << subject << ": warning: " << what << '\n';
}

}  // namespace relief::command
