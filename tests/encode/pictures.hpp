#pragma once
// Pictures for the tests, and what they show as straight RGBA.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"

#include <cstddef>
#include <cstdint>

namespace relief::encode {

constexpr std::size_t area(PixelSize size) {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

struct PaletteSize {
    std::size_t colours = 1;
};

/// Every colour of a palette of distinct colours, each third one partly transparent; the last index
/// is in use when there are pixels enough.
Picture indexed_picture(PixelSize size, PaletteSize palette);

enum class Alpha : std::uint8_t { opaque, edges };

/// A smooth field with noise; `edges`: alpha falls from 255 at the left to 0 at the right.
Picture grey_picture(PixelSize size, Alpha alpha);
Picture colour_picture(PixelSize size, Alpha alpha);

/// Nothing anywhere.
Picture transparent_colour_picture(PixelSize size);

/// Straight RGBA of an indexed picture, exactly.
Bytes shown_by(const IndexedPixels& pixels);
/// Premultiplied RGBA.
Bytes shown_by(const GreyPixels& pixels);

/// Straight RGBA to premultiplied, each level rounded.
Bytes premultiplied(Bytes rgba);

/// The largest difference of two bytes at one place; 256 when the lengths differ.
int largest_difference(const Bytes& one, const Bytes& other);

}  // namespace relief::encode
