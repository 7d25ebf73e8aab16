#include "tiler/ingest/add.hpp"

#include "tiler/ingest/incoming.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <system_error>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;
Result<workspace::Observation> store(const AddOrder& order,
                                     const fs::path& converted,
                                     DatasetDescription content) {
    const auto stored = store_file(order.workspace / "layers", converted);
    if (!stored) return stored.error();
    workspace::Observation observation;
    observation.time = order.time;
    observation.version = {stored->sha};
    observation.file = stored->path.string();
    observation.modified = now_in_seconds();
    observation.content = std::move(content);
    return observation;
}

/// What was said of a raster means nothing for features.
Result<void> check_content(const AddOrder& order, const DatasetDescription& content) {
    const auto* const raster = std::get_if<RasterDescription>(&content);
    if (raster != nullptr) return order.check ? order.check(*raster) : Result<void>();
    if (order.kind) return bad_request("--kind is for rasters; it holds features");
    if (!order.style_words.empty())
        return bad_request("--" + order.style_words.front().first +
                           " is for rasters; it holds features");
    return {};
}

}  // namespace

std::string stem_of(const AddOrder& order) {
    return order.file.stem().string() + (order.layer.empty() ? "" : "-" + order.layer);
}

Result<LayerName> name_of(const AddOrder& order) {
    if (order.id) return *order.id;
    auto name = LayerName::from_file_stem(stem_of(order));
    if (name) return name;
    return Error{name.error().fault, name.error().what + "; give one with --id"};
}

Result<Added> add(const AddOrder& order) {
    const auto name = name_of(order);
    if (!name) return name.error();
    std::error_code error;
    if (fs::is_directory(order.file, error))
        return bad_request(
            "it is a folder; --mosaic ID makes one layer of its rasters, `relief serve` shows each "
            "of them");
    if (!fs::is_regular_file(order.file, error)) return not_found("there is no such file");
    auto store_of_layers = workspace::LayerStore::open(order.workspace);
    if (!store_of_layers) return store_of_layers.error();
    const fs::path layers = order.workspace / "layers";
    sweep_incoming(layers);
    const IncomingFolder incoming(layers);
    if (!incoming.made()) return source_broken("the workspace cannot be written");

    auto content = convert_in_child(
        {order.program, order.file, order.kind, order.progress, order.layer}, incoming.file());
    if (!content) return content.error();
    if (auto checked = check_content(order, *content); !checked) return checked.error();
    const bool features = std::holds_alternative<VectorDescription>(*content);
    auto observation = store(
        order, features ? features_beside(incoming.file()) : incoming.file(), std::move(*content));
    if (!observation) return observation.error();

    const auto freed = store_of_layers->register_observation({.layer = *name,
                                                              .title = order.title,
                                                              .sensitivity = order.sensitivity,
                                                              .provenance = order.provenance,
                                                              .style_words = order.style_words,
                                                              .observation = *observation});
    if (!freed) {
        // A refused layer leaves no file, unless another layer has the same content.
        const auto swept = store_of_layers->delete_unreferenced({observation->file});
        return swept ? freed.error()
                     : Error{freed.error().fault, freed.error().what, swept.error().what};
    }
    // What is left behind costs disk, not truth: the layer stands either way.
    static_cast<void>(store_of_layers->delete_unreferenced(*freed));
    return Added{*name, std::move(*observation), !freed->empty()};
}

}  // namespace relief::ingest
