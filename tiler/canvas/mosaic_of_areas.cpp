#include "tiler/canvas/mosaic_of_areas.hpp"

#include <algorithm>
#include <cstring>

namespace relief::canvas {
namespace {

bool is_clear(const std::uint8_t* pixel) noexcept {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, pixel, 4);
    return bytes == 0;
}

/// Lays a share of the ink on a pixel of which `covered` is taken, and says how much is taken then.
std::uint8_t lay(std::uint8_t* pixel, const Ink& ink, std::uint32_t share, std::uint8_t covered) {
    const std::uint32_t free = 255U - covered;
    const std::uint32_t on_top = share > free ? share - free : 0;
    // Of what is there, the part under the area is hidden as far as the ink is opaque.
    const std::uint32_t hidden = covered == 0 ? 0 : scaled(ink[3], on_top * 255U / covered);
    const Ink part = share_of(ink, share);
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint32_t sum = part[i] + scaled(pixel[i], 255U - hidden);
        pixel[i] = static_cast<std::uint8_t>(std::min(sum, 255U));
    }
    return static_cast<std::uint8_t>(std::min(covered + share, 255U));
}

}  // namespace

void MosaicOfAreas::paint(const Coverage& coverage, Ink ink) noexcept {
    const auto width = static_cast<std::size_t>(surface_.size().width);
    for (int y = coverage.top(); y < coverage.bottom(); ++y) {
        const auto [from, to] = coverage.extent(y);
        const std::uint8_t* const shares = coverage.row(y);
        std::uint8_t* const covered = covered_.data() + static_cast<std::size_t>(y) * width;
        std::uint8_t* pixel = surface_.row(y) + std::ptrdiff_t{from} * 4;
        for (int x = from; x < to; ++x, pixel += 4) {
            if (shares[x] == 0) continue;
            // Nearly all of an area: what lay() would do, without its products.
            if (shares[x] == 255 && covered[x] == 0 && is_clear(pixel)) {
                std::copy(ink.begin(), ink.end(), pixel);
                covered[x] = 255;
            } else {
                covered[x] = lay(pixel, ink, shares[x], covered[x]);
            }
        }
    }
}

}  // namespace relief::canvas
