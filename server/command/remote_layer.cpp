#include "server/command/remote_layer.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/remote.hpp"
#include "tiler/ingest/table.hpp"
#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/source_roots.hpp"

#include <filesystem>
#include <utility>

namespace relief::command {
namespace {

workspace::Layer named_layer(const std::string& stem,
                             workspace::Observation observation,
                             const workspace::Configuration& configuration) {
    const auto name = LayerName::from_file_stem(stem);
    workspace::Layer layer{name ? *name : LayerName::stand_in(stem),
                           stem,
                           configuration.layers_sensitivity,
                           {},
                           {},
                           {}};
    layer.observations.push_back(std::move(observation));
    workspace::apply_settings(configuration, layer);
    return layer;
}

Result<workspace::Layer> layer_of_table(const std::string& address,
                                        const workspace::Configuration& configuration) {
    const auto allowed = workspace::allowed_table(configuration.sources, address);
    if (!allowed) return allowed.error();
    auto observation = ingest::inspect_table(*allowed, {});
    if (!observation) return observation.error();
    return named_layer(allowed->table, std::move(*observation), configuration);
}

}  // namespace

Result<workspace::Layer> layer_of_address(const std::string& address,
                                          const workspace::Configuration& configuration) {
    if (names_database(address)) return layer_of_table(address, configuration);
    const auto allowed = workspace::allowed_address(configuration.sources, address);
    if (!allowed) return allowed.error();
    auto observation = ingest::inspect_remote(ingest::own_program(), *allowed);
    if (!observation) return observation.error();
    return named_layer(std::filesystem::path(allowed->file_name()).stem().string(),
                       std::move(*observation),
                       configuration);
}

std::string shown_subject(const std::string& file) {
    if (!names_database(file)) return file;
    const auto table = TableAddress::make(file);
    return table ? table->text() : "postgresql://…";
}

Result<ingest::Added> add_address(const ingest::AddOrder& order,
                                  const workspace::Configuration& configuration) {
    const std::string address = order.file.string();
    if (names_database(address)) {
        const auto table = workspace::allowed_table(configuration.sources, address);
        return table ? ingest::add_table(order, *table) : Result<ingest::Added>(table.error());
    }
    if (!order.time_attribute.empty())
        return bad_request("--time-attribute is for features; it is a raster, see --time");
    const auto allowed = workspace::allowed_address(configuration.sources, address);
    if (!allowed) return allowed.error();
    if (!order.layer.empty())
        return bad_request("--layer is for files of features, which are not read from afar");
    return ingest::add_remote(order, *allowed);
}

Result<void> refresh(workspace::Layer& layer, const workspace::Configuration& configuration) {
    for (workspace::Observation& observation : layer.observations) {
        if (!observation.is_remote()) continue;
        const auto allowed = workspace::allowed_address(configuration.sources, observation.file);
        if (!allowed) return allowed.error();
        auto changed = ingest::changed_remote(ingest::own_program(), observation);
        if (!changed) return changed.error();
        if (*changed) observation = std::move(**changed);
    }
    return {};
}

}  // namespace relief::command
