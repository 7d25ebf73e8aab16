#include "server/command/replaced.hpp"

#include "tiler/workspace/layer_store.hpp"

#include <algorithm>
#include <utility>

namespace relief::command {
namespace {

/// Nothing where there is no workspace yet, or one that add() will complain about.
std::optional<workspace::Layer> layer_before(const std::filesystem::path& workspace,
                                             const LayerName& name) {
    const auto store = workspace::LayerStore::open_existing(workspace);
    if (!store) return std::nullopt;
    auto rows = store->readable_layers();
    if (!rows) return std::nullopt;
    for (auto& layer : rows->layers)
        if (layer.name == name) return std::move(layer);
    return std::nullopt;
}

}  // namespace

std::optional<Replaced> settle_name(ingest::AddOrder& order) {
    const std::optional<InstantRange> time =
        order.parts.size() == 1 ? order.parts.front().time : order.time;
    const bool by_file = !order.id;
    const auto name = ingest::name_of(order);
    if (!name) return std::nullopt;  // add() refuses it
    order.id = *name;
    const auto before = layer_before(order.workspace, *order.id);
    if (by_file && !before && order.title.empty())
        order.title = order.stem_title.empty() ? ingest::stem_of(order) : order.stem_title;
    if (!before) return std::nullopt;
    const auto found = std::find_if(before->observations.begin(),
                                    before->observations.end(),
                                    [&](const auto& one) { return one.time == time; });
    if (found == before->observations.end()) return std::nullopt;
    return Replaced{*before, *found};
}

std::string replaced_words(const std::optional<Replaced>& replaced,
                           const workspace::Observation& by) {
    if (!replaced) return {};
    const auto& [layer, observation] = *replaced;
    if (observation.version == by.version) return ", which shows the same content already";
    return ", in place of \"" + layer.title + "\"" +
           (observation.time ? " of " + to_text(*observation.time) : "") + " as it was added at " +
           to_text(observation.modified);
}

}  // namespace relief::command
