#include "tiler/source/kind_choice.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace relief::source {
namespace {

// A band of small whole numbers with no more values than this is a class map, not a quantity.
constexpr std::uint64_t most_classes = 12;
constexpr double largest_class = 31;
// A palette without colours (they were lost on the way) still says that the numbers are classes.
constexpr std::uint64_t most_palette_classes = 256;

bool names_heights(const RasterDescription& raster) {
    const BandDescription& band = raster.bands.front();
    const std::string_view unit = band.unit;
    const bool metric =
        unit == "m" || unit == "metre" || unit == "meter" || unit == "ft" || unit.empty();
    std::string words = band.title;
    std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    const bool said = words.find("elevation") != std::string::npos ||
                      words.find("height") != std::string::npos ||
                      words.find("dem") != std::string::npos;
    return metric && said;
}

bool is_integer(ValueType type) noexcept {
    return type != ValueType::f32 && type != ValueType::f64;
}

/// Yes/no or classes, when the numbers of a single band of integers say so.
std::optional<RasterKind> kind_of_numbers(const BandDescription& band, std::uint64_t distinct) {
    if (!band.statistics || distinct == 0) return std::nullopt;
    const double low = band.statistics->minimum;
    const double high = band.statistics->maximum;
    // Covered fractions are scaled to 1, which is not exact in binary.
    if (distinct <= 2 && low >= 0 && std::abs(high - 1) < 1e-9) return RasterKind::mask;
    const bool plain = band.scale == 1 && band.offset == 0;
    const bool classes =
        plain && distinct >= 2 && distinct <= most_classes && low >= -1 && high <= largest_class;
    const bool palette = band.role == BandRole::palette && distinct <= most_palette_classes;
    return classes || palette ? std::optional(RasterKind::categorical) : std::nullopt;
}

}  // namespace

RasterKind kind_of(const RasterDescription& raster, std::uint64_t distinct) {
    if (!raster.palette.empty()) return RasterKind::categorical;
    if (raster.bands.size() >= 3) return RasterKind::imagery;
    if (names_heights(raster)) return RasterKind::elevation;
    if (raster.bands.size() == 1 && is_integer(raster.bands.front().type)) {
        if (const auto kind = kind_of_numbers(raster.bands.front(), distinct)) return *kind;
    }
    return raster.bands.front().type == ValueType::u8 ? RasterKind::imagery
                                                      : RasterKind::continuous;
}

}  // namespace relief::source
