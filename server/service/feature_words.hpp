#pragma once
// What a request, or the address of a style's source, says of the features of a layer.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/pipeline/feature_choice.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::service {

/// Names and values, decoded, in order.
using FeatureWords = std::vector<std::pair<std::string, std::string>>;

/// Those that say which features are shown, and as what.
inline constexpr std::array<std::string_view, 11> feature_word_names{"time",
                                                                     "max_age",
                                                                     "filter",
                                                                     "aggregate",
                                                                     "cell",
                                                                     "by",
                                                                     "sum",
                                                                     "category",
                                                                     "status",
                                                                     "since",
                                                                     "until"};

bool is_feature_word(std::string_view name) noexcept;

/// The words of these that is_feature_word(), in order.
FeatureWords feature_words_of(const FeatureWords& words);

/// The words of these that say of when things are, in order: of a style's layers of any kind.
FeatureWords time_words_of(const FeatureWords& words);

/// What a request says, then what the address of a style's source does: a time of the request's is
/// taken in place of the address's own.
FeatureWords joined_words(FeatureWords asked, const FeatureWords& of_address);

/// What time= and max_age= say. Errors: those of parse_time_choice().
Result<workspace::TimeChoice> time_choice_of(const FeatureWords& words);

/// Errors: bad_request naming the forms there are.
Result<vector::AggregateForm> parse_aggregate(std::string_view form);

struct ChosenFeatures {
    const workspace::Observation* observation = nullptr;  ///< of the layer
    pipeline::FeatureChoice choice;
    /// From when to when they are, as far as it is known without looking at them: of those that
    /// say when they were, the first moment that fits to the last.
    std::optional<InstantRange> observed{};
};

/// Whether time= picks features by what they say of themselves, and not an observation.
bool picks_features_by_time(const workspace::Layer& layer);

/// time= and max_age= choose an observation where the layer has observations with times; of a layer
/// without them they pick features by its time attribute, where it has one. filter= picks too.
/// aggregate= tells points by their number (vector/aggregate.hpp), in cells of cell= pixels of a
/// tile's 512, counted by= an attribute's values, with the sum= of another. Reports are chosen by
/// category=, status=, since= and until= too, and counted in clusters without aggregate=.
/// Nothing when the layer has nothing of that time.
/// Errors: bad_request naming the word, its value and what is allowed.
Result<std::optional<ChosenFeatures>> choose_features(const workspace::Layer& layer,
                                                      const FeatureWords& words,
                                                      Instant now);

/// What a request says besides what is in the addresses of sources.
struct FeatureAsk {
    FeatureWords words{};
    Instant now{};
};

/// The present, to the minute where the words say an age, which counts from now (since=24h too): so
/// long an answer stays the same. Part of the name of the answer with the words.
Instant moment_for(const FeatureWords& words, Instant now);

/// Words joined for the name of an answer so that no value can pass for another word.
std::string key_text_of(const FeatureWords& words, Instant now);

}  // namespace relief::service
