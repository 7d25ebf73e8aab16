#include "tiler/canvas/quad_image.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace relief::symbology {
namespace {

constexpr double pi = std::numbers::pi;

/// Draws one colour a cell of each tile.
template <typename InkOf>
void draw_cells(const Brush& brush, const InkOf& ink_of_cell) {
    for (const HeightPiece& piece : brush.data.heights(brush.layer, brush.frame)) {
        const PixelSize size = piece.heights->size;
        canvas::Surface image(size);
        for (int y = 0; y < size.height; ++y) {
            std::uint8_t* pixel = image.row(y);
            for (int x = 0; x < size.width; ++x, pixel += 4) {
                const canvas::Ink ink = ink_of_cell(piece, x, y);
                std::copy(ink.begin(), ink.end(), pixel);
            }
        }
        canvas::draw_quad_image(brush.surface, image, brush.frame.corners_of(piece.square), {}, {});
    }
}

/// Premultiplied, 0 to 1.
using Shade = std::array<double, 4>;

Shade shade_of(const expression::Rgba& color) {
    return {
        color.red * color.alpha, color.green * color.alpha, color.blue * color.alpha, color.alpha};
}

/// Of several lights the first: the others belong to the multidirectional method.
double first_number(const expression::Value& value) {
    return value.numbers().empty() ? number_in(value) : value.numbers().front();
}
expression::Rgba first_color(const expression::Value& value) {
    return value.colors().empty() ? value.as_color() : value.colors().front();
}

canvas::Ink shade_ink(const Shade& shade) {
    canvas::Ink ink;
    for (std::size_t i = 0; i < 4; ++i)
        ink.at(i) = static_cast<std::uint8_t>(std::lround(std::clamp(shade.at(i), 0.0, 1.0) * 255));
    return ink;
}

/// Shaded relief as the reference renderer's "standard" method draws it: steeper slopes at small
/// scales, so that there is something to see.
class Hillshade {
public:
    explicit Hillshade(const Brush& brush)
        : exaggeration_(number_in(value(brush, "hillshade-exaggeration"))),
          azimuth_(first_number(value(brush, "hillshade-illumination-direction")) * pi / 180 + pi),
          shadow_(shade_of(first_color(value(brush, "hillshade-shadow-color")))),
          highlight_(shade_of(first_color(value(brush, "hillshade-highlight-color")))),
          accent_(shade_of(value(brush, "hillshade-accent-color").as_color())) {
        if (name_in(value(brush, "hillshade-illumination-anchor")) == "viewport")
            azimuth_ += brush.frame.view().bearing * pi / 180;
    }

    canvas::Ink operator()(const HeightPiece& piece, int x, int y) const {
        const auto [across, down] = derivative(piece, x, y);
        if (!std::isfinite(across + down)) return {};
        const double slope = std::atan(0.625 * std::hypot(across, down));
        const double aspect =
            across != 0 ? std::atan2(down, -across) : pi / 2 * (down > 0 ? 1 : -1);
        const double base = 1.875 - exaggeration_ * 1.75;
        constexpr double steepest = pi / 2;
        const double scaled = exaggeration_ == 0.5 ? slope
                                                   : (std::pow(base, slope) - 1) /
                                                         (std::pow(base, steepest) - 1) * steepest;
        const double strength = std::clamp(exaggeration_ * 2, 0.0, 1.0);
        const double turn = (aspect + azimuth_) / pi + 0.5;
        const double light = std::abs(turn - 2 * std::floor(turn / 2) - 1);
        Shade out{};
        const double shade_alpha = mixed(3, light) * std::sin(scaled) * strength;
        for (std::size_t i = 0; i < 4; ++i)
            out.at(i) = accent_.at(i) * (1 - std::cos(scaled)) * strength * (1 - shade_alpha) +
                        mixed(i, light) * std::sin(scaled) * strength;
        return shade_ink(out);
    }

private:
    static expression::Value value(const Brush& brush, std::string_view name) {
        return brush.layer.value(name, brush.evaluation);
    }

    double mixed(std::size_t i, double light) const {
        return shadow_.at(i) + (highlight_.at(i) - shadow_.at(i)) * light;
    }

    struct Derivative {
        double across;
        double down;
    };

    /// B. Horn, "Hill shading and the reflectance map", Proceedings of the IEEE 69 (1), 1981.
    static Derivative derivative(const HeightPiece& piece, int x, int y) {
        const HeightField& heights = *piece.heights;
        const auto at = [&](int right, int below) {
            return static_cast<double>(heights.at(x + right, y + below));
        };
        const double across =
            at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
        const double down =
            at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
        const auto zoom = static_cast<double>(piece.square.tile.zoom());
        const double factor = zoom < 2 ? 0.4 : zoom < 4.5 ? 0.35 : 0.3;
        const double more = zoom < 15 ? (zoom - 15) * factor : 0;
        // 2^28.2562 is eight times the equator's length in metres.
        const double by = heights.size.width / std::exp2(more + 28.2562 - zoom);
        const double row = (y + 0.5) / heights.size.height + piece.square.tile.row();
        const double north = pi * (1 - 2 * row / std::exp2(zoom));
        const double stretch = std::cosh(north);  // 1 / cos(latitude)
        const auto held = [&](double value) { return std::clamp(value * by, -4.0, 4.0) * stretch; };
        return {held(across), held(down)};
    }

    double exaggeration_;
    double azimuth_;
    Shade shadow_;
    Shade highlight_;
    Shade accent_;
};

}  // namespace

void draw_hillshade(const Brush& brush) {
    draw_cells(brush, Hillshade(brush));
}

void draw_color_relief(const Brush& brush) {
    const double opacity = number_in(brush.layer.value("color-relief-opacity", brush.evaluation));
    expression::Evaluation with = brush.evaluation;
    with.scratch = &brush.of_feature;
    float last = std::numeric_limits<float>::quiet_NaN();
    canvas::Ink ink{};
    draw_cells(brush, [&](const HeightPiece& piece, int x, int y) {
        const float height = piece.heights->at(x, y);
        if (std::isnan(height)) return canvas::Ink{};
        if (height == last) return ink;
        last = height;
        brush.of_feature.clear();
        with.elevation = static_cast<double>(height);
        ink = symbology::ink_of(brush.layer.value("color-relief-color", with).as_color(), opacity);
        return ink;
    });
}

}  // namespace relief::symbology
