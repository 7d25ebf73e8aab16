#pragma once
// A PNG file from a picture, for tiles: one fixed filter and libdeflate.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"

namespace relief::encode {

/// The picture is well formed. `level`: libdeflate 1 to 12.
/// Errors: too_large when the compressed pixels fill more than one chunk can hold; too_busy without
///         memory.
/// Source: PNG specification (third edition); IHDR, PLTE, tRNS, IDAT, IEND and nothing else.
Result<Bytes> write_png(const Picture& picture, int level);

}  // namespace relief::encode
