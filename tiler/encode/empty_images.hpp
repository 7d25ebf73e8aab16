#pragma once
// The images that show nothing, encoded once and shared by every answer without data.

#include "tiler/core/boxes.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/encode/encode.hpp"

#include <vector>

namespace relief::encode {

/// Fully transparent pictures (white in JPEG). Immutable once made: any number of threads may ask.
class EmptyImages {
public:
    /// Keeps the tile sizes, 256 × 256 and 512 × 512, in every format.
    EmptyImages();

    /// Mask:   `automatic` is PNG, as nothing is not opaque.
    /// Errors: as `encode`. A size that is not kept is encoded anew at each call.
    Result<SharedBytes> of(ImageFormat format, PixelSize size) const;

private:
    struct Kept {
        ImageFormat format;
        PixelSize size;
        SharedBytes bytes;
    };
    std::vector<Kept> kept_;
};

}  // namespace relief::encode
