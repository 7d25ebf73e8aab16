#pragma once
// When something was observed, as two columns of relief.db: `time`, and after it `time_end`.

#include "tiler/core/instant.hpp"
#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <optional>

namespace relief::workspace {

/// Units: milliseconds since 1970 UTC; both none for no time.
std::optional<std::int64_t> begin_of(const std::optional<InstantRange>& time);
std::optional<std::int64_t> end_of(const std::optional<InstantRange>& time);

/// From `column` and the one after it. An end that is missing, or lies before the begin, is the
/// begin.
std::optional<InstantRange> stored_time(const Statement& row, int column);

}  // namespace relief::workspace
