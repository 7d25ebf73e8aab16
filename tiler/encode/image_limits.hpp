#pragma once
// How large an image of each format may be.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/encode/encode.hpp"

namespace relief::encode {

/// Errors: bad_request when a side is under 1 pixel; too_large as `encode` says.
Result<void> check_size(PixelSize size, ImageFormat format);

}  // namespace relief::encode
