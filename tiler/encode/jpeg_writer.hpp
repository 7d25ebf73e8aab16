#pragma once
// A JPEG file from a picture, white where there is no data.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"

namespace relief::encode {

/// Grey pictures become grey files, others colour with 4:2:0; `quality` is 1 to 100. The picture is
/// well formed, no side over 65500 pixels.
/// Errors: too_busy when the codec cannot start, source_broken when it refuses the picture.
Result<Bytes> write_jpeg(const Picture& picture, int quality);

}  // namespace relief::encode
