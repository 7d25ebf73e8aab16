#include "tiler/workspace/stored_time.hpp"

#include <algorithm>

namespace relief::workspace {

std::optional<std::int64_t> begin_of(const std::optional<InstantRange>& time) {
    return time ? std::optional(time->first.milliseconds) : std::nullopt;
}

std::optional<std::int64_t> end_of(const std::optional<InstantRange>& time) {
    return time ? std::optional(time->last.milliseconds) : std::nullopt;
}

std::optional<InstantRange> stored_time(const Statement& row, int column) {
    const auto begin = row.optional_number(column);
    if (!begin) return std::nullopt;
    const std::int64_t end = row.optional_number(column + 1).value_or(*begin);
    return InstantRange(Instant{*begin}, Instant{std::max(*begin, end)});
}

}  // namespace relief::workspace
