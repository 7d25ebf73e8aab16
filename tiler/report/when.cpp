#include "tiler/report/when.hpp"

#include "tiler/report/text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

namespace relief::report {
namespace {

constexpr std::int64_t a_second = 1000;
constexpr std::int64_t a_minute = 60 * a_second;
constexpr std::int64_t an_hour = 60 * a_minute;
constexpr std::int64_t a_day = 24 * an_hour;
constexpr std::size_t longest_time = 64;  // bytes of a text that may be a time

constexpr std::array<std::string_view, 12> months{
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

/// Takes a text apart from the front.
class Pieces {
public:
    explicit Pieces(std::string_view text) : rest_(text) {}

    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// One of them; 0: none.
    char take_one_of(std::string_view letters) {
        if (rest_.empty() || letters.find(rest_.front()) == std::string_view::npos) return 0;
        const char taken = rest_.front();
        rest_.remove_prefix(1);
        return taken;
    }
    std::string_view digits() {
        return take_while([](char c) { return c >= '0' && c <= '9'; });
    }
    std::string_view letters() {
        return take_while([](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    }
    bool at_end() const { return rest_.empty(); }

private:
    template <typename Test>
    std::string_view take_while(Test test) {
        std::size_t length = 0;
        while (length < rest_.size() && test(rest_[length])) ++length;
        const auto piece = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return piece;
    }
    std::string_view rest_;
};

int number_of(std::string_view digits) {
    int value = -1;
    if (digits.size() <= 4) std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

/// 1 to 12 of "Jan", "January", "SEPT"; 0: no month.
int month_of(std::string_view word) {
    if (word.size() < 3) return 0;
    const std::string begin = lower_case(word.substr(0, 3));
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i] == begin) return static_cast<int>(i) + 1;
    }
    return 0;
}

/// Of two digits nobody knows the century, and which of three numbers is the year: -1.
int year_of(std::string_view digits) {
    return digits.size() == 4 ? number_of(digits) : -1;
}

struct Day {
    int year = 0, month = 0, number = 0;
};

std::optional<std::int64_t> midnight(const Day& date) {
    const std::chrono::year_month_day value{std::chrono::year{date.year},
                                            std::chrono::month{static_cast<unsigned>(date.month)},
                                            std::chrono::day{static_cast<unsigned>(date.number)}};
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.number < 1 || !value.ok())
        return std::nullopt;
    return std::chrono::milliseconds(std::chrono::sys_days{value}.time_since_epoch()).count();
}

/// A day of three numbers, of which the first two are to be told apart.
struct SlashedDay {
    int first = 0, second = 0, year = 0;

    std::optional<DayOrder> order() const {
        if (first > 12 && second <= 12) return DayOrder::day_first;
        if (second > 12 && first <= 12) return DayOrder::month_first;
        return std::nullopt;
    }
    Day in(DayOrder order) const {
        return order == DayOrder::day_first ? Day{year, second, first} : Day{year, first, second};
    }
};

struct ParsedDay {
    std::optional<Day> day{};
    std::optional<SlashedDay> slashed{};
};

/// What follows the digits that a day begins with.
ParsedDay day_after_number(Pieces& text, std::string_view digits) {
    const char mark = text.take_one_of("-/. ");
    const int first = number_of(digits);
    if (const int month = month_of(text.letters()); month > 0) {
        text.take_one_of("-/. ,");
        return {Day{year_of(text.digits()), month, first}};
    }
    if (mark == 0 || mark == ' ') return {};
    const int second = number_of(text.digits());
    if (!text.take(mark)) return {};
    const auto last = text.digits();
    if (digits.size() == 4) return {Day{first, second, number_of(last)}};
    if (digits.size() > 2 || last.size() != 4) return {};
    return {std::nullopt, SlashedDay{first, second, number_of(last)}};
}

/// A day that begins with a word: a weekday before it, or its month.
ParsedDay day_after_word(Pieces& text, std::string_view word) {
    const int month = month_of(word);
    text.take('.');
    text.take(',');
    text.skip_blanks();
    const auto digits = text.digits();
    if (digits.empty()) return {};
    // "Mar" is a month, but "Mon" and "Mon," are days of the week.
    if (month == 0) return day_after_number(text, digits);
    text.take(',');
    text.skip_blanks();
    return {Day{year_of(text.digits()), month, number_of(digits)}};
}

ParsedDay parse_day(Pieces& text) {
    if (const auto word = text.letters(); !word.empty()) return day_after_word(text, word);
    const auto digits = text.digits();
    return digits.empty() ? ParsedDay{} : day_after_number(text, digits);
}

/// Milliseconds of ".fff…", whose digits after the third are left out.
std::int64_t fraction(Pieces& text) {
    std::int64_t value = 0;
    std::int64_t unit = 100;
    for (const char c : text.digits()) {
        value += (c - '0') * unit;
        unit /= 10;
    }
    return value;
}

/// "Z", "GMT", "UTC", "+02", "+0200", "+02:00"; nothing is UTC. Nothing given back: not a zone.
std::optional<std::int64_t> zone(Pieces& text) {
    text.skip_blanks();
    const std::string word = lower_case(text.letters());
    if (!word.empty() && word != "z" && word != "gmt" && word != "utc") return std::nullopt;
    const char sign = text.take_one_of("+-");
    if (sign == 0) return 0;
    const auto digits = text.digits();
    const int hours = number_of(digits.substr(0, 2));
    int minutes = digits.size() == 4 ? number_of(digits.substr(2)) : 0;
    if (digits.size() == 2 && text.take(':')) minutes = number_of(text.digits());
    const bool good =
        (digits.size() == 2 || digits.size() == 4) && hours <= 18 && minutes >= 0 && minutes < 60;
    if (!good) return std::nullopt;
    return (hours * an_hour + minutes * a_minute) * (sign == '-' ? -1 : 1);
}

/// Puts hours of the 12-hour clock right; false: no such hour.
bool apply_half(Pieces& text, int& hours) {
    text.skip_blanks();
    Pieces ahead = text;
    const std::string word = lower_case(ahead.letters());
    if (word != "am" && word != "pm") return hours <= 23;
    text = ahead;
    if (hours < 1 || hours > 12) return false;
    hours = hours % 12 + (word == "pm" ? 12 : 0);
    return true;
}

struct ClockTime {
    std::int64_t begin = 0;   ///< milliseconds of the day, in UTC
    std::int64_t length = 0;  ///< of the span that it names
};

std::optional<ClockTime> clock_time(Pieces& text) {
    int hours = number_of(text.digits());
    if (hours < 0 || !text.take(':')) return std::nullopt;
    const int minutes = number_of(text.digits());
    ClockTime time{0, a_minute};
    int seconds = 0;
    if (text.take(':')) {
        seconds = number_of(text.digits());
        time.length = a_second;
    }
    std::int64_t part = 0;
    if (time.length == a_second && text.take_one_of(".,") != 0) {
        part = fraction(text);
        time.length = 1;
    }
    if (!apply_half(text, hours) || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59)
        return std::nullopt;
    const auto offset = zone(text);
    if (!offset) return std::nullopt;
    time.begin = hours * an_hour + minutes * a_minute + seconds * a_second + part - *offset;
    return time;
}

std::optional<InstantRange> with_clock(const Day& date, Pieces text) {
    const auto begin = midnight(date);
    if (!begin) return std::nullopt;
    const bool marked = text.take_one_of("Tt,") != 0;
    text.skip_blanks();
    if (text.at_end())
        return marked ? std::nullopt : std::optional(InstantRange{{*begin}, {*begin + a_day - 1}});
    const auto clock = clock_time(text);
    text.skip_blanks();
    if (!clock || !text.at_end()) return std::nullopt;
    return InstantRange{Instant{*begin + clock->begin}};
}

/// Seconds (10 digits) or milliseconds (13) since 1970: 2001 to 2286.
std::optional<InstantRange> since_1970(std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    if (text.size() == 10 && value > 0) return InstantRange{Instant{value * a_second}};
    if (text.size() == 13 && value > 0) return InstantRange{Instant{value}};
    return std::nullopt;
}

}  // namespace

std::optional<DayOrder> order_shown_by(std::string_view text) {
    text = trimmed(text);
    if (text.size() > longest_time) return std::nullopt;
    Pieces pieces(text);
    const auto parsed = parse_day(pieces);
    return parsed.slashed ? parsed.slashed->order() : std::nullopt;
}

When parse_when(std::string_view text, std::optional<DayOrder> order) {
    text = trimmed(text);
    if (text.empty() || text.size() > longest_time) return {};
    Pieces pieces(text);
    const auto parsed = parse_day(pieces);
    if (parsed.day) return {with_clock(*parsed.day, pieces)};
    if (!parsed.slashed) {
        // A year or a month alone, besides what stands above: "2024", "2024-05".
        if (const auto bare = since_1970(text)) return {bare};
        const auto known = parse_instant(text);
        return known ? When{*known} : When{};
    }
    const auto shown = parsed.slashed->order();
    const auto taken = shown ? shown : order;
    if (taken) return {with_clock(parsed.slashed->in(*taken), pieces)};
    // 05/05/2010 is the same day either way.
    if (parsed.slashed->first == parsed.slashed->second)
        return {with_clock(parsed.slashed->in(DayOrder::day_first), pieces)};
    const bool is_day = with_clock(parsed.slashed->in(DayOrder::day_first), pieces).has_value();
    return {std::nullopt, is_day};
}

}  // namespace relief::report
