#include "tiler/canvas/quad_image.hpp"

#include "tiler/canvas/clip.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace relief::canvas {
namespace {

/// From pixels of the surface to the unit square of the image: (a x + b y + c) / (g x + h y + i).
class UnitSquare {
public:
    /// Source: P. Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, 2.2.3.
    static std::optional<UnitSquare> of(const std::array<Point, 4>& corners) noexcept {
        const auto x = [&](std::size_t i) { return static_cast<double>(corners.at(i).x); };
        const auto y = [&](std::size_t i) { return static_cast<double>(corners.at(i).y); };
        const double sum_x = x(0) - x(1) + x(2) - x(3);
        const double sum_y = y(0) - y(1) + y(2) - y(3);
        const double dx1 = x(1) - x(2);
        const double dx2 = x(3) - x(2);
        const double dy1 = y(1) - y(2);
        const double dy2 = y(3) - y(2);
        const double area = dx1 * dy2 - dx2 * dy1;
        if (!(std::abs(area) > 1e-9)) return std::nullopt;
        const double g = (sum_x * dy2 - dx2 * sum_y) / area;
        const double h = (dx1 * sum_y - sum_x * dy1) / area;
        const double a = x(1) - x(0) + g * x(1);
        const double b = x(3) - x(0) + h * x(3);
        const double d = y(1) - y(0) + g * y(1);
        const double e = y(3) - y(0) + h * y(3);
        // The adjugate of [a b x0; d e y0; g h 1], which is its inverse but for a factor.
        return UnitSquare({e - y(0) * h,
                           x(0) * h - b,
                           b * y(0) - x(0) * e,
                           y(0) * g - d,
                           a - x(0) * g,
                           x(0) * d - a * y(0),
                           d * h - e * g,
                           b * g - a * h,
                           a * e - b * d});
    }

    Point operator()(double x, double y) const noexcept {
        const auto& m = matrix_;
        const double by = 1 / (m[6] * x + m[7] * y + m[8]);
        return {static_cast<float>((m[0] * x + m[1] * y + m[2]) * by),
                static_cast<float>((m[3] * x + m[4] * y + m[5]) * by)};
    }

private:
    explicit UnitSquare(const std::array<double, 9>& matrix) : matrix_(matrix) {}
    std::array<double, 9> matrix_;
};

using Values = std::array<float, 4>;

Values nearest_at(const Surface& image, Point at) noexcept {
    const int x = std::clamp(static_cast<int>(std::floor(at.x)), 0, image.size().width - 1);
    const int y = std::clamp(static_cast<int>(std::floor(at.y)), 0, image.size().height - 1);
    const std::uint8_t* const pixel = image.row(y) + std::ptrdiff_t{x} * 4;
    Values values;
    for (std::size_t i = 0; i < 4; ++i) values[i] = static_cast<float>(pixel[i]);
    return values;
}

Values bilinear_at(const Surface& image, Point at) noexcept {
    const auto held = [](float value, int count) {
        return std::clamp(value - 0.5F, 0.0F, static_cast<float>(count - 1));
    };
    const float x = held(at.x, image.size().width);
    const float y = held(at.y, image.size().height);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const float right_share = x - static_cast<float>(left);
    const float lower_share = y - static_cast<float>(top);
    const std::ptrdiff_t right = left + 1 < image.size().width ? 4 : 0;
    const std::uint8_t* const above = image.row(top) + std::ptrdiff_t{left} * 4;
    const std::uint8_t* const below =
        image.row(std::min(top + 1, image.size().height - 1)) + std::ptrdiff_t{left} * 4;
    Values values;
    for (std::ptrdiff_t i = 0; i < 4; ++i) {
        const auto mix = [&](const std::uint8_t* row) {
            const auto one = static_cast<float>(row[i]);
            return one + (static_cast<float>(row[i + right]) - one) * right_share;
        };
        const float upper = mix(above);
        values[static_cast<std::size_t>(i)] = upper + (mix(below) - upper) * lower_share;
    }
    return values;
}

/// Premultiplied 0 to 255 in and out.
Ink changed(const Values& values, const ColourChange& change) noexcept {
    const float alpha = values[3] * change.opacity;
    Ink ink;
    ink[3] = rounded_byte(alpha);
    for (std::size_t i = 0; i < 3; ++i) {
        float value = values[i] * change.opacity;
        if (change.changes_colour && values[3] > 0) {
            const auto& row = change.rows.at(i);
            const float by = 1 / values[3];
            const float straight = row[0] * values[0] * by + row[1] * values[1] * by +
                                   row[2] * values[2] * by + row[3];
            value = std::clamp(straight, 0.0F, 1.0F) * alpha;
        }
        ink[i] = rounded_byte(std::min(value, alpha));
    }
    return ink;
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): an image, its place, and two ways to change it
void draw_quad_image(Surface& surface,
                     const Surface& image,
                     const std::array<Point, 4>& corners,
                     const ColourChange& change,
                     Sampling sampling) {
    if (image.size().width < 1 || image.size().height < 1) return;
    const auto unit = UnitSquare::of(corners);
    if (!unit) return;
    const Clip clip = Clip::inside(corners, surface.size());
    const auto width = static_cast<float>(image.size().width);
    const auto height = static_cast<float>(image.size().height);
    for (int y = clip.top(); y < clip.bottom(); ++y) {
        const Coverage::Extent extent = clip.extent(y);
        std::uint8_t* pixel = surface.row(y) + std::ptrdiff_t{extent.from} * 4;
        for (int x = extent.from; x < extent.to; ++x, pixel += 4) {
            const Point share = (*unit)(x + 0.5, y + 0.5);
            const Point at{share.x * width, share.y * height};
            const Ink ink =
                changed(sampling.nearest ? nearest_at(image, at) : bilinear_at(image, at), change);
            if (ink[3] != 0) put_over(pixel, ink);
        }
    }
}

Surface halved(const Surface& image) {
    const PixelSize size{(image.size().width + 1) / 2, (image.size().height + 1) / 2};
    Surface half(size);
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t* const above = image.row(2 * y);
        const std::uint8_t* const below = image.row(std::min(2 * y + 1, image.size().height - 1));
        std::uint8_t* to = half.row(y);
        for (int x = 0; x < size.width; ++x) {
            const std::ptrdiff_t left = std::ptrdiff_t{x} * 8;
            const std::ptrdiff_t right = 2 * x + 1 < image.size().width ? left + 4 : left;
            for (std::ptrdiff_t i = 0; i < 4; ++i)
                *to++ = static_cast<std::uint8_t>(
                    (above[left + i] + above[right + i] + below[left + i] + below[right + i] + 2) /
                    4);
        }
    }
    return half;
}

}  // namespace relief::canvas
