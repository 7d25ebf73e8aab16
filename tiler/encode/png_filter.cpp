#include "tiler/encode/png_filter.hpp"

#include "tiler/core/vectorised.hpp"

#include <algorithm>
#include <cstdlib>

namespace relief::encode {
namespace {

template <unsigned bits>
void pack(std::span<const std::uint8_t> indices, std::span<std::uint8_t> out) noexcept {
    constexpr std::size_t per_byte = 8 / bits;
    const std::size_t whole = indices.size() / per_byte;
    for (std::size_t i = 0; i < whole; ++i) {
        unsigned packed = 0;
        for (std::size_t j = 0; j < per_byte; ++j) {
            packed = (packed << bits) | indices[i * per_byte + j];
        }
        out[i] = static_cast<std::uint8_t>(packed);
    }
    const std::size_t rest = indices.size() - whole * per_byte;
    if (rest == 0) return;
    unsigned packed = 0;
    for (std::size_t j = 0; j < rest; ++j)
        packed = (packed << bits) | indices[whole * per_byte + j];
    out[whole] = static_cast<std::uint8_t>(packed << (bits * (per_byte - rest)));
}

}  // namespace

RELIEF_VECTORISED void filter_paeth(const PixelRow& pixels, std::span<std::uint8_t> out) noexcept {
    const std::size_t size = pixels.row.size();
    const std::size_t first = std::min(pixels.pixel_bytes, size);
    const std::uint8_t* const row = pixels.row.data();
    const std::uint8_t* const above = pixels.above.data();
    for (std::size_t i = 0; i < first; ++i) out[i] = static_cast<std::uint8_t>(row[i] - above[i]);

    // Restricted, 16 bits wide and without branches, so that the compiler makes vectors of it.
    std::uint8_t* __restrict const to = out.data() + first;
    const std::uint8_t* const at = row + first;
    const std::uint8_t* const up = above + first;
    for (std::size_t i = 0; i < size - first; ++i) {
        const std::int16_t a = row[i];
        const std::int16_t b = up[i];
        const std::int16_t c = above[i];
        const auto to_a = static_cast<std::int16_t>(std::abs(b - c));
        const auto to_b = static_cast<std::int16_t>(std::abs(a - c));
        const auto to_c = static_cast<std::int16_t>(std::abs(a + b - 2 * c));
        const std::int16_t b_or_c = to_b <= to_c ? b : c;
        const std::int16_t guess = to_a <= std::min(to_b, to_c) ? a : b_or_c;
        to[i] = static_cast<std::uint8_t>(at[i] - guess);
    }
}

void pack_indices(std::span<const std::uint8_t> indices,
                  IndexBits bits,
                  std::span<std::uint8_t> out) noexcept {
    switch (bits) {
        case IndexBits::one: return pack<1>(indices, out);
        case IndexBits::two: return pack<2>(indices, out);
        case IndexBits::four: return pack<4>(indices, out);
        case IndexBits::eight: std::copy(indices.begin(), indices.end(), out.begin());
    }
}

}  // namespace relief::encode
