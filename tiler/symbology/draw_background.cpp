#include "tiler/canvas/area_filler.hpp"
#include "tiler/canvas/images.hpp"
#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/setting.hpp"

#include <array>

namespace relief::symbology {
namespace {

canvas::Coverage everything(PixelSize size) {
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    canvas::Coverage coverage(size);
    canvas::AreaFiller filler(size);
    filler.add(std::array<canvas::Point, 4>{{{0, 0}, {width, 0}, {width, height}, {0, height}}});
    filler.cover(coverage);
    return coverage;
}

}  // namespace

void draw_background(const Brush& brush) {
    const auto value = [&](std::string_view name) {
        return brush.layer.value(name, brush.evaluation);
    };
    const double opacity = number_in(value("background-opacity"));
    const std::string_view pattern = name_in(value("background-pattern"));
    if (pattern.empty())
        return brush.surface.flood(ink_of(value("background-color").as_color(), opacity));
    const StyleImage* const image = brush.data.style_images().find(pattern);
    if (image == nullptr) return;
    canvas::paint_pattern(brush.surface,
                          everything(brush.surface.size()),
                          image->pixels,
                          pattern_placement(brush.frame, *image),
                          static_cast<float>(opacity));
}

}  // namespace relief::symbology
