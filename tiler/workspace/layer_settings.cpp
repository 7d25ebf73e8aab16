#include "tiler/workspace/layer_settings.hpp"

namespace relief::workspace {

void apply_settings(const Configuration& configuration, Layer& layer) {
    if (!layer.sensitivity_given) layer.sensitivity = configuration.layers_sensitivity;
    const auto found = configuration.layers.find(layer.name.text());
    if (found == configuration.layers.end()) return;
    const LayerSettings& settings = found->second;
    if (settings.title) layer.title = *settings.title;
    if (settings.sensitivity) layer.sensitivity = *settings.sensitivity;
    const auto replace = [](std::string& text, const std::string& stated) {
        if (!stated.empty()) text = stated;
    };
    Provenance& own = layer.provenance;
    const Provenance& stated = settings.provenance;
    replace(own.source, stated.source);
    replace(own.licence, stated.licence);
    replace(own.acquired, stated.acquired);
    replace(own.processed, stated.processed);
    replace(own.method, stated.method);
    replace(own.confidence, stated.confidence);
    replace(own.supersedes, stated.supersedes);
    own.preliminary = own.preliminary || stated.preliminary;
}

}  // namespace relief::workspace
