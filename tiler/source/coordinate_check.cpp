#include "tiler/source/coordinate_check.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace relief::source {
namespace {

constexpr double pole = 90;
constexpr double turn = 360;

/// In the units of the reference system.
struct Spread {
    double left, right, bottom, top;
};

Spread spread_of(PixelSize size, const std::array<double, 6>& t) {
    std::array<double, 4> x{};
    std::array<double, 4> y{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double column = i % 2 == 0 ? 0 : size.width;
        const double row = i < 2 ? 0 : size.height;
        x[i] = t[0] + column * t[1] + row * t[2];
        y[i] = t[3] + column * t[4] + row * t[5];
    }
    const auto [left, right] = std::minmax_element(x.begin(), x.end());
    const auto [bottom, top] = std::minmax_element(y.begin(), y.end());
    return {*left, *right, *bottom, *top};
}

std::string number(double value) {
    std::array<char, 40> text{};
    constexpr int digits = 8;
    const auto format = std::chars_format::general;
    char* const end = text.data() + text.size();
    return {text.data(), std::to_chars(text.data(), end, value, format, digits).ptr};
}

std::string in_words(const Spread& spread) {
    return "x " + number(spread.left) + " to " + number(spread.right) + ", y " +
           number(spread.bottom) + " to " + number(spread.top);
}

bool fits_degrees(const Spread& spread) {
    return std::max(std::abs(spread.left), std::abs(spread.right)) <= turn &&
           std::max(std::abs(spread.bottom), std::abs(spread.top)) <= pole;
}

/// A grid may reach beyond a pole by a part of its cell, and be counted on past a whole turn.
bool beyond_degrees(const Spread& spread, const std::array<double, 6>& t) {
    const double cell = std::max(1.0, std::abs(t[4]) + std::abs(t[5]));
    return std::max(std::abs(spread.bottom), std::abs(spread.top)) > pole + cell ||
           std::max(std::abs(spread.left), std::abs(spread.right)) > 1.5 * turn;
}

/// Web Mercator begins off the coast of Africa, a UTM zone 500 km west of its meridian: a raster
/// that lies within 360 metres of there and is meant so is not known.
bool begins_nowhere(std::string_view crs) {
    if (crs == "EPSG:3857") return true;
    const bool utm = crs.starts_with("EPSG:326") || crs.starts_with("EPSG:327");
    constexpr std::size_t length = 10;  // EPSG:32601
    return utm && crs.size() == length;
}

constexpr const char* remedy =
    ". Assign the system they are in, for instance with gdal_translate -a_srs ";

}  // namespace

Result<void> check_coordinates(const Georeference& place) {
    const Spread spread = spread_of(place.size, place.transform);
    const std::string system = place.crs.starts_with("EPSG:") ? place.crs : "its reference system";
    const std::string begin = "the raster's place on Earth is not usable: its coordinates are " +
                              in_words(spread) + ", but " + system;
    if (place.degrees && beyond_degrees(spread, place.transform))
        return source_broken(begin + " counts degrees: they are probably metres" + remedy +
                             "EPSG:326ZZ, ZZ being their UTM zone");
    if (!place.degrees && begins_nowhere(place.crs) && fits_degrees(spread))
        return source_broken(begin + " counts metres: they are probably degrees" + remedy +
                             "EPSG:4326");
    return {};
}

std::string doubt_about(const RasterDescription& raster) {
    const Spread spread = spread_of(raster.size, raster.transform);
    if (!fits_degrees(spread)) return {};
    // Degrees of any datum are those of WGS 84 to a thousandth.
    constexpr double shift = 0.05;
    const bool degrees = std::abs(raster.bounds.south - spread.bottom) < shift &&
                         std::abs(raster.bounds.north - spread.top) < shift;
    if (degrees) return {};
    return "its coordinates (" + in_words(spread) + ") look like degrees, but " + raster.crs_title +
           " does not count degrees; if it lies in a wrong place" +
           ", assign the right system, for instance with gdal_translate -a_srs EPSG:4326";
}

}  // namespace relief::source
