#pragma once
// Shapes as bytes: counts and differences of coordinates as variable-length integers.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/vector/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::vector {

/// Where a shape's numbers count from, and how many low bits they leave out.
struct CodeFrame {
    std::int64_t left = 0;
    std::int64_t top = 0;
    unsigned shift = 0;  ///< coordinates are stored as step >> shift
    bool operator==(const CodeFrame&) const = default;
};

/// Shape: varint number of paths; for each: varint of 2 × points + hole, then for each point the
/// zigzag varints of the difference in x and y to the point before (the first: to the frame's
/// corner). Little-endian base 128, as in Protocol Buffers.
void append_shape(Bytes& bytes, const Shape& shape, const CodeFrame& frame);

/// Into `shape`, whose kind stays. Errors: source_broken when the bytes end early, are left over or
/// hold a coordinate far off the world.
Result<void> read_shape(std::span<const std::uint8_t> bytes, const CodeFrame& frame, Shape& shape);

}  // namespace relief::vector
