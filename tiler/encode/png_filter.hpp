#pragma once
// What happens to one PNG row before compression.

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::encode {

struct PixelRow {
    std::span<const std::uint8_t> row;
    std::span<const std::uint8_t> above;  ///< as long as row; zeros above the first row
    std::size_t pixel_bytes = 1;          ///< 1 to 4
};

/// Filter type 4: each byte minus its best neighbour of left, above and above left.
/// Shape:  out is as long as the row.
/// Source: PNG specification (third edition) 9.2 and 9.4.
void filter_paeth(const PixelRow& pixels, std::span<std::uint8_t> out) noexcept;

/// Bits of one palette index in a file.
enum class IndexBits : std::uint8_t { one = 1, two = 2, four = 4, eight = 8 };

/// The fewest bits that hold the index.
constexpr IndexBits bits_for(std::uint8_t highest_index) noexcept {
    if (highest_index < 2) return IndexBits::one;
    if (highest_index < 4) return IndexBits::two;
    return highest_index < 16 ? IndexBits::four : IndexBits::eight;
}

/// Shape:  the leftmost index stands in the highest bits; the last byte is filled with zeros.
///         out has ⌈indices · bits / 8⌉ bytes.
/// Source: PNG specification 7.2.
void pack_indices(std::span<const std::uint8_t> indices,
                  IndexBits bits,
                  std::span<std::uint8_t> out) noexcept;

}  // namespace relief::encode
