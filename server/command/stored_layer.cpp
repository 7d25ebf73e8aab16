#include "server/command/stored_layer.hpp"

#include "tiler/workspace/layer_store.hpp"

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

Result<workspace::View> view_of(const workspace::Layer& layer, const ViewWords& words) {
    const auto pick = parse_pick(words.pick);
    if (!pick) return bad_request("pick \"" + words.pick + "\" does not exist");
    if (!layer.newest().mosaic && *pick != Pick::first)
        return bad_request("layer \"" + layer.name.text() +
                           "\" is no mosaic; --pick is for mosaics");
    const auto time = workspace::parse_time_choice(words.time, {});
    if (!time) return time.error();
    const workspace::View view = workspace::choose_view(layer, *time, *pick, {});
    if (view.observation != nullptr) return view;
    return not_found("layer \"" + layer.name.text() + "\" has no observation at " + words.time);
}

}  // namespace relief::command
