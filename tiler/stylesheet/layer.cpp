#include "tiler/stylesheet/layer.hpp"

namespace relief::stylesheet {

const Property* Layer::property(std::string_view name) const {
    const auto found = properties.find(name);
    return found == properties.end() ? nullptr : &found->second;
}

expression::Value Layer::value(std::string_view name, const expression::Evaluation& with) const {
    const Property* const found = property(name);
    return found == nullptr ? expression::Value() : found->evaluate(with);
}

bool Layer::is_visible(const expression::Evaluation& with) const {
    // A minzoom of 0 is none: tiles of 256 pixels show the whole world at zoom -1.
    if (!(minzoom <= 0 || with.zoom >= minzoom) || !(with.zoom < maxzoom)) return false;
    return !visibility || visibility->evaluate(with).as_text() != "none";
}

bool Layer::takes(const expression::Evaluation& with) const {
    return !filter || filter->evaluate(with).as_boolean();
}

}  // namespace relief::stylesheet
