#pragma once
// A drawing of few colours as a palette picture: a quarter of the bytes to compress.

#include "tiler/core/picture.hpp"

#include <optional>

namespace relief::encode {

/// Shape: as many pixels; the palette straight, its opaque colours last. Nothing when the picture
///        has more colours than a palette can stand for.
/// Up to 256 colours stay as they are. Of more, each that is rare (the softened edges of a drawing)
/// may be shown by one that is at most 3 of 255 away from it in every premultiplied channel, alpha
/// included; those that are not rare stay as they are.
std::optional<IndexedPixels> few_colours(const RgbaPixels& pixels);

}  // namespace relief::encode
