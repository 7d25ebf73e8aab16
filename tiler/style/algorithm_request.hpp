#pragma once
// `algorithm` and `algorithm_params` of a request, read and checked.

#include "tiler/core/result.hpp"
#include "tiler/style/algorithm.hpp"

#include <optional>
#include <string_view>

namespace relief::style {

/// Both words of a request; empty: not given.
struct AlgorithmWords {
    std::string_view name;
    std::string_view parameters;  ///< a JSON object: {"azimuth": 315}
};

/// Nothing when no algorithm is asked for.
/// Errors: bad_request naming the bad value and the allowed ones: an unknown algorithm or
///         parameter, a number outside its bounds, JSON that is malformed, deep, over 1,000
///         characters or names a parameter twice.
Result<std::optional<AlgorithmCall>> asked_algorithm(const AlgorithmWords& words);

}  // namespace relief::style
