#pragma once
// Where an image comes to lie on a surface, and back.

#include "tiler/canvas/plane.hpp"

#include <cmath>
#include <optional>

namespace relief::canvas {

/// Units: pixels of an image to pixels of a surface:
/// x' = origin.x + x * across.x + y * down.x, and y' alike.
struct Placement {
    Point origin;           ///< where the image's upper left corner comes to lie
    Point across = {1, 0};  ///< one pixel to the right in the image
    Point down = {0, 1};    ///< one pixel downwards in the image

    Point operator()(Point at) const noexcept { return origin + across * at.x + down * at.y; }
};

/// From a surface's pixels back to an image's.
class Inverse {
public:
    static std::optional<Inverse> of(const Placement& placement) noexcept {
        const float area = cross(placement.across, placement.down);
        if (!(std::abs(area) > 1e-6F)) return std::nullopt;
        return Inverse(placement, 1 / area);
    }
    Point operator()(Point at) const noexcept {
        const Point way = at - placement_.origin;
        return {cross(way, placement_.down) * scale_, cross(placement_.across, way) * scale_};
    }

    /// How far in the image one pixel to the right of the surface is.
    Point step_across() const noexcept {
        return {placement_.down.y * scale_, -placement_.across.y * scale_};
    }

private:
    Inverse(const Placement& placement, float scale) : placement_(placement), scale_(scale) {}
    Placement placement_;
    float scale_;
};

/// Columns [left, right) of rows [top, bottom).
struct PixelBox {
    int left;
    int top;
    int right;
    int bottom;
};

/// The surface's pixels that an image of the size may reach, with a pixel around it.
inline PixelBox reach_of(const Placement& placement, PixelSize image, PixelSize surface) noexcept {
    const auto width = static_cast<float>(image.width);
    const auto height = static_cast<float>(image.height);
    Point low = placement({0, 0});
    Point high = low;
    for (const Point corner : {Point{width, 0}, Point{0, height}, Point{width, height}}) {
        const Point at = placement(corner);
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
    }
    const Point pad{1 + std::abs(placement.across.x) + std::abs(placement.down.x),
                    1 + std::abs(placement.across.y) + std::abs(placement.down.y)};
    const auto held = [](float value, int end) {
        return static_cast<int>(std::clamp(std::floor(value), 0.0F, static_cast<float>(end)));
    };
    return {held(low.x - pad.x, surface.width),
            held(low.y - pad.y, surface.height),
            held(high.x + pad.x + 1, surface.width),
            held(high.y + pad.y + 1, surface.height)};
}

}  // namespace relief::canvas
