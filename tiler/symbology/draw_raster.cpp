#include "tiler/canvas/quad_image.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <cmath>
#include <numbers>

namespace relief::symbology {
namespace {

using Rows = std::array<std::array<float, 4>, 3>;

/// First `before`, then what `rows` says.
void follow(Rows& rows, const Rows& before) {
    Rows both{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 4; ++j) {
            both[i][j] = j == 3 ? rows[i][3] : 0;
            for (std::size_t k = 0; k < 3; ++k) both[i][j] += rows[i][k] * before[k][j];
        }
    rows = both;
}

/// Every channel alike: times `by`, plus `more`.
Rows stretched(float by, float more) {
    return {{{by, 0, 0, more}, {0, by, 0, more}, {0, 0, by, more}}};
}

/// A turn around the grey axis of the colour cube.
Rows hue_turned(double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle) * std::numbers::sqrt3;
    const auto a = static_cast<float>((2 * cosine + 1) / 3);
    const auto b = static_cast<float>((-sine - cosine + 1) / 3);
    const auto c = static_cast<float>((sine - cosine + 1) / 3);
    return {{{a, b, c, 0}, {c, a, b, 0}, {b, c, a, 0}}};
}

/// Away from the mean of the channels, or towards it.
Rows saturated(double by) {
    // 1 would be endless.
    const auto towards = static_cast<float>(by > 0 ? 1 - 1 / (1.001 - by) : -by);
    const float other = towards / 3;
    const float own = 1 - towards + other;
    return {{{own, other, other, 0}, {other, own, other, 0}, {other, other, own, 0}}};
}

Rows contrasted(double by) {
    const auto factor = static_cast<float>(by > 0 ? 1 / std::max(1 - by, 1e-3) : 1 + by);
    return stretched(factor, 0.5F - 0.5F * factor);
}

canvas::ColourChange change_of(const Brush& brush) {
    const auto value = [&](std::string_view name) {
        return number_in(brush.layer.value(name, brush.evaluation));
    };
    const double hue = value("raster-hue-rotate");
    const double saturation = value("raster-saturation");
    const double contrast = value("raster-contrast");
    const double darkest = value("raster-brightness-min");
    const double brightest = value("raster-brightness-max");
    canvas::ColourChange change;
    change.opacity = static_cast<float>(std::clamp(value("raster-opacity"), 0.0, 1.0));
    change.changes_colour =
        hue != 0 || saturation != 0 || contrast != 0 || darkest != 0 || brightest != 1;
    change.rows = stretched(static_cast<float>(brightest - darkest), static_cast<float>(darkest));
    follow(change.rows, contrasted(contrast));
    follow(change.rows, saturated(saturation));
    follow(change.rows, hue_turned(hue));
    return change;
}

/// How many pixels of the image come to lie in one of the picture, along the sharper side.
double shrinking(const canvas::Surface& image, const std::array<canvas::Point, 4>& corners) {
    const canvas::Point across = corners[1] - corners[0];
    const canvas::Point down = corners[3] - corners[0];
    const auto length = [](canvas::Point way) {
        return std::max(static_cast<double>(std::hypot(way.x, way.y)), 1e-3);
    };
    return std::min(image.size().width / length(across), image.size().height / length(down));
}

/// How often the image can be halved and still have a pixel for each of the picture.
int halvings(const canvas::Surface& image, const std::array<canvas::Point, 4>& corners) {
    const double by = shrinking(image, corners);
    return by >= 2 ? std::ilogb(by) : 0;
}

}  // namespace

void draw_raster(const Brush& brush) {
    const canvas::ColourChange change = change_of(brush);
    if (!(change.opacity > 0)) return;
    const bool nearest =
        name_in(brush.layer.value("raster-resampling", brush.evaluation)) == "nearest";
    for (const ImagePiece& piece : brush.data.images(brush.layer, brush.frame)) {
        std::array<canvas::Point, 4> corners;
        for (std::size_t i = 0; i < corners.size(); ++i)
            corners.at(i) = brush.frame.pixel_of(piece.corners.at(i));
        const canvas::Surface* image = piece.image.get();
        std::optional<canvas::Surface> smaller;
        // Bilinear sampling sees four pixels only: of more it would leave some out.
        for (int left = nearest ? 0 : halvings(*image, corners); left > 0; --left) {
            smaller = canvas::halved(*image);
            image = &*smaller;
        }
        canvas::draw_quad_image(brush.surface, *image, corners, change, {nearest});
    }
}

}  // namespace relief::symbology
