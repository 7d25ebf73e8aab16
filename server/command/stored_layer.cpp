#include "server/command/stored_layer.hpp"

#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <filesystem>
#include <utility>

namespace relief::command {

Result<Stored> stored_layers(const Context& context) {
    auto configuration = configuration_of(context);
    if (!configuration) return configuration.error();
    std::error_code ignored;
    if (!std::filesystem::is_directory(context.workspace, ignored))
        return not_found("the workspace folder " + context.workspace +
                         " does not exist; name another with --workspace or RELIEF_WORKSPACE, or "
                         "make it with: relief add FILE");
    Stored stored{std::move(*configuration), {}, {}, {}};
    const auto store = workspace::LayerStore::open_existing(context.workspace);
    if (!store && store.error().fault == Fault::not_found) return stored;
    if (!store) return store.error();
    auto rows = store->readable_layers();
    if (!rows) return rows.error();
    for (auto& layer : rows->layers) workspace::apply_settings(stored.configuration, layer);
    stored.layers = std::move(rows->layers);
    stored.problems = std::move(rows->problems);
    auto suspended = store->suspended();
    if (!suspended) return suspended.error();
    stored.suspended = std::move(*suspended);
    return stored;
}

Result<workspace::Layer> stored_layer(const Stored& stored, const std::string& id) {
    for (const auto& layer : stored.layers)
        if (layer.name.text() == id) return layer;
    for (const auto& problem : stored.problems)
        if (problem.subject == id) return source_broken("layer \"" + id + "\": " + problem.reason);
    return not_found("there is no layer \"" + id + "\"; `relief layers` lists those there are");
}

Result<workspace::Layer> stored_layer(const Context& context, const std::string& id) {
    const auto stored = stored_layers(context);
    if (!stored) return stored.error();
    return stored_layer(*stored, id);
}

style::ExpressionLimits expression_limits(const workspace::Configuration& configuration) noexcept {
    return {configuration.limit_expression, configuration.limit_expression_depth};
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
