#pragma once
// Numbers on a time axis, as the CF conventions write them: "hours since 2024-01-01 00:00:00".

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <string_view>

namespace relief::source {

/// Calendars whose dates all exist, or whose missing ones are told; the others are refused, since a
/// date of them (30 February) would be a wrong one here.
enum class Calendar : std::uint8_t {
    standard,   ///< Julian up to 1582-10-04, then Gregorian ("gregorian" is the same)
    proleptic,  ///< Gregorian always
    julian,
    no_leap,   ///< every year has 365 days
    all_leap,  ///< every year has 366 days
};

/// Source: CF conventions 1.10, 4.4 "Time Coordinate" and 4.4.1 "Calendar".
class TimeAxis {
public:
    /// True for a unit that only times have: "… since …".
    static bool is_time(std::string_view unit) noexcept;

    /// As a file states it: "days since 1970-01-01", and the calendar, where empty is standard.
    struct Words {
        std::string_view unit;
        std::string_view calendar;
    };

    /// Units: seconds to weeks; months and years have no fixed length and are refused.
    /// Errors: bad_request naming unit or calendar.
    static Result<TimeAxis> parse(const Words& words);

    /// To the millisecond; what is within two of a whole second is that second, since numbers in
    /// days are not exact. Errors: bad_request for a date that does not exist in our calendar, or
    /// lies outside the years that Instant holds.
    Result<Instant> at(double number) const;

private:
    TimeAxis() = default;

    Calendar calendar_{};
    double unit_ms_ = 0;    ///< milliseconds of one
    std::int64_t day_ = 0;  ///< of the reference date, counted in its own calendar
    double day_ms_ = 0;     ///< of the reference time, since midnight UTC
};

}  // namespace relief::source
