#pragma once
// A colour and a palette of colours, straight (not premultiplied) alpha.

#include <cstdint>
#include <vector>

namespace relief {

/// sRGB, 8 bit each; alpha 0 is transparent, 255 opaque; straight alpha.
struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    bool operator==(const Colour&) const = default;
};

inline constexpr Colour transparent{0, 0, 0, 0};

/// Shape: 1 to 256 entries; a picture's index points into it.
using Palette = std::vector<Colour>;

}  // namespace relief
