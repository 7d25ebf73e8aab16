#include "server/service/earlier_date.hpp"

#include "server/service/tile_service.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <string>

namespace relief::service {
namespace {

using workspace::Layer;
using workspace::View;

const style::AlgorithmFacts* asked_algorithm(const Layer& layer, const style::RasterWords& asked) {
    const auto words = merged_words(layer, asked);
    const auto name = words.find("algorithm");
    return name ? style::find_algorithm(*name) : nullptr;
}

std::string words_of(const std::optional<InstantRange>& moments) {
    return moments ? to_text(*moments) : "a time that is not stated";
}

/// The newest of what lies before all that is shown.
View one_before(const Layer& layer, const EarlierWish& wish) {
    const auto shown = workspace::moments_of(wish.shown);
    if (!shown) return {};
    workspace::TimeChoice before;
    before.rule = workspace::TimeChoice::Rule::within;
    before.interval.last = Instant{shown->first.milliseconds - 1};
    return workspace::choose_view(layer, before, wish.shown.scenes.pick, wish.now);
}

Error not_earlier(std::string_view text, const View& shown) {
    return bad_request("against \"" + std::string(text.substr(0, 100)) +
                       "\" names no observation before the one shown, of " +
                       words_of(workspace::moments_of(shown)) +
                       "; /layers/ID lists the times there are");
}

/// Ends before the other begins; of a mosaic, which may show scenes of many days in both, before it
/// ends.
bool is_earlier(const View& one, const View& other) {
    const auto first = workspace::moments_of(one);
    const auto second = workspace::moments_of(other);
    if (!first || !second) return false;
    return first->last < (one.observation->mosaic ? second->last : second->first);
}

Result<View> view_before(const Layer& layer, const EarlierWish& wish, std::string_view algorithm) {
    View before = one_before(layer, wish);
    if (is_earlier(before, wish.shown)) return before;
    const bool mosaic = layer.newest().mosaic != nullptr;
    return bad_request(
        "algorithm " + std::string(algorithm) +
        " compares two observations, and the layer has none before the one shown, of " +
        words_of(workspace::moments_of(wish.shown)) +
        (mosaic ? "; of a mosaic say both, for instance time=2024-06 and against=2024-01" : ""));
}

}  // namespace

Result<View> earlier_view(const Layer& layer, const EarlierWish& wish) {
    const auto* const facts = asked_algorithm(layer, wish.words);
    const bool given = wish.against && !wish.against->empty();
    if (facts == nullptr || !facts->two_dates) {
        if (!given) return View{};
        return bad_request("against \"" + std::string(wish.against->substr(0, 100)) +
                           "\" needs an algorithm of two dates: dnbr, logratio or difference");
    }
    if (!given) return view_before(layer, wish, facts->name);
    const auto choice = workspace::parse_time_choice(*wish.against, "");
    if (!choice) return choice.error();
    const View found = workspace::choose_view(layer, *choice, wish.shown.scenes.pick, wish.now);
    if (!is_earlier(found, wish.shown)) return not_earlier(*wish.against, wish.shown);
    return found;
}

}  // namespace relief::service
