#include "tiler/core/instant.hpp"

#include "tiler/core/calendar.hpp"

#include <array>
#include <chrono>

namespace relief {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 7> week_days{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Parts {
    std::chrono::year_month_day date;
    unsigned week_day;
    int hours, minutes, seconds, milliseconds;
};

Parts parts_of(Instant instant) {
    const std::chrono::sys_time<milliseconds> time{milliseconds{instant.milliseconds}};
    const auto days = std::chrono::floor<std::chrono::days>(time);
    const std::int64_t rest = (time - days).count();
    return {std::chrono::year_month_day{days},
            std::chrono::weekday{days}.c_encoding(),
            static_cast<int>(rest / calendar::hour),
            static_cast<int>(rest / calendar::minute % 60),
            static_cast<int>(rest / calendar::second % 60),
            static_cast<int>(rest % calendar::second)};
}

/// With leading zeros.
template <std::size_t digits>
std::string padded(int number) {
    std::string text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

std::string year_text(const Parts& parts) {
    return padded<4>(static_cast<int>(parts.date.year()));
}

std::string day_text(const Parts& parts) {
    return padded<2>(static_cast<int>(static_cast<unsigned>(parts.date.day())));
}

std::string month_text(const Parts& parts) {
    return padded<2>(static_cast<int>(static_cast<unsigned>(parts.date.month())));
}

/// The number of leading letters of an RFC 3339 text that name a unit of the calendar.
enum class Precision : std::uint8_t { year = 4, month = 7, day = 10 };

/// Where the unit begins that holds the instant.
Instant begin_of(Instant instant, Precision unit) {
    const auto date = parts_of(instant).date;
    const auto month = unit == Precision::year ? std::chrono::January : date.month();
    const auto day_of_month = unit == Precision::day ? date.day() : std::chrono::day{1};
    const std::chrono::sys_days begin{date.year() / month / day_of_month};
    return {milliseconds(begin.time_since_epoch()).count()};
}

/// It begins where such a unit does and ends where one does.
bool is_whole(const InstantRange& range, Precision unit) {
    const Instant after{range.last.milliseconds + 1};
    return begin_of(range.first, unit) == range.first && begin_of(after, unit) == after;
}

std::string clock_text(const Parts& parts) {
    return padded<2>(parts.hours) + ":" + padded<2>(parts.minutes) + ":" + padded<2>(parts.seconds);
}

}  // namespace

Instant present_moment() {
    return {std::chrono::duration_cast<milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

std::string to_text(Instant instant) {
    const Parts parts = parts_of(instant);
    std::string text = year_text(parts);
    text.append("-").append(month_text(parts));
    text.append("-").append(day_text(parts));
    text.append("T").append(clock_text(parts));
    if (parts.milliseconds != 0) text.append(".").append(padded<3>(parts.milliseconds));
    text.append("Z");
    return text;
}

InstantRangeText ends_of(const InstantRange& range) {
    InstantRangeText ends{to_text(range.first), to_text(range.last)};
    for (const Precision unit : {Precision::year, Precision::month, Precision::day}) {
        if (!is_whole(range, unit)) continue;
        ends.first.resize(static_cast<std::size_t>(unit));
        ends.last.resize(static_cast<std::size_t>(unit));
        break;
    }
    return ends;
}

std::string to_text(const InstantRange& range) {
    const InstantRangeText ends = ends_of(range);
    return ends.first == ends.last ? ends.first : ends.first + "/" + ends.last;
}

std::string to_http_date(Instant instant) {
    const Parts parts = parts_of(instant);
    std::string text(week_days[parts.week_day]);
    text.append(", ").append(day_text(parts));
    text.append(" ").append(calendar::months[static_cast<unsigned>(parts.date.month()) - 1]);
    text.append(" ").append(year_text(parts));
    text.append(" ").append(clock_text(parts)).append(" GMT");
    return text;
}

}  // namespace relief
