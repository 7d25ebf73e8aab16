#include "server/service/table_layers.hpp"

#include "tiler/workspace/source_roots.hpp"

#include <algorithm>

namespace relief::service {

void settle_tables(std::vector<workspace::Layer>& layers,
                   const workspace::Configuration& configuration,
                   const TableNews& news) {
    const auto is_table = [](const workspace::Layer& layer) { return layer.newest().is_table(); };
    std::erase_if(layers, [&](const workspace::Layer& layer) {
        if (!is_table(layer) ||
            workspace::allowed_table(configuration.sources, layer.newest().file))
            return false;
        news.problems.push_back({layer.name.text(),
                                 "its table lies in a database that the configuration's key "
                                 "`sources` no longer names",
                                 layer.sensitivity});
        return true;
    });
    std::vector<workspace::Observation> tables;
    for (const workspace::Layer& layer : layers)
        if (is_table(layer)) tables.push_back(layer.newest());
    news.watch.set_age(configuration.limit_source_age);
    news.watch.follow(tables);
    for (workspace::Layer& layer : layers) {
        if (!is_table(layer)) continue;
        workspace::Observation& observation = layer.observations.back();
        news.watch.settle(observation);
        if (!observation.broken.empty())
            news.problems.push_back({layer.name.text(), observation.broken, layer.sensitivity});
    }
}

}  // namespace relief::service
