#pragma once
// Which attribute says when features were, and when that was.

#include "tiler/core/features.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/vector/value_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::vector {

/// What a time attribute says: a text in ISO 8601 as parse_observed() reads it, where a time of day
/// without a zone is UTC and a blank may stand for "T"; a whole number that is a year (1000 to
/// 9999), seconds or, from 10^11 on, milliseconds since 1970. None for anything else.
std::optional<InstantRange> moment_of(const AttributeValue& value);

/// All attributes of all features, as IndexBuilder holds them.
struct AttributeRows {
    const std::vector<AttributeDescription>& attributes;
    const ValueTable& values;
    const std::vector<std::uint32_t>& rows;  ///< for each feature and attribute, see index_format
};

struct TimeColumn {
    std::size_t attribute = 0;
    std::vector<InstantRange> moments;   ///< ascending, each once
    std::vector<std::uint32_t> numbers;  ///< of each feature: 0 for none, else of a moment + 1
};

struct TimeSearch {
    std::optional<TimeColumn> found;
    /// Attributes that all hold times, none of which has a name that says that it is the one.
    std::vector<std::string> undecided;
};

/// `named`: the attribute to take; empty: the only one whose values are all texts of times of a
/// month or finer, else of several the one with the likeliest name ("time", "date", …). Texts of
/// years alone are rather codes, numbers rather counts: these must be named.
/// Errors: bad_request for a name that is not there or holds something else, quoting it.
Result<TimeSearch> time_column(const AttributeRows& rows, const std::string& named);

/// For the layer's description.
FeatureTimes times_of(const TimeColumn& column, const std::string& name);

}  // namespace relief::vector
