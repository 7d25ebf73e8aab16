#pragma once
// Which band of a file holds which part of the spectrum, where the file says so.

#include "tiler/core/raster_description.hpp"

#include <cstdint>
#include <string_view>

namespace relief::style {

/// What an algorithm wants of a band. `height` and `any` are not told by a spectrum.
enum class SpectralBand : std::uint8_t { any, height, blue, green, red, nir, swir1, swir2 };

/// For people: "near infrared".
std::string_view to_text(SpectralBand band) noexcept;

/// The band's number (1-based) by its description: a word ("green", "NIR", "swir16"), a Sentinel-2
/// name (B3 or B03, where B8A, B08 or B12 in the same file tells the sensor) or a Landsat 8/9 name
/// (SR_B4, where SR_B6 does); else by the colour that the file gives it. 0 when nothing says so:
/// bare names B1 to B7 mean other bands on each sensor.
int find_spectral_band(const RasterDescription& raster, SpectralBand wanted);

/// The same by the description alone, whatever colour the file gives the band.
int find_titled_band(const RasterDescription& raster, SpectralBand wanted);

/// The first band whose description has the word "B<number>" (B4 or B04). 0: none.
int find_numbered_band(const RasterDescription& raster, int number);

/// The first band with the role. 0: none.
int find_band_with(const RasterDescription& raster, BandRole role);

}  // namespace relief::style
