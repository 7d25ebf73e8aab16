#pragma once
// One number for a place, such that near numbers mean near places.

#include <cstdint>

namespace relief::vector {

/// Along the Hilbert curve of 2^32 × 2^32 cells. The places of one tile of any zoom have
/// consecutive numbers: their first 2 × zoom bits are equal. Source: D. Hilbert 1891; the rotation
/// form as in Wikipedia's "Hilbert curve" (xy2d).
std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) noexcept;

/// Bits in reverse order: counting up, the results fall evenly between those before (J. G. van der
/// Corput 1935).
std::uint32_t reversed(std::uint32_t bits) noexcept;

}  // namespace relief::vector
