#pragma once
// Which observation of a layer a text such as "2024-05", "nearest:2024-05-01" or "latest" means.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/layer.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relief::workspace {

/// Shape: both ends inside; an end that is missing is open.
struct TimeInterval {
    std::optional<Instant> first;
    std::optional<Instant> last;

    bool holds(Instant time) const noexcept {
        return (!first || *first <= time) && (!last || time <= *last);
    }
};

struct TimeChoice {
    enum class Rule : std::uint8_t {
        newest,   ///< of all
        within,   ///< the newest in the interval; where none lies in it, the newest that may
        nearest,  ///< the one closest to the interval, the earlier of two that are as close
    };
    Rule rule = Rule::newest;
    TimeInterval interval;
    /// What an observation would be said to be of in these words: that one is meant before others.
    std::optional<InstantRange> words{};
    /// No observation that is further away from what was asked: before the interval's end, before
    /// now for `newest`, on either side for `nearest`.
    std::optional<std::chrono::milliseconds> maximum_age;
};

/// Reads "" and "latest"; an instant, a day, a month, a year; START/END, each of them such a text,
/// ".." for an open end, or one of them a duration (P3M is refused, P90D is not: months differ);
/// "nearest:" and one of the former. `maximum_age` is empty or a duration: 6h, 30d, PT6H, P30D.
/// Errors: bad_request naming the text and the allowed forms.
Result<TimeChoice> parse_time_choice(std::string_view time, std::string_view maximum_age);

/// What a provenance may state of a time, for refusals.
inline constexpr const char* time_forms =
    "an ISO 8601 time such as 2024-05-01 or 2024-05-01T10:00:00Z, or an interval such as "
    "2024-05-01/2024-05-03";

/// Reads the same without "latest" and "nearest:": what a provenance may state.
/// Errors: bad_request naming the text and the allowed forms.
Result<TimeInterval> parse_interval(std::string_view text);

/// Null when none of the layer's observations fits. One without a time of its own was taken some
/// time within what the provenance states; where that states nothing, it fits every choice.
const Observation* choose(const Layer& layer, const TimeChoice& choice, Instant now);

/// "P12D", "PT5H", "PT3M", "PT8S": the largest whole unit. Negative spans count as none.
std::string to_age_text(std::chrono::milliseconds age);

/// When the observation was taken: its own time, else what its provenance states.
std::optional<InstantRange> observed_at(const Layer& layer, const Observation& observation);

}  // namespace relief::workspace
