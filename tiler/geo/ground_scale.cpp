#include "tiler/geo/ground_scale.hpp"

#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::geo {
namespace {

constexpr double eccentricity_squared = 0.0066943799901413165;  // WGS 84: f (2 - f)
constexpr double radius = mercator_half / std::numbers::pi;

}  // namespace

GroundScale ground_scale_at(double y) noexcept {
    const double on_map = std::clamp(y, -mercator_half, mercator_half);
    const double latitude = std::atan(std::sinh(on_map / radius));
    const double sine = std::sin(latitude);
    const double w = 1 - eccentricity_squared * sine * sine;
    const double east = std::cos(latitude) / std::sqrt(w);
    return {.east = east, .north = east * (1 - eccentricity_squared) / w};
}

}  // namespace relief::geo
