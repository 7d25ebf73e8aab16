#include "tiler/canvas/disc.hpp"

#include <cmath>

namespace relief::canvas {
namespace {

float smooth(float share) noexcept {
    const float held = std::clamp(share, 0.0F, 1.0F);
    return held * held * (3 - 2 * held);
}

/// Where the disc lies along one axis.
struct Stretch {
    float from;
    float to;
};

/// The pixels that it touches, of as many as there are.
Coverage::Extent touched_by(Stretch stretch, int count) noexcept {
    const auto end = static_cast<float>(count);
    return {static_cast<int>(std::clamp(std::floor(stretch.from), 0.0F, end)),
            static_cast<int>(std::clamp(std::ceil(stretch.to), 0.0F, end))};
}

Ink mixed(const Disc& disc, float share, float rim) noexcept {
    Ink ink;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto fill = static_cast<float>(disc.fill[i]);
        const auto edge = static_cast<float>(disc.rim_ink[i]);
        ink[i] = rounded_byte(share * (fill + (edge - fill) * rim));
    }
    return ink;
}

}  // namespace

void draw_disc(Surface& surface, Point middle, const Disc& disc) noexcept {
    const float whole = disc.radius + disc.rim;
    if (!(whole > 0) || !std::isfinite(whole + middle.x + middle.y)) return;
    const float fade = std::max(disc.blur, 1 / whole);
    const bool has_rim = disc.rim >= 0.01F;
    const float inner = disc.radius / whole;
    // Nearer to the middle than this all is fill: no root and no mixing there.
    const float plain = std::max((has_rim ? inner : 1.0F) - fade, 0.0F);
    const auto rows = touched_by({middle.y - whole, middle.y + whole}, surface.size().height);
    const auto columns = touched_by({middle.x - whole, middle.x + whole}, surface.size().width);
    for (int y = rows.from; y < rows.to; ++y) {
        const float down = (static_cast<float>(y) + 0.5F - middle.y) / whole;
        std::uint8_t* pixel = surface.row(y) + std::ptrdiff_t{columns.from} * 4;
        for (int x = columns.from; x < columns.to; ++x, pixel += 4) {
            const float across = (static_cast<float>(x) + 0.5F - middle.x) / whole;
            const float square = across * across + down * down;
            if (square >= 1) continue;
            if (square < plain * plain) {
                put_over(pixel, disc.fill);
                continue;
            }
            const float distance = std::sqrt(square);
            const float share = smooth((1 - distance) / fade);
            const float rim = has_rim ? smooth((distance - inner + fade) / fade) : 0;
            put_over(pixel, mixed(disc, share, rim));
        }
    }
}

}  // namespace relief::canvas
