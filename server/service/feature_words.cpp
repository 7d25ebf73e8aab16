#include "server/service/feature_words.hpp"

#include "server/service/report_words.hpp"

#include <algorithm>

namespace relief::service {
namespace {

std::string_view value_of(const FeatureWords& words, std::string_view name) {
    for (const auto& [word, value] : words)
        if (word == name) return value;
    return {};
}

bool is_time_word(std::string_view name) noexcept {
    return name == "time" || name == "max_age";
}

bool says_age(const FeatureWords& words) {
    return !value_of(words, "max_age").empty() || is_age(value_of(words, "since")) ||
           is_age(value_of(words, "until"));
}

/// Errors: bad_request. Null when nothing is of that time.
Result<const workspace::Observation*> observation_of(const workspace::Layer& layer,
                                                     const FeatureWords& words,
                                                     Instant now) {
    const auto time = time_choice_of(words);
    if (!time) return time.error();
    return workspace::choose(layer, *time, now);
}

/// Errors: bad_request. False when nothing is of that time.
Result<bool> choose_moments(const workspace::Layer& layer,
                            const FeatureWords& words,
                            Instant now,
                            ChosenFeatures& chosen) {
    const auto time =
        pipeline::parse_feature_time(value_of(words, "time"), value_of(words, "max_age"), now);
    if (!time) return time.error();
    const FeatureTimes& times = *layer.newest().vector().times;
    chosen.observation = &layer.newest();
    chosen.choice.time = *time;
    const auto meant = *time ? pipeline::meant_moments(**time, times)
                             : pipeline::MeantMoments{false, times.extent};
    chosen.observed = meant.span;
    return !meant.none;
}

/// The same, for whatever a layer's times are of.
Result<bool> choose_time(const workspace::Layer& layer,
                         const FeatureWords& words,
                         Instant now,
                         ChosenFeatures& chosen) {
    if (picks_features_by_time(layer)) return choose_moments(layer, words, now, chosen);
    const auto observation = observation_of(layer, words, now);
    if (!observation) return observation.error();
    chosen.observation = *observation;
    if (*observation == nullptr) return false;
    chosen.observed = workspace::observed_at(layer, **observation);
    return true;
}

Error not_allowed(const char* name, std::string_view value, const std::string& allowed) {
    return bad_request(std::string(name) + " \"" + std::string(value.substr(0, 100)) +
                       "\" is not known; " + allowed);
}

Result<std::uint32_t> cells_of(std::string_view cell) {
    // The tile's 512 pixels hold them without a rest, and 4 to 32 of them can be told apart.
    constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> sizes{
        {{"128", 4}, {"64", 8}, {"32", 16}, {"16", 32}}};
    for (const auto& [pixels, cells] : sizes)
        if (cell == pixels) return cells;
    return not_allowed("cell", cell, "it is 16, 32, 64 or 128 pixels");
}

/// The place of an attribute in the layer's list; nothing when none is named.
/// Errors: bad_request listing those of the allowed types.
Result<std::optional<std::size_t>> attribute_of(const VectorDescription& features,
                                                const char* name,
                                                std::string_view value) {
    if (value.empty()) return std::optional<std::size_t>();
    const bool numbers = std::string_view(name) == "sum";
    const auto fits = [&](const AttributeDescription& attribute) {
        return !numbers || attribute.type == AttributeType::integer ||
               attribute.type == AttributeType::number;
    };
    constexpr std::size_t most = 40;
    std::size_t listed = 0;
    std::string list;
    for (std::size_t i = 0; i < features.attributes.size(); ++i) {
        const AttributeDescription& attribute = features.attributes[i];
        if (!fits(attribute)) continue;
        if (attribute.name == value) return std::optional(i);
        if (++listed <= most) list += (list.empty() ? "" : ", ") + attribute.name;
    }
    return not_allowed(name,
                       value,
                       std::string(numbers ? "attributes of numbers" : "attributes") + " are " +
                           (list.empty() ? "none" : list));
}

Result<std::optional<vector::AggregateRule>> aggregate_of(const VectorDescription& features,
                                                          const FeatureWords& words) {
    using Found = std::optional<vector::AggregateRule>;
    const std::string_view form = value_of(words, "aggregate");
    if (form.empty()) {
        for (const char* const name : {"cell", "by", "sum"})
            if (!value_of(words, name).empty())
                return bad_request(std::string(name) +
                                   " says how points are put together: it needs aggregate=");
        return Found();
    }
    vector::AggregateRule rule;
    const auto known = parse_aggregate(form);
    if (!known) return known.error();
    rule.form = *known;
    if (std::find(features.kinds.begin(), features.kinds.end(), GeometryKind::point) ==
        features.kinds.end())
        return bad_request("aggregate puts points together; the layer has none");
    const bool clusters = rule.form == vector::AggregateForm::cluster;
    const std::string_view stated = value_of(words, "cell");
    const auto cells = cells_of(!stated.empty() ? stated : clusters ? "64" : "32");
    if (!cells) return cells.error();
    rule.cells = *cells;
    const auto by = attribute_of(features, "by", value_of(words, "by"));
    if (!by) return by.error();
    const auto sum = attribute_of(features, "sum", value_of(words, "sum"));
    if (!sum) return sum.error();
    rule.by = *by;
    rule.sum = *sum;
    return Found(rule);
}

}  // namespace

bool picks_features_by_time(const workspace::Layer& layer) {
    return layer.observations.size() == 1 && !layer.newest().time && layer.is_vector() &&
           layer.newest().vector().times;
}

bool is_feature_word(std::string_view name) noexcept {
    return std::find(feature_word_names.begin(), feature_word_names.end(), name) !=
           feature_word_names.end();
}

Result<vector::AggregateForm> parse_aggregate(std::string_view form) {
    const auto known = find_name<vector::AggregateForm>(vector::aggregate_form_names, form);
    if (known) return *known;
    return not_allowed("aggregate", form, "it is cluster, hexagon or square");
}

FeatureWords feature_words_of(const FeatureWords& words) {
    FeatureWords found;
    for (const auto& word : words)
        if (is_feature_word(word.first)) found.push_back(word);
    return found;
}

FeatureWords time_words_of(const FeatureWords& words) {
    FeatureWords found;
    for (const auto& word : words)
        if (is_time_word(word.first)) found.push_back(word);
    return found;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of their weight
FeatureWords joined_words(FeatureWords asked, const FeatureWords& of_address) {
    const bool times = std::any_of(
        asked.begin(), asked.end(), [](const auto& word) { return is_time_word(word.first); });
    for (const auto& word : of_address)
        if (!times || !is_time_word(word.first)) asked.push_back(word);
    return asked;
}

Result<workspace::TimeChoice> time_choice_of(const FeatureWords& words) {
    return workspace::parse_time_choice(value_of(words, "time"), value_of(words, "max_age"));
}

Result<std::optional<ChosenFeatures>> choose_features(const workspace::Layer& layer,
                                                      const FeatureWords& words,
                                                      Instant now) {
    ChosenFeatures chosen;
    const auto fits = choose_time(layer, words, moment_for(words, now), chosen);
    if (!fits) return fits.error();
    const auto& shown = *fits ? *chosen.observation : layer.newest();
    for (const auto& [name, value] : words) {
        if (name != "filter") continue;
        auto filter = query::Filter::parse(value, shown.vector().attributes);
        if (!filter) return filter.error();
        chosen.choice.filters.push_back(std::move(*filter));
    }
    auto aggregate = aggregate_of(shown.vector(), words);
    if (!aggregate) return aggregate.error();
    chosen.choice.aggregate = *aggregate;
    auto reports = report_choice(words, {shown.is_live(), moment_for(words, now)});
    if (!reports) return reports.error();
    chosen.choice.reports = std::move(*reports);
    if (!*fits) return std::optional<ChosenFeatures>();
    return std::optional(std::move(chosen));
}

Instant moment_for(const FeatureWords& words, Instant now) {
    constexpr std::int64_t minute = 60'000;
    return says_age(words) ? Instant{now.milliseconds / minute * minute} : now;
}

std::string key_text_of(const FeatureWords& words, Instant now) {
    std::string text;
    for (const auto& [name, value] : words)
        text.append(name)
            .append("=")
            .append(std::to_string(value.size()))
            .append(":")
            .append(value)
            .append("&");
    if (says_age(words)) text += std::to_string(moment_for(words, now).milliseconds);
    return text;
}

}  // namespace relief::service
