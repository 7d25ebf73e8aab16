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

}  // namespace

void draw_disc(Surface& surface, Point middle, const Disc& disc) noexcept {
    const float whole = disc.radius + disc.rim;
    if (!(whole > 0) || !std::isfinite(whole + middle.x + middle.y)) return;
    const float fade = std::max(disc.blur, 1 / whole);
    const float inner = disc.radius / whole;
    const auto rows = touched_by({middle.y - whole, middle.y + whole}, surface.size().height);
    const auto columns = touched_by({middle.x - whole, middle.x + whole}, surface.size().width);
    for (int y = rows.from; y < rows.to; ++y) {
        const float down = (static_cast<float>(y) + 0.5F - middle.y) / whole;
        std::uint8_t* pixel = surface.row(y) + std::ptrdiff_t{columns.from} * 4;
        for (int x = columns.from; x < columns.to; ++x, pixel += 4) {
            const float across = (static_cast<float>(x) + 0.5F - middle.x) / whole;
            const float distance = std::sqrt(across * across + down * down);
            if (distance >= 1) continue;
            const float share = smooth((1 - distance) / fade);
            const float rim = disc.rim < 0.01F ? 0 : smooth((distance - inner + fade) / fade);
            Ink ink;
            for (std::size_t i = 0; i < 4; ++i) {
                const auto fill = static_cast<float>(disc.fill[i]);
                const auto edge = static_cast<float>(disc.rim_ink[i]);
                ink[i] = rounded_byte(share * (fill + (edge - fill) * rim));
            }
            put_over(pixel, ink);
        }
    }
}

}  // namespace relief::canvas
