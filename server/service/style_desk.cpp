#include "server/service/style_desk.hpp"

#include "server/service/layer_style.hpp"
#include "server/service/style_language.hpp"

#include <initializer_list>
#include <string>
#include <utility>

namespace relief::service {
namespace {

/// Audiences are many where tokens are: what is kept is made again at little cost.
constexpr std::size_t most_kept = 2000;

std::string key_of(const Audience& audience, std::initializer_list<std::string_view> words) {
    std::string key(audience.key());
    for (const std::string_view word : words) key.append("|").append(word);
    return key;
}

}  // namespace

Result<VisiblePointer> StyleDesk::kept_or(const std::string& key, const Maker& make) {
    const auto list = shelf_.current();
    const auto catalogue = catalogue_();
    {
        const std::lock_guard lock(mutex_);
        if (list_ != list || of_ != catalogue || kept_.size() >= most_kept) {
            kept_.clear();
            list_ = list;
            of_ = catalogue;
        }
        if (const auto known = kept_.find(key); known != kept_.end()) return known->second;
    }
    auto made = make(*list, *catalogue);
    if (!made) return made;
    const std::lock_guard lock(mutex_);
    if (list_ == list && of_ == catalogue) kept_.emplace(key, *made);
    return made;
}

Result<VisiblePointer> StyleDesk::find(std::string_view id,
                                       const Audience& audience,
                                       std::string_view language) {
    if (!language.empty()) {
        auto whole = find(id, audience);
        if (!whole) return whole;
        return kept_or(key_of(audience, {"", id, language}),
                       [&](const StyleList&, const workspace::Catalogue&) {
                           return in_language(*whole, language);
                       });
    }
    return kept_or(key_of(audience, {"", id, ""}),
                   [&](const StyleList& list, const workspace::Catalogue& catalogue) {
                       const StylePointer style = list.find(id);
                       return style ? visible_style(style, catalogue, audience)
                                    : Result<VisiblePointer>(no_style(id));
                   });
}

std::vector<VisiblePointer> StyleDesk::all(const Audience& audience) {
    std::vector<VisiblePointer> styles;
    for (const StylePointer& style : shelf_.current()->styles())
        if (auto visible = find(style->id, audience)) styles.push_back(std::move(*visible));
    return styles;
}

Result<VisiblePointer> StyleDesk::of_layer(const Drawing& drawing, const Audience& audience) {
    const workspace::Layer& layer = *drawing.layer;
    const std::string& name = layer.name.text();
    if (!drawing.style.empty() && drawing.style != "default") {
        auto whole = find(drawing.style, audience, drawing.language);
        if (!whole) return whole;
        return kept_or(key_of(audience, {name, drawing.style, drawing.language}),
                       [&](const StyleList&, const workspace::Catalogue& catalogue) {
                           auto part = part_of_layer(**whole, name);
                           return part ? visible_style(*part, catalogue, audience)
                                       : Result<VisiblePointer>(part.error());
                       });
    }
    // No style has such an id.
    const std::string plain = "|" + std::string(drawing.aggregate);
    return kept_or(key_of(audience, {name, plain, ""}),
                   [&](const StyleList&, const workspace::Catalogue& catalogue) {
                       auto style = drawing.aggregate.empty()
                                        ? plain_style(layer)
                                        : aggregate_style(layer, drawing.aggregate);
                       return style ? visible_style(*style, catalogue, audience)
                                    : Result<VisiblePointer>(style.error());
                   });
}

}  // namespace relief::service
