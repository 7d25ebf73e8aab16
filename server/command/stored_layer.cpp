#include "server/command/stored_layer.hpp"

#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <utility>

namespace relief::command {

Result<workspace::Layer> stored_layer(const Context& context, const std::string& id) {
    const auto store = workspace::LayerStore::open_existing(context.workspace);
    if (!store) return store.error();
    auto layers = store->layers();
    if (!layers) return layers.error();
    for (auto& layer : *layers) {
        if (layer.name.text() == id) return std::move(layer);
    }
    return not_found("there is no layer \"" + id + "\"; `relief layers` lists those there are");
}

Result<const workspace::Observation*> observation_of(const workspace::Layer& layer,
                                                     const std::string& time) {
    const auto choice = workspace::parse_time_choice(time, {});
    if (!choice) return choice.error();
    if (const auto* const found = workspace::choose(layer, *choice, {})) return found;
    return not_found("layer \"" + layer.name.text() + "\" has no observation at " + time);
}

}  // namespace relief::command
