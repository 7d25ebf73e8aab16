#include "tiler/canvas/quad_image.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/hillshade.hpp"
#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string_view>
#include <vector>

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

canvas::Ink shade_ink(const Shade& shade) {
    canvas::Ink ink;
    for (std::size_t i = 0; i < 4; ++i)
        ink.at(i) = static_cast<std::uint8_t>(std::lround(std::clamp(shade.at(i), 0.0, 1.0) * 255));
    return ink;
}

/// What a property says of each light: one value is a list of one.
std::vector<double> angles_of(const expression::Value& value) {
    std::vector<double> angles;
    for (const double degrees : numbers_in(value)) angles.push_back(degrees * pi / 180);
    if (angles.empty()) angles.push_back(number_in(value) * pi / 180);
    return angles;
}
std::vector<Shade> shades_of(const expression::Value& value) {
    std::vector<Shade> shades;
    for (const expression::Rgba& color : value.colors()) shades.push_back(shade_of(color));
    if (shades.empty()) shades.push_back(shade_of(value.as_color()));
    return shades;
}

/// The last of a shorter list holds for all further lights.
template <typename Item>
const Item& held(const std::vector<Item>& items, std::size_t i) {
    return items[std::min(i, items.size() - 1)];
}

Hillshade hillshade_of(const Brush& brush) {
    const auto value = [&](std::string_view name) {
        return brush.layer.value(name, brush.evaluation);
    };
    Hillshade shade;
    shade.method = hillshade_method(name_in(value("hillshade-method")));
    shade.exaggeration = number_in(value("hillshade-exaggeration"));
    shade.accent = shade_of(value("hillshade-accent-color").as_color());
    const auto directions = angles_of(value("hillshade-illumination-direction"));
    const auto altitudes = angles_of(value("hillshade-illumination-altitude"));
    const auto shadows = shades_of(value("hillshade-shadow-color"));
    const auto highlights = shades_of(value("hillshade-highlight-color"));
    const bool with_view = name_in(value("hillshade-illumination-anchor")) == "viewport";
    const double turn = with_view ? brush.frame.view().bearing * pi / 180 : 0;
    const std::size_t count =
        std::max({directions.size(), altitudes.size(), shadows.size(), highlights.size()});
    for (std::size_t i = 0; i < count; ++i)
        shade.lights.push_back({held(directions, i) + turn,
                                held(altitudes, i),
                                held(shadows, i),
                                held(highlights, i)});
    return shade;
}

/// B. Horn, "Hill shading and the reflectance map", Proceedings of the IEEE 69 (1), 1981; steeper
/// at small scales, as the reference renderer's.
Rise gradient_of(const HeightPiece& piece, int x, int y) {
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
    const auto bounded = [&](double value) { return std::clamp(value * by, -4.0, 4.0) * stretch; };
    return {bounded(across), bounded(down)};
}

}  // namespace

void draw_hillshade(const Brush& brush) {
    const Hillshade shade = hillshade_of(brush);
    draw_cells(brush, [&](const HeightPiece& piece, int x, int y) {
        const Rise rise = gradient_of(piece, x, y);
        if (!std::isfinite(rise.across + rise.down)) return canvas::Ink{};
        return shade_ink(shade(rise));
    });
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
