#include "server/service/style_desk.hpp"

#include "server/service/layer_style.hpp"
#include "server/service/style_language.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

namespace relief::service {
namespace {

/// Audiences are many where tokens are: what is kept is made again at little cost.
constexpr std::size_t most_kept = 2000;
/// Anyone may ask for as many languages as there are tags.
constexpr std::size_t most_kept_bytes = 32U << 20U;

/// About: the text, and the document that was read from it where that is not the shelf's own.
std::size_t bytes_of(const VisibleStyle& style) {
    constexpr std::size_t read = 16;  // nodes of JSON and compiled expressions, for each letter
    const bool shared = style.style && style.document == style.style->document;
    return style.text.size() * (shared ? 1 : 1 + read);
}

std::string key_of(const Audience& audience, std::initializer_list<std::string_view> words) {
    std::string key(audience.key());
    for (const std::string_view word : words) key.append("|").append(word);
    return key;
}

/// A live layer changes within a catalogue.
bool is_current(const VisibleStyle& style,
                const workspace::Catalogue& catalogue,
                const Audience& audience) {
    return !style.live ||
           std::all_of(style.layers.begin(), style.layers.end(), [&](const auto& named) {
               return !named.second->newest().is_live() ||
                      catalogue.find(named.first, audience) == named.second;
           });
}

/// What draws reports where nothing else is asked for, and for "heat".
std::string_view style_asked(const StyleDesk::Drawing& drawing) {
    const bool open = drawing.style.empty() || drawing.style == "default";
    if (!drawing.layer->newest().is_live()) return open ? std::string_view() : drawing.style;
    if (drawing.style == "heat") return "reports-heat";
    if (!open) return drawing.style;
    return drawing.aggregate.empty() ? "reports" : "";
}

}  // namespace

Result<VisiblePointer> StyleDesk::kept_or(const std::string& key,
                                          const Audience& audience,
                                          const Maker& make) {
    const auto list = shelf_.current();
    const auto catalogue = catalogue_();
    {
        const std::lock_guard lock(mutex_);
        const bool full = kept_.size() >= most_kept || kept_bytes_ >= most_kept_bytes;
        if (list_ != list || of_ != catalogue || full) {
            kept_.clear();
            kept_bytes_ = 0;
            list_ = list;
            of_ = catalogue;
        }
        const auto known = kept_.find(key);
        if (known != kept_.end() && is_current(*known->second, *catalogue, audience))
            return known->second;
    }
    auto made = make(*list, *catalogue);
    if (!made) return made;
    const std::lock_guard lock(mutex_);
    if (list_ == list && of_ == catalogue) keep(key, *made);
    return made;
}

void StyleDesk::keep(const std::string& key, const VisiblePointer& style) {
    auto& slot = kept_[key];
    if (slot) kept_bytes_ -= bytes_of(*slot);
    slot = style;
    kept_bytes_ += bytes_of(*slot);
}

Result<VisiblePointer> StyleDesk::find(std::string_view id,
                                       const Audience& audience,
                                       std::string_view language) {
    if (!language.empty()) {
        auto whole = find(id, audience);
        if (!whole) return whole;
        return kept_or(key_of(audience, {"", id, language}),
                       audience,
                       [&](const StyleList&, const workspace::Catalogue&) {
                           return in_language(*whole, language);
                       });
    }
    return kept_or(key_of(audience, {"", id, ""}),
                   audience,
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
    if (const std::string_view style = style_asked(drawing); !style.empty()) {
        auto whole = find(style, audience, drawing.language);
        if (!whole) return whole;
        return kept_or(key_of(audience, {name, style, drawing.language}),
                       audience,
                       [&](const StyleList&, const workspace::Catalogue& catalogue) {
                           auto part = part_of_layer(**whole, name);
                           return part ? visible_style(*part, catalogue, audience)
                                       : Result<VisiblePointer>(part.error());
                       });
    }
    // No style has such an id.
    const std::string plain = "|" + std::string(drawing.aggregate);
    return kept_or(key_of(audience, {name, plain, ""}),
                   audience,
                   [&](const StyleList&, const workspace::Catalogue& catalogue) {
                       auto style = drawing.aggregate.empty()
                                        ? plain_style(layer)
                                        : aggregate_style(layer, drawing.aggregate);
                       return style ? visible_style(*style, catalogue, audience)
                                    : Result<VisiblePointer>(style.error());
                   });
}

}  // namespace relief::service
