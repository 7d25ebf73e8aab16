#pragma once
// A WebP file from a picture.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"

namespace relief::encode {

/// `quality` 1 to 100; `effort` 0 to 6: slower and smaller.
struct WebpOptions {
    int quality = 75;
    int effort = 0;
};

/// Indexed and grey pictures are lossless; colour ones lossy with lossless alpha. The picture is
/// well formed, no side over 16383 pixels. Errors: too_busy without memory, source_broken when the
/// codec refuses for another reason.
Result<Bytes> write_webp(const Picture& picture, WebpOptions options);

}  // namespace relief::encode
