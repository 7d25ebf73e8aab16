#include "tiler/core/instant.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace relief {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::array<std::string_view, 7> week_days{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes a text apart from the front; every step fails for good once one has failed.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    /// Exactly `digits` decimal digits.
    int number(std::size_t digits) {
        int value = 0;
        if (rest_.size() < digits) good_ = false;
        for (std::size_t i = 0; good_ && i < digits; ++i) {
            const char c = rest_[i];
            if (c < '0' || c > '9') good_ = false;
            value = value * 10 + (c - '0');
        }
        if (good_) rest_.remove_prefix(digits);
        return good_ ? value : 0;
    }
    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    void expect(std::string_view word) { good_ = take(word) && good_; }
    bool at_end() const { return rest_.empty(); }
    bool good() const { return good_; }
    void fail() { good_ = false; }

private:
    std::string_view rest_;
    bool good_ = true;
};

std::optional<std::int64_t> midnight(int year, int month, int day_of_month) {
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day_of_month)}};
    if (year < 1 || !date.ok()) return std::nullopt;
    return milliseconds(std::chrono::sys_days{date}.time_since_epoch()).count();
}

/// Milliseconds of ".fff…"; digits beyond the third are cut off.
std::int64_t fraction(Scanner& text) {
    std::int64_t value = 0;
    std::int64_t unit = 100;
    std::size_t digits = 0;
    for (; text.good() && digits < 9; ++digits) {
        Scanner probe = text;
        const int digit = probe.number(1);
        if (!probe.good()) break;
        text = probe;
        value += digit * unit;
        unit /= 10;
    }
    if (digits == 0) text.fail();
    return value;
}

/// Offset of "Z" or "±hh:mm" in milliseconds.
std::int64_t zone(Scanner& text) {
    if (text.take("Z") || text.take("z")) return 0;
    const bool west = text.take("-");
    if (!west) text.expect("+");
    const int hours = text.number(2);
    text.expect(":");
    const int minutes = text.number(2);
    if (hours > 18 || minutes > 59) text.fail();  // no civil zone is further than 14 h
    return (hours * hour + minutes * minute) * (west ? -1 : 1);
}

/// The part after "T": [first, length) in milliseconds of the day, in UTC.
std::optional<std::array<std::int64_t, 2>> clock_time(Scanner& text) {
    const int hours = text.number(2);
    text.expect(":");
    const int minutes = text.number(2);
    std::int64_t length = minute;
    std::int64_t value = hours * hour + minutes * minute;
    if (text.take(":")) {
        const int seconds = text.number(2);
        // 60 is a leap second (RFC 3339 5.7); it is taken as the last second of the minute.
        if (seconds > 60) text.fail();
        value += std::min(seconds, 59) * second;
        length = second;
        if (text.take(".")) {
            value += fraction(text);
            length = 1;
        }
    }
    if (hours > 23 || minutes > 59) text.fail();
    value -= zone(text);
    if (!text.good()) return std::nullopt;
    return std::array{value, length};
}

Error not_a_time(std::string_view text, const char* more = "") {
    return bad_request(
        "time \"" + std::string(text.substr(0, 80)) +
        "\" is not understood; write 2024, 2024-05, 2024-05-01 or 2024-05-01T10:00:00Z" + more);
}

/// A date as far as it is written: without a month the whole year, without a day the whole month.
struct WrittenDate {
    int year;
    std::optional<int> month;
    std::optional<int> day;
};

WrittenDate written_date(Scanner& text) {
    WrittenDate date{text.number(4), {}, {}};
    if (text.take("-")) date.month = text.number(2);
    if (date.month && text.take("-")) date.day = text.number(2);
    return date;
}

/// The midnight that ends the day, month or year which begins at `begin`.
std::optional<std::int64_t> end_of(const WrittenDate& date, std::int64_t begin) {
    if (date.day) return begin + day;
    const int month = date.month.value_or(12);
    return month < 12 ? midnight(date.year, month + 1, 1) : midnight(date.year + 1, 1, 1);
}

std::optional<InstantRange> scan(std::string_view input) {
    Scanner text(input);
    const WrittenDate date = written_date(text);
    const auto begin = midnight(date.year, date.month.value_or(1), date.day.value_or(1));
    if (!text.good() || !begin) return std::nullopt;

    if (date.day && (text.take("T") || text.take("t"))) {
        const auto clock = clock_time(text);
        if (!clock || !text.at_end()) return std::nullopt;
        const std::int64_t first = *begin + (*clock)[0];
        // A zone can lead out of the years that are known.
        if (first < *midnight(1, 1, 1) || first >= *midnight(10'000, 1, 1)) return std::nullopt;
        return InstantRange{{first}, {first + (*clock)[1] - 1}};
    }
    const auto end = end_of(date, *begin);
    if (!end || !text.at_end()) return std::nullopt;
    return InstantRange{{*begin}, {*end - 1}};
}

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
            static_cast<int>(rest / hour),
            static_cast<int>(rest / minute % 60),
            static_cast<int>(rest / second % 60),
            static_cast<int>(rest % second)};
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

/// A time of day is known to the instant; a date is all of it.
InstantRange as_observed(const InstantRange& range) {
    const bool of_clock = range.last.milliseconds - range.first.milliseconds < hour;
    return of_clock ? InstantRange(range.first) : range;
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

Result<InstantRange> parse_instant(std::string_view text) {
    const auto range = scan(text);
    if (!range) return not_a_time(text);
    return *range;
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

Result<InstantRange> parse_observed(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto first = scan(text.substr(0, slash));
    const auto last = slash == std::string_view::npos ? first : scan(text.substr(slash + 1));
    if (!first || !last) return not_a_time(text, ", or two of them divided by \"/\"");
    const InstantRange range(as_observed(*first).first, as_observed(*last).last);
    if (range.first > range.last)
        return bad_request("time \"" + std::string(text.substr(0, 80)) +
                           "\" ends before it begins");
    return range;
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
    text.append(" ").append(months[static_cast<unsigned>(parts.date.month()) - 1]);
    text.append(" ").append(year_text(parts));
    text.append(" ").append(clock_text(parts)).append(" GMT");
    return text;
}

Result<Instant> parse_http_date(std::string_view text) {
    const auto refuse = [&] {
        return bad_request("not an HTTP date: " + std::string(text.substr(0, 40)));
    };
    if (text.size() != 29) return refuse();
    Scanner rest(text.substr(5));
    const int day_of_month = rest.number(2);
    rest.expect(" ");
    int month = 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (month == 0 && rest.take(months[i])) month = static_cast<int>(i) + 1;
    }
    rest.expect(" ");
    const int year = rest.number(4);
    rest.expect(" ");
    const int hours = rest.number(2);
    rest.expect(":");
    const int minutes = rest.number(2);
    rest.expect(":");
    const int seconds = rest.number(2);
    rest.expect(" GMT");
    if (!rest.good() || month == 0 || hours > 23 || minutes > 59 || seconds > 60) return refuse();
    const auto begin = midnight(year, month, day_of_month);
    if (!begin) return refuse();
    return Instant{*begin + hours * hour + minutes * minute + seconds * second};
}

}  // namespace relief
