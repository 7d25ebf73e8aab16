#include "server/service/layer_version.hpp"

namespace relief::service {

std::string layer_version(const workspace::Layer& layer) {
    std::string text;
    for (const auto& observation : layer.observations) {
        text += observation.version.text;
        if (observation.time) text += to_text(*observation.time);
        text += '|';
        if (!observation.is_vector()) text += to_text(observation.raster().kind);
    }
    for (const auto& [name, value] : layer.style_words)
        text.append(name).append("=").append(value).append("&");
    return fingerprint(text);
}

}  // namespace relief::service
