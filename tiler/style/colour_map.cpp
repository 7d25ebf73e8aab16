#include "tiler/style/colour_map.hpp"

#include "tiler/style/stored_ramp.hpp"
#include "tiler/style/words.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace relief::style {
namespace {

constexpr std::size_t ramp_size = 256;
constexpr std::string_view reversed_suffix = "_r";

std::optional<std::uint8_t> hex_byte(std::string_view digits) noexcept {
    std::uint8_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, value, 16);
    if (problem != std::errc{} || stop != end) return std::nullopt;
    return value;
}

Palette stored_colours(const StoredRamp& stored) {
    Palette colours;
    for (std::size_t i = 0; i + 6 <= stored.colours.size(); i += 6) {
        const auto byte = [&](std::size_t at) {
            return hex_byte(stored.colours.substr(i + at, 2)).value_or(0);
        };
        colours.push_back({.red = byte(0), .green = byte(2), .blue = byte(4)});
    }
    return colours;
}

/// part/255 of the way from one level to another, to the nearest.
std::uint8_t between(std::array<std::uint8_t, 2> ends, std::size_t part) noexcept {
    return static_cast<std::uint8_t>((ends[0] * (255 - part) + ends[1] * part + 127) / 255);
}

Palette linear(const Palette& stops) {
    assert(stops.size() >= 2);
    Palette colours;
    for (std::size_t i = 0; i < ramp_size; ++i) {
        const std::size_t place = i * (stops.size() - 1);
        const std::size_t left = std::min(place / 255, stops.size() - 2);
        const std::size_t part = place - left * 255;
        const Colour a = stops[left];
        const Colour b = stops[left + 1];
        colours.push_back({.red = between({a.red, b.red}, part),
                           .green = between({a.green, b.green}, part),
                           .blue = between({a.blue, b.blue}, part)});
    }
    return colours;
}

Palette stepped(const Palette& steps) {
    Palette colours;
    for (std::size_t i = 0; i < ramp_size; ++i)
        colours.push_back(steps[std::min(i * steps.size() / 255, steps.size() - 1)]);
    return colours;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

const StoredRamp* find_stored(std::string_view name) noexcept {
    const auto ramps = stored_ramps();
    const auto found = std::lower_bound(
        ramps.begin(), ramps.end(), name, [](const auto& r, auto n) { return r.name < n; });
    return found != ramps.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

Result<ColourRamp> named_ramp(std::string_view name) {
    const std::string full = lower_case(name);
    std::string_view base = full;
    const bool reversed = base.ends_with(reversed_suffix);
    if (reversed) base.remove_suffix(reversed_suffix.size());
    const StoredRamp* const stored = find_stored(base);
    if (stored == nullptr) {
        return bad_request("colormap " + in_quotes(name) +
                           " is not known; it is a name of matplotlib or ColorBrewer (viridis, "
                           "ylgnbu, rdylgn_r, … the whole list stands under colormap in /docs) or "
                           "a JSON map of values or ranges to colours");
    }
    auto colours = stored_colours(*stored);
    colours = stored->stepped ? stepped(colours) : linear(colours);
    if (reversed) std::reverse(colours.begin(), colours.end());
    return ColourRamp{.name = full, .colours = std::move(colours)};
}

const std::vector<std::string>& ramp_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const auto& stored : stored_ramps()) all.emplace_back(stored.name);
        return all;
    }();
    return names;
}

std::optional<Colour> parse_hex_colour(std::string_view text) noexcept {
    if (text.empty() || text.front() != '#') return std::nullopt;
    text.remove_prefix(1);
    const bool brief = text.size() == 3;
    if (!brief && text.size() != 6 && text.size() != 8) return std::nullopt;

    std::array<std::uint8_t, 4> levels{0, 0, 0, 255};
    const std::size_t width = brief ? 1 : 2;
    for (std::size_t i = 0; i * width < text.size(); ++i) {
        const auto level = hex_byte(text.substr(i * width, width));
        if (!level) return std::nullopt;
        levels[i] = static_cast<std::uint8_t>(brief ? *level * 17 : *level);
    }
    return Colour{.red = levels[0], .green = levels[1], .blue = levels[2], .alpha = levels[3]};
}

std::string to_hex(Colour colour) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    const auto append = [&](std::uint8_t level) {
        text += digits[level >> 4U];
        text += digits[level & 15U];
    };
    append(colour.red);
    append(colour.green);
    append(colour.blue);
    if (colour.alpha != 255) append(colour.alpha);
    return text;
}

}  // namespace relief::style
