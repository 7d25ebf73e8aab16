#include "server/service/visible_style.hpp"

#include "server/service/house_sources.hpp"
#include "server/service/layer_version.hpp"
#include "tiler/core/version.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace relief::service {
namespace {

using stylesheet::Json;
using Names = std::set<std::string, std::less<>>;

bool names_one_of(const Json& object, const char* member, const Names& names) {
    const Json* const name = stylesheet::find_member(object, member);
    return name != nullptr && name->is_string() && names.contains(name->get<std::string>());
}

/// The document without the sources and whatever draws from them.
std::string text_without(const std::string& text, const Names& sources) {
    auto json = expression::parse_json(text);
    if (!json || !json->is_object()) return text;  // it was read before: never
    for (const std::string& source : sources) (*json)["sources"].erase(source);
    Json layers = Json::array();
    for (const Json& layer : (*json)["layers"])
        if (!names_one_of(layer, "source", sources)) layers.push_back(layer);
    (*json)["layers"] = std::move(layers);
    if (const Json* const terrain = stylesheet::find_member(*json, "terrain"))
        if (names_one_of(*terrain, "source", sources)) json->erase("terrain");
    return json->dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Finds the source's layers; false when one of them is not to be seen.
bool take_layers(const HouseSource& source,
                 const workspace::Catalogue& catalogue,
                 const Audience& audience,
                 VisibleStyle& visible) {
    decltype(visible.layers) found;
    for (const std::string& id : source.layers) {
        auto layer = catalogue.find(id, audience);
        if (!layer) return false;
        found.emplace(id, std::move(layer));
    }
    visible.layers.merge(found);
    return true;
}

void sum_up(VisibleStyle& visible) {
    std::string versions = visible.text;
    if (!visible.style->icons.empty()) versions += "|icons=" + visible.style->icons;
    visible.modified = visible.style->modified;
    for (const auto& [id, layer] : visible.layers) {
        versions += '|' + id + '=' + layer_version(*layer);
        visible.level = std::max(visible.level, layer->sensitivity);
        visible.live = visible.live || layer->newest().is_live();
        for (const auto& observation : layer->observations)
            visible.modified = std::max(visible.modified, observation.modified);
    }
    visible.version = fingerprint(versions);
}

}  // namespace

Error no_style(std::string_view id) {
    return not_found("there is no style \"" + std::string(id.substr(0, 100)) +
                     "\"; /styles lists those there are");
}

Result<VisiblePointer> visible_style(const StylePointer& style,
                                     const workspace::Catalogue& catalogue,
                                     const Audience& audience) {
    auto visible = std::make_shared<VisibleStyle>();
    visible->style = style;
    const auto sources = house_sources(*style->document);
    Names hidden;
    for (const HouseSource& source : sources)
        if (!take_layers(source, catalogue, audience, *visible)) hidden.insert(source.source);
    const bool nothing_left = !hidden.empty() && hidden.size() == style->document->sources.size();
    if (nothing_left && !style->shipped) return no_style(style->id);
    if (hidden.empty()) {
        visible->text = style->text;
        visible->document = style->document;
    } else {
        visible->text = text_without(style->text, hidden);
        visible->document = stylesheet::read_style(visible->text).document;
        if (!visible->document) return no_style(style->id);
    }
    sum_up(*visible);
    return VisiblePointer(std::move(visible));
}

}  // namespace relief::service
