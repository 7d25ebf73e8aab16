#include "server/service/earlier_date.hpp"

#include "server/service/tile_service.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <algorithm>
#include <string>

namespace relief::service {
namespace {

using workspace::Layer;
using workspace::Observation;

const style::AlgorithmFacts* asked_algorithm(const Layer& layer, const style::RasterWords& asked) {
    const auto words = merged_words(layer, asked);
    const auto name = words.find("algorithm");
    return name ? style::find_algorithm(*name) : nullptr;
}

std::string moment_of(const Observation& observation) {
    return observation.time ? to_text(*observation.time) : "a time that is not stated";
}

/// The newest of those before the shown one.
const Observation* one_before(const Layer& layer, const Observation& shown) {
    const auto& all = layer.observations;
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const auto& one) {
        return one.time && shown.time && *one.time < *shown.time;
    });
    return found == all.rend() ? nullptr : &*found;
}

Error not_earlier(std::string_view text, const Observation& shown) {
    return bad_request("against \"" + std::string(text.substr(0, 100)) +
                       "\" names no observation before the one shown, of " + moment_of(shown) +
                       "; /layers/ID lists the times there are");
}

}  // namespace

Result<const Observation*> earlier_observation(const Layer& layer, const EarlierWish& wish) {
    const auto* const facts = asked_algorithm(layer, wish.words);
    const bool given = wish.against && !wish.against->empty();
    if (facts == nullptr || !facts->two_dates) {
        if (!given) return nullptr;
        return bad_request("against \"" + std::string(wish.against->substr(0, 100)) +
                           "\" needs an algorithm of two dates: dnbr, logratio or difference");
    }
    if (!given) {
        if (const auto* const before = one_before(layer, wish.shown)) return before;
        return bad_request("algorithm " + std::string(facts->name) +
                           " compares two observations, and the layer has none before the one "
                           "shown, of " +
                           moment_of(wish.shown));
    }
    const auto choice = workspace::parse_time_choice(*wish.against, "");
    if (!choice) return choice.error();
    const auto* const found = workspace::choose(layer, *choice, wish.now);
    const bool earlier =
        found != nullptr && found->time && wish.shown.time && *found->time < *wish.shown.time;
    if (!earlier) return not_earlier(*wish.against, wish.shown);
    return found;
}

}  // namespace relief::service
