#pragma once
// Which features of a layer an answer shows.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/query/filter.hpp"
#include "tiler/report/report_filter.hpp"
#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/vector_index.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace relief::pipeline {

/// Which features, by the moment that each of them says it is of. Those that say nothing are of no
/// moment.
struct FeatureTime {
    /// newest: those of the newest moment; within: all whose moment meets the interval; nearest:
    /// those of the moment that is closest to it.
    workspace::TimeChoice choice;
    Instant now;
};

/// Reads time= and max_age= as parse_time_choice() does; nothing when neither says which features
/// are wanted. An age alone is that long before `now`. Errors: those of parse_time_choice().
Result<std::optional<FeatureTime>> parse_feature_time(std::string_view time,
                                                      std::string_view maximum_age,
                                                      Instant now);

/// The moments wanted, as an interval that they meet; nothing when no moment of the index fits.
std::optional<workspace::TimeInterval> interval_of(const FeatureTime& time,
                                                   const vector::VectorIndex& index);
/// The same of a list of moments.
std::optional<workspace::TimeInterval> interval_of(const FeatureTime& time,
                                                   const std::vector<InstantRange>& moments);

/// What a description tells of the moments that are meant, before any index is opened.
struct MeantMoments {
    bool none = false;  ///< no moment fits
    /// From the first that fits to the last. Of more moments than are listed, the part of their
    /// extent that is asked for, and nothing for the one that is nearest within it.
    std::optional<InstantRange> span{};
};
MeantMoments meant_moments(const FeatureTime& time, const FeatureTimes& times);

struct FeatureChoice {
    std::vector<query::Filter> filters{};  ///< all of them must hold
    std::optional<FeatureTime> time{};
    std::optional<vector::AggregateRule> aggregate{};  ///< told by their number, not one by one
    std::optional<report::ReportFilter> reports{};     ///< of reports; its box means nothing
};

/// The choice as a question for each feature; empty: all are wanted. Both outlive the answer.
std::function<bool(std::uint32_t feature, GeometryKind kind)> wanted_by(
    const FeatureChoice& choice, const vector::VectorIndex& index, std::uint32_t zoom);

}  // namespace relief::pipeline
