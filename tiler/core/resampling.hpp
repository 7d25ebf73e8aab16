#pragma once
// How cells of a source become cells of a picture.

#include <cstdint>
#include <optional>
#include <string_view>

namespace relief {

enum class Resampling : std::uint8_t { nearest, bilinear, cubic, average, mode };

std::string_view to_text(Resampling method) noexcept;
std::optional<Resampling> parse_resampling(std::string_view text) noexcept;

/// What the numbers of a raster mean, which decides how it is averaged.
enum class RasterKind : std::uint8_t {
    imagery,      ///< colours or reflectances to look at: average, bilinear
    continuous,   ///< a measured quantity: average, bilinear
    categorical,  ///< class numbers: mode, nearest
    mask,         ///< yes/no (flood, burn, damage): covered fraction, average
    elevation,    ///< heights: average, bilinear
};

std::string_view to_text(RasterKind kind) noexcept;
std::optional<RasterKind> parse_raster_kind(std::string_view text) noexcept;

}  // namespace relief
