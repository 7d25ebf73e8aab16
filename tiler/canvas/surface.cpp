#include "tiler/canvas/surface.hpp"

#include <algorithm>
#include <cmath>

namespace relief::canvas {

Ink ink_of(Colour colour, float opacity) noexcept {
    const float alpha = static_cast<float>(colour.alpha) / 255 * std::clamp(opacity, 0.0F, 1.0F);
    const auto part = [&](std::uint8_t value) {
        return static_cast<std::uint8_t>(std::lround(static_cast<float>(value) * alpha));
    };
    return {part(colour.red), part(colour.green), part(colour.blue), part(255)};
}

void Surface::flood(Ink ink) noexcept {
    for (std::size_t at = 0; at + 4 <= bytes_.size(); at += 4) put_over(bytes_.data() + at, ink);
}

void Surface::paint(const Coverage& coverage, Ink ink) noexcept {
    for (int y = coverage.top(); y < coverage.bottom(); ++y) {
        const auto [from, to] = coverage.extent(y);
        const std::uint8_t* const shares = coverage.row(y);
        std::uint8_t* pixel = row(y) + std::ptrdiff_t{from} * 4;
        for (int x = from; x < to; ++x, pixel += 4) {
            if (shares[x] == 0) continue;
            put_over(pixel, shares[x] == 255 ? ink : share_of(ink, shares[x]));
        }
    }
}

void Surface::compose(const Surface& above, float opacity) noexcept {
    const auto share =
        static_cast<std::uint32_t>(std::lround(std::clamp(opacity, 0.0F, 1.0F) * 255));
    const std::size_t width =
        4 * static_cast<std::size_t>(std::min(size_.width, above.size_.width));
    for (int y = 0; y < std::min(size_.height, above.size_.height); ++y) {
        std::uint8_t* const to = row(y);
        const std::uint8_t* const from = above.row(y);
        for (std::size_t at = 0; at < width; at += 4) {
            if (from[at + 3] == 0) continue;
            const Ink ink{from[at], from[at + 1], from[at + 2], from[at + 3]};
            put_over(to + at, share == 255 ? ink : share_of(ink, share));
        }
    }
}

}  // namespace relief::canvas
