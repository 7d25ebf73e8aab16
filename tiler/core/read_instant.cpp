#include "tiler/core/calendar.hpp"
#include "tiler/core/instant.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace relief {
namespace {

using calendar::day;
using calendar::hour;
using calendar::minute;
using calendar::second;

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
    return std::chrono::milliseconds(std::chrono::sys_days{date}.time_since_epoch()).count();
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

/// A time of day is known to the instant; a date is all of it.
InstantRange as_observed(const InstantRange& range) {
    const bool of_clock = range.last.milliseconds - range.first.milliseconds < hour;
    return of_clock ? InstantRange(range.first) : range;
}

}  // namespace

Result<InstantRange> parse_instant(std::string_view text) {
    const auto range = scan(text);
    if (!range) return not_a_time(text);
    return *range;
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

Result<Instant> parse_http_date(std::string_view text) {
    const auto refuse = [&] {
        return bad_request("not an HTTP date: " + std::string(text.substr(0, 40)));
    };
    if (text.size() != 29) return refuse();
    Scanner rest(text.substr(5));
    const int day_of_month = rest.number(2);
    rest.expect(" ");
    int month = 0;
    for (std::size_t i = 0; i < calendar::months.size(); ++i) {
        if (month == 0 && rest.take(calendar::months[i])) month = static_cast<int>(i) + 1;
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
