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

/// The span that a text of limited precision names: "2024-01-01" is that whole day.
/// Shape: [first, last], both inside.
struct InstantRange {
    Instant first;
    Instant last;
    bool operator==(const InstantRange&) const = default;
};

/// Reads YYYY[-MM[-DD]] or YYYY-MM-DDThh:mm[:ss[.fff]](Z|±hh:mm); the answer spans the precision
/// given. Errors: bad_request naming the text and the allowed forms.
Result<InstantRange> parse_instant(std::string_view text);

/// RFC 3339 in UTC, milliseconds only when there are some: "2024-01-01T00:00:00Z".
std::string to_text(Instant instant);

/// RFC 9110 IMF-fixdate: "Mon, 01 Jan 2024 00:00:00 GMT".
std::string to_http_date(Instant instant);

/// Reads IMF-fixdate only (RFC 9110 5.6.7 lets a recipient ignore what it cannot read).
Result<Instant> parse_http_date(std::string_view text);

}  // namespace relief
