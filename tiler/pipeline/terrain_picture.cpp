#include "tiler/pipeline/terrain_picture.hpp"

#include "tiler/geo/ground_scale.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/render/contours.hpp"
#include "tiler/render/height_colours.hpp"
#include "tiler/render/paint.hpp"
#include "tiler/render/terrain.hpp"
#include "tiler/style/contour_style.hpp"

#include <cassert>
#include <cmath>
#include <utility>

namespace relief::pipeline {
namespace {

render::Ground ground_of(const PictureOrder& order) {
    const double across = (order.box.right - order.box.left) / order.size.width;
    const double down = (order.box.top - order.box.bottom) / order.size.height;
    render::Ground ground;
    for (int row = 0; row < order.size.height; ++row) {
        const auto scale = geo::ground_scale_at(order.box.top - (row + 0.5) * down);
        ground.east.push_back(across * scale.east);
        ground.north.push_back(down * scale.north);
    }
    return ground;
}

double metres_per_pixel(const PictureOrder& order) noexcept {
    return (order.box.right - order.box.left) / order.size.width;
}

render::ContourRules contour_rules(const style::RasterStyle& style, const PictureOrder& order) {
    const auto& call = *style.algorithm;
    const double asked = call.value("interval");
    render::ContourRules rules;
    rules.interval =
        std::isnan(asked)
            ? style::contour_interval(metres_per_pixel(order) * order.ratio, style.heights.relief)
            : asked;
    rules.major = static_cast<int>(call.value("major"));
    rules.thin = call.value("thickness") * order.ratio;
    rules.thick = 1.8 * rules.thin;
    return rules;
}

/// Room for lines, and for what labels look at around them.
int contour_margin(const style::RasterStyle& style, const PictureOrder& order) {
    return render::contour_margin(contour_rules(style, order));
}

Picture draw_contours(const render::Surface& surface,
                      const style::RasterStyle& style,
                      const PictureOrder& order,
                      const text::Fonts* fonts) {
    const double pixel = metres_per_pixel(order);
    const auto count = [&](double metres) {
        return static_cast<std::int64_t>(std::llround(metres / pixel));
    };
    render::ContourOrder contours;
    contours.rules.lines = contour_rules(style, order);
    contours.rules.origin = {.column = count(order.box.left + geo::mercator_half),
                             .row = count(geo::mercator_half - order.box.top)};
    contours.rules.ratio = order.ratio;
    contours.fonts = style.algorithm->choice("labels") == "true" ? fonts : nullptr;
    return render::contours(surface, contours);
}

}  // namespace

int margin_of(const style::RasterStyle& style, const PictureOrder& order) noexcept {
    if (!style.algorithm || !style::is_terrain(style.algorithm->id)) return 0;
    if (style::encodes_heights(style.algorithm->id)) return 0;
    if (style.algorithm->id == style::AlgorithmId::contours) return contour_margin(style, order);
    return render::terrain_margin;
}

PictureOrder with_margin(const PictureOrder& order, int margin) noexcept {
    const double across = margin * (order.box.right - order.box.left) / order.size.width;
    const double down = margin * (order.box.top - order.box.bottom) / order.size.height;
    PictureOrder wider = order;
    wider.box = {order.box.left - across,
                 order.box.bottom - down,
                 order.box.right + across,
                 order.box.top + down};
    wider.size = {order.size.width + 2 * margin, order.size.height + 2 * margin};
    return wider;
}

Picture draw_terrain(const Grid& heights,
                     const style::RasterStyle& style,
                     const PictureOrder& order,
                     const Workshop& workshop) {
    assert(style.algorithm);
    const auto& call = *style.algorithm;
    const int margin = margin_of(style, order);
    const auto surface = render::surface_of(heights, style.heights, margin);
    if (style::encodes_heights(call.id)) return render::height_colours(surface, call);
    if (call.id == style::AlgorithmId::contours)
        return draw_contours(surface, style, order, workshop.fonts);
    Grid values = render::terrain(surface, ground_of(order), call);
    Grid weights = render::without_margin(heights, margin);
    values.coverage = weights.coverage;
    values.weight = std::move(weights.weight);
    return render::paint(values, style);
}

}  // namespace relief::pipeline
