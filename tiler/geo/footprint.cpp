#include "tiler/geo/footprint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

namespace relief::geo {
namespace {

/// Calls visit(ring) until one says true.
template <typename Visit>
bool any_ring(const Footprint& footprint, const Visit& visit) noexcept {
    std::size_t from = 0;
    for (const std::uint32_t end : footprint.ends) {
        if (visit(std::span(footprint.points).subspan(from, end - from))) return true;
        from = end;
    }
    return false;
}

bool inside(const PlaneBox& box, LonLat point) noexcept {
    return box.west <= point.longitude && point.longitude <= box.east &&
           box.south <= point.latitude && point.latitude <= box.north;
}

/// Even–odd rule.
bool holds(std::span<const LonLat> ring, LonLat place) noexcept {
    bool in = false;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
        const LonLat a = ring[i];
        const LonLat b = ring[k];
        if ((a.latitude > place.latitude) == (b.latitude > place.latitude)) continue;
        const double share = (place.latitude - a.latitude) / (b.latitude - a.latitude);
        if (place.longitude < a.longitude + share * (b.longitude - a.longitude)) in = !in;
    }
    return in;
}

/// Whether a piece of the line from a to b lies in the box: Liang and Barsky's clipping.
bool crosses(const PlaneBox& box, LonLat a, LonLat b) noexcept {
    double from = 0;
    double to = 1;
    const auto clip = [&](double step, double low, double high) {
        if (step == 0) return low <= 0 && high >= 0;
        const double first = (step > 0 ? low : high) / step;
        const double last = (step > 0 ? high : low) / step;
        from = std::max(from, first);
        to = std::min(to, last);
        return from <= to;
    };
    return clip(b.longitude - a.longitude, box.west - a.longitude, box.east - a.longitude) &&
           clip(b.latitude - a.latitude, box.south - a.latitude, box.north - a.latitude);
}

bool ring_touches(std::span<const LonLat> ring, const PlaneBox& box) noexcept {
    if (std::any_of(ring.begin(), ring.end(), [&](LonLat point) { return inside(box, point); }))
        return true;
    if (holds(ring, {box.west, box.south})) return true;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
        if (crosses(box, ring[k], ring[i])) return true;
    }
    return false;
}

/// One number and the character after it.
std::optional<double> take_number(std::string_view& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view& text, char letter) {
    if (text.empty() || text.front() != letter) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<LonLat> take_point(std::string_view& text) {
    const auto longitude = take_number(text);
    if (!longitude || std::abs(*longitude) > 540 || !take(text, ' ')) return std::nullopt;
    const auto latitude = take_number(text);
    if (!latitude || std::abs(*latitude) > 90) return std::nullopt;
    return LonLat{*longitude, *latitude};
}

std::optional<std::vector<LonLat>> take_ring(std::string_view& text) {
    std::vector<LonLat> ring;
    do {
        const auto point = take_point(text);
        if (!point || ring.size() == most_footprint_points) return std::nullopt;
        ring.push_back(*point);
    } while (take(text, ' '));
    if (ring.size() < 3) return std::nullopt;
    return ring;
}

void append(std::string& text, double value) {
    std::array<char, 32> digits{};
    constexpr int decimals = 7;
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
    text.append(digits.data(), written.ptr);
}

/// Degrees: a ring may lie one turn of the globe away from what it is compared with.
constexpr std::array<double, 3> turns{0, 360, -360};

}  // namespace

Footprint footprint_of(const LonLatBox& box) {
    const double east = box.east < box.west ? box.east + 360 : box.east;
    Footprint footprint;
    add_ring(footprint,
             {{box.west, box.south}, {east, box.south}, {east, box.north}, {box.west, box.north}});
    return footprint;
}

void add_ring(Footprint& footprint, const std::vector<LonLat>& ring) {
    footprint.points.insert(footprint.points.end(), ring.begin(), ring.end());
    footprint.ends.push_back(static_cast<std::uint32_t>(footprint.points.size()));
}

PlaneBox plane_box_of(const Footprint& footprint) noexcept {
    const LonLat first = footprint.points.front();
    PlaneBox box{first.longitude, first.latitude, first.longitude, first.latitude};
    for (const LonLat point : footprint.points) {
        box.west = std::min(box.west, point.longitude);
        box.east = std::max(box.east, point.longitude);
        box.south = std::min(box.south, point.latitude);
        box.north = std::max(box.north, point.latitude);
    }
    return box;
}

LonLatBox lon_lat_box_of(const Footprint& footprint) noexcept {
    const PlaneBox box = plane_box_of(footprint);
    if (box.east - box.west >= 360) return {-180, box.south, 180, box.north};
    const auto wrapped = [](double longitude) {
        if (longitude > 180) return longitude - 360;
        return longitude < -180 ? longitude + 360 : longitude;
    };
    return {wrapped(box.west), box.south, wrapped(box.east), box.north};
}

bool touches(const Footprint& footprint, const PlaneBox& box) noexcept {
    return any_ring(footprint, [&](std::span<const LonLat> ring) {
        return std::any_of(turns.begin(), turns.end(), [&](double turn) {
            return ring_touches(ring, {box.west + turn, box.south, box.east + turn, box.north});
        });
    });
}

bool contains(const Footprint& footprint, LonLat place) noexcept {
    return any_ring(footprint, [&](std::span<const LonLat> ring) {
        return std::any_of(turns.begin(), turns.end(), [&](double turn) {
            return holds(ring, {place.longitude + turn, place.latitude});
        });
    });
}

std::vector<PlaneBox> folded(const PlaneBox& box) {
    if (box.east - box.west >= 360) return {{-180, box.south, 180, box.north}};
    std::vector<PlaneBox> boxes;
    for (const double turn : {-360.0, 0.0, 360.0}) {
        const PlaneBox moved{std::max(box.west + turn, -180.0),
                             box.south,
                             std::min(box.east + turn, 180.0),
                             box.north};
        if (moved.west <= moved.east) boxes.push_back(moved);
    }
    return boxes;
}

std::string to_text(const Footprint& footprint) {
    std::string text;
    any_ring(footprint, [&](std::span<const LonLat> ring) {
        if (!text.empty()) text += ';';
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (i > 0) text += ' ';
            append(text, ring[i].longitude);
            text += ' ';
            append(text, ring[i].latitude);
        }
        return false;
    });
    return text;
}

Result<Footprint> parse_footprint(std::string_view text) {
    Footprint footprint;
    do {
        const auto ring = take_ring(text);
        if (!ring || footprint.points.size() + ring->size() > most_footprint_points)
            return source_broken("the footprint of a scene cannot be read");
        add_ring(footprint, *ring);
    } while (take(text, ';'));
    if (!text.empty()) return source_broken("the footprint of a scene cannot be read");
    return footprint;
}

}  // namespace relief::geo
