#pragma once
// Days and times as forms, spreadsheets and feeds write them.

#include "tiler/core/instant.hpp"
#include "tiler/report/reading.hpp"

#include <optional>
#include <string_view>

namespace relief::report {

/// A text that names a moment or a day, or two days of which an order chooses.
struct When {
    std::optional<InstantRange> time{};
    bool unclear = false;  ///< a day such as 05/07/2010 and no order given
};

/// Reads RFC 3339; 2024-01-31 and 2024/1/31, 31/1/2024, 31.1.2024 and 1/31/2024, 31 January 2024,
/// January 31, 2024, all with or without a time of day (12 or 24 hours) and an offset; RFC 5322
/// (Sat, 12 Mar 2016 04:00:27 GMT); seconds or milliseconds since 1970. Without an offset it is
/// UTC; without a time of day all of the day. Nothing: it is none of these.
When parse_when(std::string_view text, std::optional<DayOrder> order);

/// The order that a day shows by itself: 31/1/2024 or 1/31/2024. Nothing: it is no such day, or
/// both of its numbers are below 13.
std::optional<DayOrder> order_shown_by(std::string_view text);

}  // namespace relief::report
