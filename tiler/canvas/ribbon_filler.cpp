#include "tiler/canvas/ribbon_filler.hpp"

#include "tiler/canvas/surface.hpp"

#include <algorithm>
#include <cmath>

namespace relief::canvas {
namespace {

/// Shorter patterns would be a grey that costs without end.
constexpr float least_pattern = 0.25F;

float pattern_length(std::span<const float> dashes) noexcept {
    float total = 0;
    for (const float length : dashes) {
        if (!(length >= 0) || !std::isfinite(length)) return 0;
        total += length;
    }
    return total > least_pattern ? total : 0;
}

/// Where the edge between two corners, the upper first, meets the middle of a row. In double: a
/// line may begin a million pixels outside of the picture.
double column_at(const RibbonCorner& upper, const RibbonCorner& lower, double y) noexcept {
    const auto number = [](float value) { return static_cast<double>(value); };
    const double slope =
        (number(lower.at.x) - number(upper.at.x)) / (number(lower.at.y) - number(upper.at.y));
    return number(upper.at.x) + (y - number(upper.at.y)) * slope;
}

/// The first pixel whose centre does not lie before `place`.
int first_centre(double place, int count) noexcept {
    return static_cast<int>(std::clamp(std::ceil(place - 0.5), 0.0, static_cast<double>(count)));
}

/// A number that changes evenly over a triangle.
class Slope {
public:
    Slope(const std::array<RibbonCorner, 3>& corners, double doubled_area) noexcept
        : a_(corners[0].at),
          ab_{x_of(corners[1]) - x_of(corners[0]), y_of(corners[1]) - y_of(corners[0])},
          ac_{x_of(corners[2]) - x_of(corners[0]), y_of(corners[2]) - y_of(corners[0])},
          per_area_(1 / doubled_area) {}

    struct Change {
        float at;
        float step;
    };
    Change change(std::array<float, 3> values, double x, double y) const noexcept {
        const double b = static_cast<double>(values[1]) - static_cast<double>(values[0]);
        const double c = static_cast<double>(values[2]) - static_cast<double>(values[0]);
        const double across = (b * ac_[1] - c * ab_[1]) * per_area_;
        const double down = (c * ab_[0] - b * ac_[0]) * per_area_;
        return {static_cast<float>(static_cast<double>(values[0]) +
                                   across * (x - static_cast<double>(a_.x)) +
                                   down * (y - static_cast<double>(a_.y))),
                static_cast<float>(across)};
    }

private:
    static double x_of(const RibbonCorner& corner) noexcept {
        return static_cast<double>(corner.at.x);
    }
    static double y_of(const RibbonCorner& corner) noexcept {
        return static_cast<double>(corner.at.y);
    }

    Point a_;
    std::array<double, 2> ab_;
    std::array<double, 2> ac_;
    double per_area_;
};

double doubled_area(const std::array<RibbonCorner, 3>& corners) noexcept {
    const auto number = [](float value) { return static_cast<double>(value); };
    const auto& [a, b, c] = corners;
    return (number(b.at.x) - number(a.at.x)) * (number(c.at.y) - number(a.at.y)) -
           (number(c.at.x) - number(a.at.x)) * (number(b.at.y) - number(a.at.y));
}

}  // namespace

RibbonFiller::RibbonFiller(const RibbonProfile& profile,
                           Coverage& coverage,
                           Course* course) noexcept
    : profile_(profile),
      coverage_(coverage),
      course_(course),
      per_fade_(1 / profile.fade),
      pattern_(pattern_length(profile.dashes)) {}

void RibbonFiller::fill(const std::array<RibbonCorner, 3>& corners) noexcept {
    std::array<const RibbonCorner*, 3> by_row{
        corners.data(), corners.data() + 1, corners.data() + 2};
    const auto sort = [&](std::size_t i, std::size_t j) {
        if (by_row[j]->at.y < by_row[i]->at.y) std::swap(by_row[i], by_row[j]);
    };
    sort(0, 1);
    sort(1, 2);
    sort(0, 1);
    const auto& [top, middle, bottom] = by_row;
    const PixelSize size = coverage_.size();
    const int first = first_centre(static_cast<double>(top->at.y), size.height);
    const int end = first_centre(static_cast<double>(bottom->at.y), size.height);
    if (first >= end) return;
    const double area = doubled_area(corners);
    if (!(std::abs(area) > 1e-9)) return;
    const Slope slope(corners, area);
    for (int row = first; row < end; ++row) {
        const double y = row + 0.5;
        const double one = column_at(*top, *bottom, y);
        const double other = y < static_cast<double>(middle->at.y) ? column_at(*top, *middle, y)
                                                                   : column_at(*middle, *bottom, y);
        const Coverage::Extent extent{first_centre(std::min(one, other), size.width),
                                      first_centre(std::max(one, other), size.width)};
        if (extent.from >= extent.to) continue;
        const auto value = [&](float RibbonCorner::*of) {
            return slope.change(
                {corners[0].*of, corners[1].*of, corners[2].*of}, extent.from + 0.5, y);
        };
        const auto across = value(&RibbonCorner::across);
        const auto beyond = value(&RibbonCorner::beyond);
        const auto along = value(&RibbonCorner::along);
        fill_run({row,
                  extent,
                  {across.at, beyond.at, along.at},
                  {across.step, beyond.step, along.step}});
    }
}

void RibbonFiller::fill_run(const Run& run) noexcept {
    std::uint8_t* const bytes = coverage_.touch(run.row, run.extent);
    Values values = run.at;
    for (int column = run.extent.from; column < run.extent.to; ++column) {
        put(bytes[column], share_at(values), values);
        values.across += run.step.across;
        values.beyond += run.step.beyond;
        values.along += run.step.along;
    }
}

float RibbonFiller::share_at(const Values& values) const noexcept {
    const float share = std::sqrt(values.across * values.across + values.beyond * values.beyond);
    const float distance = share * profile_.outer;
    const float covered =
        std::min(distance - profile_.inner + profile_.fade, profile_.outer - distance) * per_fade_;
    const float held = std::clamp(covered, 0.0F, 1.0F);
    return pattern_ > 0 && held > 0 ? held * share_of_dash(values) : held;
}

float RibbonFiller::share_of_dash(const Values& values) const noexcept {
    const std::size_t count = profile_.dashes.size();
    const float place = values.along - std::floor(values.along / pattern_) * pattern_;
    // Of an odd number the last dash runs into the first: neither ends where the pattern does.
    const bool odd = count % 2 == 1;
    float from = odd ? -profile_.dashes[count - 1] : 0;
    float to = profile_.dashes[0];
    std::size_t part = 0;
    while (to < place && part + 1 < count) {
        from = to;
        to += profile_.dashes[++part];
        if (odd && part + 1 == count) to += profile_.dashes[0];
    }
    float inside = std::min(place - from, to - place);
    if (part % 2 == 1)
        inside = profile_.round_dashes
                     ? profile_.half_width - std::hypot(inside, values.across * profile_.half_width)
                     : -inside;
    else if (profile_.round_dashes)
        return 1;
    const float share = std::clamp(inside / profile_.dash_fade + 0.5F, 0.0F, 1.0F);
    return share * share * (3 - 2 * share);
}

void RibbonFiller::put(std::uint8_t& pixel, float share, const Values& values) noexcept {
    const std::uint8_t value = rounded_byte(share * 255);
    if (value == 0) return;
    if (profile_.adds && course_ == nullptr) {
        pixel = static_cast<std::uint8_t>(pixel + scaled(value, 255U - pixel));
        return;
    }
    if (value <= pixel) return;
    pixel = value;
    if (course_ == nullptr) return;
    const auto number = static_cast<std::size_t>(&pixel - coverage_.row(0));
    course_->along[number] = values.along;
    course_->across[number] = values.across * profile_.outer;
}

}  // namespace relief::canvas
