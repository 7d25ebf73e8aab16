#include "server/service/remote_layers.hpp"

#include "tiler/workspace/source_roots.hpp"

#include <algorithm>
#include <iterator>

namespace relief::service {
namespace {

bool is_allowed(const workspace::Layer& layer, const workspace::Configuration& configuration) {
    return std::all_of(
        layer.observations.begin(), layer.observations.end(), [&](const auto& observation) {
            return !observation.is_remote() ||
                   workspace::allowed_address(configuration.sources, observation.file);
        });
}

}  // namespace

void settle_remotes(std::vector<workspace::Layer>& layers,
                    const workspace::Configuration& configuration,
                    const RemoteNews& news) {
    std::erase_if(layers, [&](const workspace::Layer& layer) {
        if (is_allowed(layer, configuration)) return false;
        news.problems.push_back({layer.name.text(),
                                 "its file lies at an address that the configuration's key "
                                 "`sources` no longer names",
                                 layer.sensitivity});
        return true;
    });
    std::vector<workspace::Observation> remotes;
    for (const workspace::Layer& layer : layers) {
        std::copy_if(layer.observations.begin(),
                     layer.observations.end(),
                     std::back_inserter(remotes),
                     [](const auto& observation) { return observation.is_remote(); });
    }
    news.watch.set_age(configuration.limit_source_age);
    news.watch.follow(remotes);
    for (workspace::Layer& layer : layers) {
        for (workspace::Observation& observation : layer.observations) {
            if (!observation.is_remote()) continue;
            news.watch.settle(observation);
            if (!observation.broken.empty())
                news.problems.push_back({layer.name.text(), observation.broken, layer.sensitivity});
        }
    }
}

}  // namespace relief::service
