#include "server/service/served_house.hpp"

#include "server/service/earlier_date.hpp"
#include "server/service/surface_picture.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/atlas/address.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/read_features.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relief::service {
namespace {

using atlas::LayerWords;
using workspace::Layer;

std::optional<std::string_view> word_of(const LayerWords& words, std::string_view name) {
    for (const auto& [word, value] : words)
        if (word == name) return value;
    return std::nullopt;
}

/// Words that say what is shown; those of drawing are the style room's.
constexpr std::array<std::string_view, 8> words_of_choice{
    "time", "max_age", "against", "pick", "style", "v", "format", "lang"};

Result<style::RasterWords> drawing_part(const LayerWords& words, style::ExpressionLimits limits) {
    style::RasterWords drawing;
    drawing.limits = limits;
    const auto& known = style::raster_parameter_names();
    for (const auto& word : words) {
        if (std::find(known.begin(), known.end(), word.first) != known.end())
            drawing.words.push_back(word);
        else if (std::find(words_of_choice.begin(), words_of_choice.end(), word.first) ==
                 words_of_choice.end())
            return bad_request("parameter \"" + word.first.substr(0, 100) +
                               "\" of the source's address is not known");
    }
    return drawing;
}

Result<workspace::View> view_asked(const Layer& layer, const LayerWords& words, Instant now) {
    const auto time = time_choice_of(words);
    if (!time) return time.error();
    const auto pick = parse_pick(word_of(words, "pick").value_or("first"));
    if (!pick) return bad_request("the source's address asks for a pick that does not exist");
    return workspace::choose_view(layer, *time, *pick, moment_for(words, now));
}

/// The words of a source's address that are for features; filters of it and of a request hold
/// together. Errors: bad_request for words that mean nothing, or would make an answer age unseen.
Result<FeatureWords> words_of_address(const LayerWords& of_address) {
    for (const auto& [name, value] : of_address) {
        const bool known =
            is_feature_word(name) || name == "v" || name == "fields" || name == "format";
        if (!known || name == "max_age")
            return bad_request("parameter \"" + name.substr(0, 100) +
                               "\" of the source's address is not for features in a style");
    }
    return feature_words_of(of_address);
}

}  // namespace

Result<atlas::HouseLayers::Facts> ServedHouse::facts(const std::string& layer) {
    Facts facts;
    const auto parts = atlas::parts_of(layer);
    for (const std::string_view part : parts) {
        const auto found = find_(std::string(part));
        if (!found) return found.error();
        facts.features = (*found)->is_vector();
        facts.deepest = std::max(facts.deepest, (*found)->newest().zooms().most);
        if (!facts.features && parts.size() > 1)
            return bad_request("layer \"" + std::string(part) +
                               "\" is a raster; layers together in one address hold features");
    }
    return facts;
}

Result<FeatureTile> ServedHouse::features(const std::string& layer, const FeatureWish& wish) {
    const auto found = find_(layer);
    if (!found) return found.error();
    const auto words = words_of_address(wish.words);
    if (!words) return words.error();
    auto chosen = choose_features(**found, joined_words(asked_.words, *words), asked_.now);
    if (!chosen) return chosen.error();
    if (!*chosen) return FeatureTile{layer, {}, {}, {}, {}, {}, {}, 0};
    return pipeline::read_features(
        room_.sources,
        {layer, (*chosen)->observation, std::move((*chosen)->choice)},
        {wish.tile, wish.attributes, wish.window, deadline_, wish.labels});
}

Result<Bytes> ServedHouse::file(const std::string& path) {
    if (room_.sprites == nullptr) return not_found("there are no pictures of styles here");
    const auto wanted = parse_sprite_path(path);
    if (!wanted) return wanted.error();
    const auto bytes = room_.sprites->get(*wanted);
    if (!bytes) return bytes.error();
    return Bytes(**bytes);
}

Result<canvas::Surface> ServedHouse::picture(const std::string& layer, const PictureWish& wish) {
    const auto found = find_(layer);
    if (!found) return found.error();
    const auto asked = drawing_part(wish.words, room_.expressions);
    if (!asked) return asked.error();
    const Instant now = asked_.words.empty() ? present_moment() : asked_.now;
    const auto view =
        view_asked(**found, joined_words(time_words_of(asked_.words), wish.words), now);
    if (!view) return view.error();
    if (view->observation == nullptr)
        return not_found("layer \"" + layer + "\" has no observation of that time");
    if (!view->observation->broken.empty()) return source_broken(view->observation->broken);
    const Pick pick = view->scenes.pick;
    const auto style = style::style_of(drawing_words(**found, *asked, pick),
                                       pipeline::described(*view->observation, pick));
    if (!style) return style.error();
    const auto against =
        earlier_view(**found, {*view, *asked, word_of(wish.words, "against"), now});
    if (!against) return against.error();
    pipeline::PictureOrder order;
    order.box = geo::mercator_box_of(wish.tile);
    order.size = {wish.side, wish.side};
    order.deadline = deadline_;
    order.mosaic = view->scenes;
    order.ratio = wish.ratio;
    order.against = *against;
    const auto drawn = pipeline::draw_picture(room_.workshop, *view->observation, *style, order);
    if (!drawn) return drawn.error();
    incomplete_ = incomplete_ || drawn->incomplete;
    coarser_ = coarser_ || drawn->coarser;
    if (!drawn->picture) return canvas::Surface(order.size);
    return surface_of(*drawn->picture);
}

}  // namespace relief::service
