#include "tiler/vector/hilbert.hpp"

#include <utility>

namespace relief::vector {

std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) noexcept {
    std::uint64_t number = 0;
    for (std::uint32_t bit = 1U << 31U; bit != 0; bit >>= 1U) {
        const bool right = (x & bit) != 0;
        const bool down = (y & bit) != 0;
        number = (number << 2U) | (right ? (down ? 2U : 3U) : (down ? 1U : 0U));
        // Only the bits below matter from here on: complementing all of them does no harm.
        if (!down) {
            if (right) {
                x = ~x;
                y = ~y;
            }
            std::swap(x, y);
        }
    }
    return number;
}

std::uint32_t reversed(std::uint32_t bits) noexcept {
    std::uint32_t result = 0;
    for (int i = 0; i < 32; ++i) {
        result = (result << 1U) | (bits & 1U);
        bits >>= 1U;
    }
    return result;
}

}  // namespace relief::vector
