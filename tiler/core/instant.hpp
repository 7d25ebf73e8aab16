#pragma once
// A moment in UTC, as ISO 8601 / RFC 3339 writes it.

#include "tiler/core/result.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace relief {

/// Units: milliseconds since 1970-01-01T00:00:00Z, years 0001 to 9999.
struct Instant {
    std::int64_t milliseconds = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes its comparison with 0 for one
    auto operator<=>(const Instant&) const = default;
};

/// By the machine's clock.
Instant present_moment();

/// The span that a text of limited precision names: "2024-01-01" is that whole day. What is known
/// to the instant has it on both sides. Shape: [first, last], both inside; ordered by where it
/// begins, then by where it ends.
struct InstantRange {
    Instant first;
    Instant last;

    constexpr InstantRange() = default;
    constexpr InstantRange(Instant begin, Instant end) : first(begin), last(end) {}
    constexpr InstantRange(Instant moment) : first(moment), last(moment) {}
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes its comparison with 0 for one
    auto operator<=>(const InstantRange&) const = default;
};

/// Reads YYYY[-MM[-DD]] or YYYY-MM-DDThh:mm[:ss[.fff]](Z|±hh:mm); the answer spans the precision
/// given. Errors: bad_request naming the text and the allowed forms.
Result<InstantRange> parse_instant(std::string_view text);

/// Reads when something was observed: as parse_instant(), where a day, a month or a year is all of
/// it and a time of day is that instant, or two of them divided by "/".
/// Errors: bad_request naming the text and the allowed forms.
Result<InstantRange> parse_observed(std::string_view text);

/// RFC 3339 in UTC, milliseconds only when there are some: "2024-01-01T00:00:00Z".
std::string to_text(Instant instant);

/// Both sides of a range, as coarse as it allows: years where it holds whole years, else months,
/// else days, else instants.
struct InstantRangeText {
    std::string first;
    std::string last;
};
InstantRangeText ends_of(const InstantRange& range);

/// What parse_observed() reads as this range: "1985", "1985-03", "1985-03-02",
/// "1985-03-02T10:00:00Z", or two of them divided by "/" (ISO 8601-1, 5.5.2.1).
std::string to_text(const InstantRange& range);

/// RFC 9110 IMF-fixdate: "Mon, 01 Jan 2024 00:00:00 GMT".
std::string to_http_date(Instant instant);

/// Reads IMF-fixdate only (RFC 9110 5.6.7 lets a recipient ignore what it cannot read).
Result<Instant> parse_http_date(std::string_view text);

}  // namespace relief
