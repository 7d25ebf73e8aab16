#pragma once
// The bytes of an image file to pixels.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::decode {

struct ImageLimits {
    std::size_t bytes = std::size_t{64} << 20U;
    std::size_t pixels = std::size_t{1} << 26U;  ///< as large as 8192 × 8192
};

/// PNG, JPEG and WebP, told by their first bytes, whatever the file is called.
/// Shape:  premultiplied; deeper channels are rounded to 8 bits, palettes and greys become colours.
/// Errors: too_large beyond a limit, before a pixel is read; bad_request for other or broken files.
Result<canvas::Surface> decode_image(std::span<const std::uint8_t> bytes,
                                     const ImageLimits& limits = {});

/// The same without premultiplying: for colours that are numbers, as heights are.
Result<canvas::Surface> decode_numbers(std::span<const std::uint8_t> bytes,
                                       const ImageLimits& limits = {});

}  // namespace relief::decode
