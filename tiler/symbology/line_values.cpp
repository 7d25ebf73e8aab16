#include "tiler/symbology/line_values.hpp"

#include <algorithm>
#include <cmath>

namespace relief::symbology {
namespace {

/// Wider lines cover any picture.
constexpr double widest = 20000;

canvas::Cap cap_named(std::string_view name) {
    if (name == "round") return canvas::Cap::round;
    return name == "square" ? canvas::Cap::square : canvas::Cap::butt;
}

canvas::Join join_named(std::string_view name) {
    if (name == "round") return canvas::Join::round;
    return name == "bevel" ? canvas::Join::bevel : canvas::Join::miter;
}

}  // namespace

LineValues::LineValues(const Brush& brush)
    : brush_(brush),
      width_(setting<double>("line-width", number_in)),
      gap_(setting<double>("line-gap-width", number_in)),
      blur_(setting<double>("line-blur", number_in)),
      offset_(setting<double>("line-offset", number_in)),
      opacity_(setting<double>("line-opacity", number_in)),
      color_(setting<expression::Rgba>("line-color", color_in)),
      pattern_(setting<std::string_view>("line-pattern", name_in)),
      join_(setting<std::string_view>("line-join", name_in)),
      cap_(cap_named(name_in(brush.layer.value("line-cap", brush.evaluation)))),
      miter_limit_(number_in(brush.layer.value("line-miter-limit", brush.evaluation))),
      round_limit_(number_in(brush.layer.value("line-round-limit", brush.evaluation))) {}

float LineValues::pixels(double value) const noexcept {
    const double held = std::isfinite(value) ? std::clamp(value, -widest, widest) : 0;
    return static_cast<float>(held) * brush_.ratio();
}

canvas::Stroke LineValues::stroke_of(const expression::Evaluation& with, canvas::Ink ink) {
    canvas::Stroke stroke;
    stroke.width = pixels(width_.of(with));
    stroke.gap = std::max(pixels(gap_.of(with)), 0.0F);
    stroke.blur = std::max(pixels(blur_.of(with)), 0.0F);
    stroke.offset = pixels(offset_.of(with));
    stroke.dashes = dashes_of(with);
    // As in the reference: at a whole zoom dashes fade into those of the zoom before, which are
    // half as long.
    stroke.dash_fade = with.zoom == std::floor(with.zoom) ? 2 : 1;
    stroke.join = join_named(join_.of(with));
    stroke.cap = cap_;
    stroke.miter_limit = static_cast<float>(miter_limit_);
    stroke.round_limit = static_cast<float>(round_limit_);
    stroke.corner *= brush_.ratio();
    if (ink[3] == 255) stroke.overlap = canvas::Overlap::over;
    return stroke;
}

canvas::Ink LineValues::ink_of(const expression::Evaluation& with) const {
    return symbology::ink_of(color_.of(with), opacity_.of(with));
}

const StyleImage* LineValues::pattern_of(const expression::Evaluation& with) const {
    return brush_.data.style_images().find(pattern_.of(with));
}

const std::vector<float>& LineValues::dashes_of(const expression::Evaluation& with) {
    dashes_.clear();
    const stylesheet::Property* const dashes = brush_.layer.property("line-dasharray");
    if (dashes == nullptr) return dashes_;
    // Dashes keep their length in the world between two whole zooms, so that they do not crawl.
    expression::Evaluation whole = with;
    whole.zoom = std::floor(with.zoom);
    const stylesheet::Property* const width = brush_.layer.property("line-width");
    const double unit = width == nullptr ? 1 : number_in(width->evaluate(whole));
    const double grown = std::exp2(with.zoom - whole.zoom) * std::max(unit, 0.0);
    for (const double length : numbers_in(dashes->evaluate(whole)))
        dashes_.push_back(pixels(length * grown));
    return dashes_;
}

std::optional<canvas::Ink> LineValues::common_ink() const {
    const bool same = width_.is_fixed() && gap_.is_fixed() && blur_.is_fixed() &&
                      offset_.is_fixed() && opacity_.is_fixed() && color_.is_fixed() &&
                      join_.is_fixed() && !pattern_.exists();
    if (!same) return std::nullopt;
    const canvas::Ink ink = symbology::ink_of(*color_.fixed(), *opacity_.fixed());
    return ink[3] == 255 ? std::optional(ink) : std::nullopt;
}

double LineValues::reach() const {
    // Where features differ, as far as most lines reach.
    constexpr double usual = 64;
    const double width = std::abs(width_.fixed().value_or(usual));
    const double gap = std::abs(gap_.fixed().value_or(usual));
    const double sum = gap / 2 + width + std::abs(offset_.fixed().value_or(usual));
    return std::min(sum, widest) * brush_.frame.view().ratio + 1;
}

}  // namespace relief::symbology
