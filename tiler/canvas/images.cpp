#include "tiler/canvas/images.hpp"

#include "tiler/canvas/placement.hpp"

#include <cmath>

namespace relief::canvas {
namespace {

/// The four values around a point and how much they count.
struct Corners {
    int column;  ///< of the upper left one
    int row;
    float right;  ///< the right ones' share
    float lower;
};

Corners corners_of(Point at) noexcept {
    const float x = std::floor(at.x - 0.5F);
    const float y = std::floor(at.y - 0.5F);
    return {static_cast<int>(x), static_cast<int>(y), at.x - 0.5F - x, at.y - 0.5F - y};
}

/// One of the four, by its place from the upper left one.
struct Corner {
    int right;
    int lower;
    float share;
};

template <std::size_t channels, typename ValueAt>
std::array<float, channels> between(const Corners& corners, const ValueAt& value_at) noexcept {
    std::array<float, channels> sum{};
    const auto add = [&](Corner corner) {
        if (corner.share <= 0) return;
        const std::uint8_t* const value =
            value_at(corners.column + corner.right, corners.row + corner.lower);
        if (value == nullptr) return;
        for (std::size_t i = 0; i < channels; ++i)
            sum[i] += corner.share * static_cast<float>(value[i]);
    };
    add({0, 0, (1 - corners.right) * (1 - corners.lower)});
    add({1, 0, corners.right * (1 - corners.lower)});
    add({0, 1, (1 - corners.right) * corners.lower});
    add({1, 1, corners.right * corners.lower});
    return sum;
}

Ink ink_from(const std::array<float, 4>& values, float opacity) noexcept {
    Ink ink;
    for (std::size_t i = 0; i < 4; ++i)
        ink[i] = static_cast<std::uint8_t>(std::min(values[i] * opacity + 0.5F, 255.0F));
    return ink;
}

int wrapped(int value, int size) noexcept {
    const int rest = value % size;
    return rest < 0 ? rest + size : rest;
}

Point centre_of(int column, int row) noexcept {
    return {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
}

/// Calls `draw(pixel, where in the image)` for each of the surface's pixels that it may reach.
template <typename Draw>
void each_pixel(Surface& surface,
                PixelSize image,
                const Placement& placement,
                const Draw& draw) noexcept {
    const auto inverse = Inverse::of(placement);
    if (!inverse) return;
    const PixelBox box = reach_of(placement, image, surface.size());
    for (int y = box.top; y < box.bottom; ++y)
        for (int x = box.left; x < box.right; ++x)
            draw(surface.row(y) + std::ptrdiff_t{x} * 4, (*inverse)(centre_of(x, y)));
}

}  // namespace

void draw_image(Surface& surface,
                const Surface& image,
                const Placement& placement,
                float opacity) noexcept {
    const PixelSize size = image.size();
    const auto value_at = [&](int column, int row) -> const std::uint8_t* {
        const bool outside = column < 0 || row < 0 || column >= size.width || row >= size.height;
        return outside ? nullptr : image.row(row) + std::ptrdiff_t{column} * 4;
    };
    each_pixel(surface, size, placement, [&](std::uint8_t* pixel, Point at) {
        const Ink ink = ink_from(between<4>(corners_of(at), value_at), opacity);
        if (ink[3] != 0) put_over(pixel, ink);
    });
}

// NOLINTNEXTLINE(readability-function-size): as draw_image(), and what is covered
void paint_pattern(Surface& surface,
                   const Coverage& coverage,
                   const Surface& image,
                   const Placement& placement,
                   float opacity) noexcept {
    const auto inverse = Inverse::of(placement);
    const PixelSize size = image.size();
    if (!inverse || size.width < 1 || size.height < 1) return;
    const auto value_at = [&](int column, int row) {
        return image.row(wrapped(row, size.height)) +
               std::ptrdiff_t{wrapped(column, size.width)} * 4;
    };
    for (int y = coverage.top(); y < coverage.bottom(); ++y) {
        const auto [from, to] = coverage.extent(y);
        for (int x = from; x < to; ++x) {
            const std::uint8_t share = coverage.row(y)[x];
            if (share == 0) continue;
            const auto values = between<4>(corners_of((*inverse)(centre_of(x, y))), value_at);
            put_over(surface.row(y) + std::ptrdiff_t{x} * 4,
                     share_of(ink_from(values, opacity), share));
        }
    }
}

// NOLINTNEXTLINE(readability-function-size): as draw_image(), with an edge and its ink for opacity
void draw_distances(Surface& surface,
                    const DistanceField& field,
                    const Placement& placement,
                    DistanceEdge edge,
                    Ink ink) noexcept {
    const auto value_at = [&](int column, int row) -> const std::uint8_t* {
        const bool outside =
            column < 0 || row < 0 || column >= field.size.width || row >= field.size.height;
        return outside ? nullptr
                       : field.values.data() + static_cast<std::ptrdiff_t>(row) * field.size.width +
                             column;
    };
    each_pixel(surface, field.size, placement, [&](std::uint8_t* pixel, Point at) {
        const float value = between<1>(corners_of(at), value_at)[0] / 255;
        const float way = std::clamp((value - edge.edge + edge.soft) / (2 * edge.soft), 0.0F, 1.0F);
        const float share = way * way * (3 - 2 * way);
        if (share > 0) put_over(pixel, share_of(ink, rounded_byte(share * 255)));
    });
}

}  // namespace relief::canvas
