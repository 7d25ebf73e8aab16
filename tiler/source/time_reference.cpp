#include "tiler/source/time_reference.hpp"

#include <charconv>
#include <string_view>

namespace relief::source {
namespace {

/// Takes numbers and signs from the front of a reference date.
class ReferenceText {
public:
    explicit ReferenceText(std::string_view text) : rest_(text) {}

    std::optional<int> whole() {
        int value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{} || rest_.front() == '-') return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    std::optional<double> decimal() {
        double value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{} || rest_.front() == '-') return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    void skip_spaces() {
        while (take(" ")) continue;
    }
    bool at_end() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::optional<CivilDate> read_date(ReferenceText& text) {
    const auto year = text.whole();
    if (!year || !text.take("-")) return std::nullopt;
    const auto month = text.whole();
    if (!month || !text.take("-")) return std::nullopt;
    const auto day = text.whole();
    if (!day) return std::nullopt;
    return CivilDate{*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
}

/// "10:30:15.5", "10:30" or "10", in milliseconds.
std::optional<double> read_clock(ReferenceText& text) {
    const auto hours = text.whole();
    if (!hours || *hours > 24) return std::nullopt;
    double value = *hours * 36e5;
    if (!text.take(":")) return value;
    const auto minutes = text.whole();
    if (!minutes || *minutes > 59) return std::nullopt;
    value += *minutes * 6e4;
    if (!text.take(":")) return value;
    const auto seconds = text.decimal();
    if (!seconds || *seconds >= 61) return std::nullopt;
    return value + *seconds * 1e3;
}

/// "Z", "UTC", "+02:00", "-6" or nothing: what to take off to have UTC, in milliseconds.
std::optional<double> read_zone(ReferenceText& text) {
    text.skip_spaces();
    for (const std::string_view name : {"utc", "gmt", "z"}) {
        if (text.take(name)) break;
    }
    if (text.at_end()) return 0;
    const bool west = text.take("-");
    if (!west && !text.take("+")) return std::nullopt;
    const auto offset = read_clock(text);
    if (!offset || !text.at_end()) return std::nullopt;
    return west ? -*offset : *offset;
}

}  // namespace

std::optional<TimeReference> read_time_reference(const std::string& written) {
    ReferenceText text(written);
    const auto date = read_date(text);
    if (!date) return std::nullopt;
    TimeReference reference{*date, 0};
    const bool parted = text.take("t") || text.take(" ");
    text.skip_spaces();
    if (parted && !text.at_end() && !text.take("utc") && !text.take("z")) {
        const auto clock = read_clock(text);
        if (!clock) return std::nullopt;
        reference.day_ms = *clock;
    }
    const auto zone = read_zone(text);
    if (!zone) return std::nullopt;
    reference.day_ms -= *zone;
    return reference;
}

}  // namespace relief::source
