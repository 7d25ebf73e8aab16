#include "tiler/style/contour_style.hpp"

#include <algorithm>
#include <cmath>

namespace relief::style {
namespace {

constexpr double least_interval = 0.1;
constexpr double greatest_interval = 5000;

/// The largest of 1, 2, 5, 10 … that is not above the number, with a little slack: resolutions of
/// zooms are halves of each other and must not fall on both sides of a step.
double round_down(double number) noexcept {
    const double wanted = number * 1.01;
    const double power = std::pow(10.0, std::floor(std::log10(wanted)));
    const double lead = wanted / power;
    return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

}  // namespace

double contour_interval(double metres_per_pixel, double relief) noexcept {
    double interval = round_down(std::max(2.2 * metres_per_pixel, least_interval));
    if (relief > 0)
        interval = std::min(interval, round_down(std::max(relief / 10, least_interval)));
    return std::clamp(interval, least_interval, greatest_interval);
}

}  // namespace relief::style
