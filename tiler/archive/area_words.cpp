#include "tiler/archive/area_words.hpp"

#include "tiler/style/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace relief::archive {
namespace {

Error bad_box(std::string_view text, const char* reason) {
    return bad_request("bbox " + style::in_quotes(text) + " " + reason +
                       "; write west,south,east,north in degrees, for instance "
                       "35.4,33.8,35.6,33.9 (west beyond east crosses the antimeridian)");
}

Error bad_zooms(std::string_view text, const char* reason) {
    return bad_request("zoom " + style::in_quotes(text) + " " + reason +
                       "; write lowest-highest, for instance 8-14, or one number, from 0 to " +
                       std::to_string(deepest_zoom));
}

std::optional<std::array<double, 4>> four_numbers(std::string_view text) {
    std::array<double, 4> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::size_t comma = text.find(',');
        const bool last = i + 1 == numbers.size();
        if ((comma == std::string_view::npos) != last) return std::nullopt;
        const auto number = style::parse_number(style::trimmed(text.substr(0, comma)));
        if (!number) return std::nullopt;
        numbers[i] = *number;
        if (!last) text.remove_prefix(comma + 1);
    }
    return numbers;
}

/// One that is too large for its type is the largest.
std::optional<std::uint32_t> zoom_of(std::string_view text) {
    std::uint32_t zoom = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, zoom);
    if (read.ptr != end || read.ec == std::errc::invalid_argument) return std::nullopt;
    return read.ec == std::errc{} ? zoom : std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

Result<LonLatBox> parse_box(std::string_view text) {
    const auto numbers = four_numbers(text);
    if (!numbers) return bad_box(text, "is not four numbers");
    const LonLatBox box{(*numbers)[0], (*numbers)[1], (*numbers)[2], (*numbers)[3]};
    if (std::abs(box.west) > 180 || std::abs(box.east) > 180)
        return bad_box(text, "has a longitude beyond 180");
    if (std::abs(box.south) > 90 || std::abs(box.north) > 90)
        return bad_box(text, "has a latitude beyond 90");
    if (box.south >= box.north) return bad_box(text, "has its south not below its north");
    if (box.west == box.east) return bad_box(text, "has no width");
    return box;
}

Result<ZoomRange> parse_zooms(std::string_view text) {
    const std::string_view all = style::trimmed(text);
    const std::size_t dash = all.find('-');
    const auto lowest = zoom_of(all.substr(0, dash));
    const auto highest = dash == std::string_view::npos ? lowest : zoom_of(all.substr(dash + 1));
    if (!lowest || !highest) return bad_zooms(text, "is not understood");
    if (std::max(*lowest, *highest) > deepest_zoom) return bad_zooms(text, "is out of range");
    if (*lowest > *highest) return bad_zooms(text, "begins deeper than it ends");
    return ZoomRange{*lowest, *highest};
}

std::string in_words(const LonLatBox& box) {
    constexpr double decimals = 1e6;
    std::string words;
    for (const double degrees : {box.west, box.south, box.east, box.north}) {
        words += (words.empty() ? "" : ",") +
                 style::shortest(std::round(degrees * decimals) / decimals + 0.0);  // no "-0"
    }
    return words;
}

std::string to_text(const LonLatBox& box) {
    return style::shortest(box.west) + ',' + style::shortest(box.south) + ',' +
           style::shortest(box.east) + ',' + style::shortest(box.north);
}

}  // namespace relief::archive
