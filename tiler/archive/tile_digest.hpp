#pragma once
// A name for a tile's bytes, so that equal tiles are stored once.

#include "tiler/core/bytes.hpp"

#include <string>

namespace relief::archive {

/// 32 hexadecimal digits; equal for equal bytes. By accident two tiles of 10^12 share one with a
/// chance of 10^-15. Source: XXH3, 128 bits.
std::string digest_of(const Bytes& bytes);

}  // namespace relief::archive
