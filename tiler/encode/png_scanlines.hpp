#pragma once
// The uncompressed inside of a PNG: filtered rows, and what IHDR says about them.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"

#include <cstdint>

namespace relief::encode {

/// Source: PNG specification, table 11.1.
enum class ColourType : std::uint8_t { grey = 0, rgb = 2, palette = 3, grey_alpha = 4, rgba = 6 };

struct Scanlines {
    ColourType colour_type = ColourType::grey;
    std::uint8_t depth = 8;  ///< bits a channel, or an index
    Bytes bytes;             ///< each row led by its filter type
    Palette palette;         ///< for ColourType::palette: entries up to the highest index in use
};

/// The smallest colour type that is true to the picture's form. The picture is well formed.
Scanlines scanlines_of(const Picture& picture);

}  // namespace relief::encode
