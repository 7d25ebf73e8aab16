#pragma once
// Pixels ready to be encoded; of rasters the style chose their form, of drawings the encoder may
// find that their colours are few.

#include "tiler/core/boxes.hpp"
#include "tiler/core/colour.hpp"

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace relief {

/// Indices into a palette of at most 256 straight colours.
struct IndexedPixels {
    std::vector<std::uint8_t> indices;
    std::shared_ptr<const Palette> palette;
};

/// Grey levels, premultiplied; alpha is empty when every pixel is opaque.
struct GreyPixels {
    std::vector<std::uint8_t> values;
    std::vector<std::uint8_t> alpha;
};

/// Premultiplied red, green, blue, alpha, four bytes a pixel. `opaque`: every alpha is 255.
struct RgbaPixels {
    std::vector<std::uint8_t> values;
    bool opaque = false;
};

/// Shape: size.width × size.height pixels, row 0 is the northern (upper) edge.
/// `empty` says that no pixel shows anything: such pictures share one encoded constant.
struct Picture {
    PixelSize size;
    std::variant<IndexedPixels, GreyPixels, RgbaPixels> pixels;
    bool empty = false;
};

}  // namespace relief
