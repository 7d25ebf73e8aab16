#include "server/command/remote_layer.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/remote.hpp"
#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/source_roots.hpp"

#include <filesystem>
#include <utility>

namespace relief::command {

Result<workspace::Layer> layer_of_address(const std::string& address,
                                          const workspace::Configuration& configuration) {
    const auto allowed = workspace::allowed_address(configuration.sources, address);
    if (!allowed) return allowed.error();
    auto observation = ingest::inspect_remote(ingest::own_program(), *allowed);
    if (!observation) return observation.error();
    const std::string stem = std::filesystem::path(allowed->file_name()).stem().string();
    const auto name = LayerName::from_file_stem(stem);
    workspace::Layer layer{name ? *name : LayerName::stand_in(stem),
                           stem,
                           configuration.layers_sensitivity,
                           {},
                           {},
                           {}};
    layer.observations.push_back(std::move(*observation));
    workspace::apply_settings(configuration, layer);
    return layer;
}

Result<ingest::Added> add_address(const ingest::AddOrder& order,
                                  const workspace::Configuration& configuration) {
    const auto allowed = workspace::allowed_address(configuration.sources, order.file.string());
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
