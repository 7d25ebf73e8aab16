#pragma once
// Which bands a picture shows when nobody says, and what told so.

#include "tiler/core/raster_description.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace relief::style {

struct BandChoice {
    enum class Why : std::uint8_t {
        single,   ///< no picture of three colours: its first band
        titles,   ///< their descriptions name red, green and blue, or a sensor's bands of them
        numbers,  ///< bare B2, B3 and B4, without B1: blue, green, red of Sentinel-2 and Landsat 8
        roles,    ///< the file gives them these colours
        unknown,  ///< nothing tells: the first three
    };
    std::vector<int> bands;  ///< 1-based: one, or red, green and blue
    Why why = Why::single;
};

/// Shape: one band, or three of imagery and continuous rasters that have so many; an alpha band
/// never. What the descriptions say goes before the colours of the file: writers of three bands
/// mark them red, green and blue whatever they hold.
BandChoice default_bands(const RasterDescription& raster);

/// For people, behind the bands: "as their names say".
std::string_view to_text(BandChoice::Why why) noexcept;

}  // namespace relief::style
