#include "tiler/source/time_axis.hpp"

#include "tiler/source/time_reference.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace relief::source {
namespace {

constexpr double day_in_ms = 86'400'000;
constexpr std::string_view since = " since ";

struct CalendarName {
    std::string_view name;
    Calendar calendar;
};
constexpr std::array<CalendarName, 9> calendar_names{{{"", Calendar::standard},
                                                      {"standard", Calendar::standard},
                                                      {"gregorian", Calendar::standard},
                                                      {"proleptic_gregorian", Calendar::proleptic},
                                                      {"julian", Calendar::julian},
                                                      {"noleap", Calendar::no_leap},
                                                      {"365_day", Calendar::no_leap},
                                                      {"all_leap", Calendar::all_leap},
                                                      {"366_day", Calendar::all_leap}}};

struct UnitName {
    std::string_view name;
    double milliseconds;
};
constexpr std::array<UnitName, 24> unit_names{{{"microseconds", 1e-3},
                                               {"microsecond", 1e-3},
                                               {"milliseconds", 1},
                                               {"millisecond", 1},
                                               {"msec", 1},
                                               {"ms", 1},
                                               {"seconds", 1e3},
                                               {"second", 1e3},
                                               {"secs", 1e3},
                                               {"sec", 1e3},
                                               {"s", 1e3},
                                               {"minutes", 6e4},
                                               {"minute", 6e4},
                                               {"mins", 6e4},
                                               {"min", 6e4},
                                               {"hours", 36e5},
                                               {"hour", 36e5},
                                               {"hrs", 36e5},
                                               {"hr", 36e5},
                                               {"h", 36e5},
                                               {"days", day_in_ms},
                                               {"day", day_in_ms},
                                               {"d", day_in_ms},
                                               {"weeks", 7 * day_in_ms}}};

std::string in_lower_case(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_leap(Calendar calendar, int year) noexcept {
    switch (calendar) {
        case Calendar::no_leap: return false;
        case Calendar::all_leap: return true;
        case Calendar::julian: return year % 4 == 0;
        case Calendar::standard:
        case Calendar::proleptic: break;
    }
    return std::chrono::year{year}.is_leap();
}

unsigned days_of_month(Calendar calendar, int year, unsigned month) noexcept {
    constexpr std::array<unsigned, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(calendar, year) ? 29 : days.at(month - 1);
}

bool exists(Calendar calendar, const CivilDate& date) noexcept {
    return date.year >= 0 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= days_of_month(calendar, date.year, date.month);
}

/// Days before 1 January of the year, from year 0 on.
std::int64_t days_before(Calendar calendar, int year) noexcept {
    const std::int64_t years = year;
    switch (calendar) {
        case Calendar::no_leap: return years * 365;
        case Calendar::all_leap: return years * 366;
        default: return years * 365 + (years + 3) / 4;  // Julian: year 0 is a leap year
    }
}

std::int64_t gregorian_day(const CivilDate& date) {
    return std::chrono::sys_days{std::chrono::year{date.year} / static_cast<int>(date.month) /
                                 static_cast<int>(date.day)}
        .time_since_epoch()
        .count();
}

/// Days of a calendar of fixed leap years, from 1 January of year 0 on.
std::int64_t counted_day(Calendar calendar, const CivilDate& date) noexcept {
    std::int64_t day = days_before(calendar, date.year) + date.day - 1;
    for (unsigned month = 1; month < date.month; ++month)
        day += days_of_month(calendar, date.year, month);
    return day;
}

/// 1 January of year 0 in the Julian calendar, in days since 1970-01-01: Julian day 1721058 against
/// 2440588 (Meeus, Astronomical Algorithms, chapter 7).
constexpr std::int64_t julian_origin = 1721058 - 2440588;
/// 1582-10-15, the first day of the Gregorian calendar.
constexpr std::int64_t reform = 2299161 - 2440588;

/// Of the calendars that are real time: days since 1970-01-01; of the others: as counted_day().
std::int64_t day_number(Calendar calendar, const CivilDate& date) {
    switch (calendar) {
        case Calendar::proleptic: return gregorian_day(date);
        case Calendar::julian: return julian_origin + counted_day(Calendar::julian, date);
        case Calendar::standard: {
            const std::int64_t day = gregorian_day(date);
            return day >= reform ? day : julian_origin + counted_day(Calendar::julian, date);
        }
        case Calendar::no_leap:
        case Calendar::all_leap: break;
    }
    return counted_day(calendar, date);
}

/// The date of a day of a calendar whose years are all alike.
CivilDate date_of(Calendar calendar, std::int64_t day) noexcept {
    const std::int64_t length = calendar == Calendar::no_leap ? 365 : 366;
    CivilDate date{static_cast<int>(day / length), 1, 1};
    auto rest = static_cast<unsigned>(day % length);
    while (rest >= days_of_month(calendar, date.year, date.month)) {
        rest -= days_of_month(calendar, date.year, date.month);
        ++date.month;
    }
    date.day = rest + 1;
    return date;
}

std::optional<double> milliseconds_of(std::string_view unit) noexcept {
    for (const auto& [name, milliseconds] : unit_names) {
        if (name == unit) return milliseconds;
    }
    return std::nullopt;
}

std::optional<Calendar> calendar_of(std::string_view name) noexcept {
    for (const CalendarName& known : calendar_names) {
        if (known.name == name) return known.calendar;
    }
    return std::nullopt;
}

Error no_such_day(const char* why) {
    return bad_request(std::string("its time axis holds a date that ") + why);
}

}  // namespace

bool TimeAxis::is_time(std::string_view unit) noexcept {
    return unit.find(since) != std::string_view::npos;
}

Result<TimeAxis> TimeAxis::parse(const Words& words) {
    const auto named = calendar_of(in_lower_case(words.calendar));
    if (!named)
        return bad_request("its times count in the calendar \"" + std::string(words.calendar) +
                           "\", whose dates are not those of the world's; read are standard, "
                           "proleptic_gregorian, julian, noleap and all_leap");
    const std::string text = in_lower_case(words.unit);
    const std::size_t middle = text.find(since);
    const auto length =
        middle == std::string::npos ? std::nullopt : milliseconds_of(text.substr(0, middle));
    const auto reference =
        length ? read_time_reference(text.substr(middle + since.size())) : std::nullopt;
    if (!reference || !exists(*named, reference->date))
        return bad_request("its times count in \"" + std::string(words.unit) +
                           "\"; read are seconds, minutes, hours, days and weeks since a date");
    TimeAxis axis;
    axis.calendar_ = *named;
    axis.unit_ms_ = *length;
    axis.day_ = day_number(*named, reference->date);
    axis.day_ms_ = reference->day_ms;
    return axis;
}

Result<Instant> TimeAxis::at(double number) const {
    const double since_midnight = day_ms_ + number * unit_ms_;
    if (!std::isfinite(since_midnight) || std::abs(since_midnight) > 1e4 * 366 * day_in_ms)
        return no_such_day("lies outside the years 1 to 9999");
    const double whole_second = std::round(since_midnight / 1e3) * 1e3;
    const double moment =
        std::abs(since_midnight - whole_second) <= 2 ? whole_second : std::round(since_midnight);
    const double days = std::floor(moment / day_in_ms);
    const double clock = moment - days * day_in_ms;
    std::int64_t day = day_ + static_cast<std::int64_t>(days);
    if (calendar_ == Calendar::no_leap || calendar_ == Calendar::all_leap) {
        if (day < 366) return no_such_day("lies outside the years 1 to 9999");
        const CivilDate date = date_of(calendar_, day);
        if (!exists(Calendar::proleptic, date))
            return no_such_day("does not exist: 29 February of a year without one");
        day = gregorian_day(date);
    }
    // What is shown is the Gregorian calendar; before the reform the file means another.
    if (calendar_ == Calendar::standard && day < reform)
        return no_such_day("lies before 1582-10-15, when calendars changed");
    constexpr std::int64_t first = -719162;  // 0001-01-01
    constexpr std::int64_t last = 2932896;   // 9999-12-31
    if (day < first || day > last) return no_such_day("lies outside the years 1 to 9999");
    return Instant{day * static_cast<std::int64_t>(day_in_ms) + static_cast<std::int64_t>(clock)};
}

}  // namespace relief::source
