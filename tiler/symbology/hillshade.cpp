#include "tiler/symbology/hillshade.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::symbology {
namespace {

constexpr double half_circle = std::numbers::pi;

/// `to` gets so much of a shade as `share` says.
void add(Shade& to, const Shade& shade, double share) {
    for (std::size_t i = 0; i < shade.size(); ++i) to.at(i) += shade.at(i) * share;
}

/// Of a slope seen by a light: 0 where it looks at it, 1 where it looks away.
double turned_away(Rise rise, double direction) {
    const double aspect = rise.across != 0 ? std::atan2(rise.down, -rise.across)
                                           : half_circle / 2 * (rise.down > 0 ? 1 : -1);
    const double turn = (aspect + direction + half_circle) / half_circle + 0.5;
    return 1 - std::abs(turn - 2 * std::floor(turn / 2) - 1);
}

/// Cosine of the angle between the light and what stands upright on the slope.
double facing(Rise rise, const Light& light) {
    const double towards =
        rise.across * std::sin(light.direction) - rise.down * std::cos(light.direction);
    return (std::sin(light.altitude) - towards * std::cos(light.altitude)) /
           std::sqrt(1 + rise.across * rise.across + rise.down * rise.down);
}

/// Steeper slopes at small scales, so that there is something to see.
Shade standard(const Hillshade& how, Rise rise) {
    const double slope = std::atan(0.625 * std::hypot(rise.across, rise.down));
    const double base = 1.875 - how.exaggeration * 1.75;
    constexpr double steepest = half_circle / 2;
    const double scaled = how.exaggeration == 0.5 ? slope
                                                  : (std::pow(base, slope) - 1) /
                                                        (std::pow(base, steepest) - 1) * steepest;
    const double strength = std::clamp(how.exaggeration * 2, 0.0, 1.0);
    const Light& light = how.lights.front();
    const double shadow = turned_away(rise, light.direction);
    Shade side{};
    add(side, light.shadow, shadow * std::sin(scaled) * strength);
    add(side, light.highlight, (1 - shadow) * std::sin(scaled) * strength);
    Shade out = side;
    add(out, how.accent, (1 - std::cos(scaled)) * strength * (1 - side[3]));
    return out;
}

/// Lambert's law.
void add_lambert(Shade& out, Rise rise, const Light& light, double share) {
    const double shade = std::clamp(facing(rise, light), 0.0, 1.0);
    if (shade > 0.5)
        add(out, light.highlight, (2 * shade - 1) * share);
    else
        add(out, light.shadow, (1 - 2 * shade) * share);
}

double steepness(Rise rise) {
    return std::atan(std::hypot(rise.across, rise.down)) * 2 / half_circle;
}

}  // namespace

Shade shade_of(const expression::Rgba& color) {
    return {
        color.red * color.alpha, color.green * color.alpha, color.blue * color.alpha, color.alpha};
}

Hillshade::Method hillshade_method(std::string_view name) {
    using Method = Hillshade::Method;
    if (name == "basic") return Method::basic;
    if (name == "combined") return Method::combined;
    if (name == "igor") return Method::igor;
    return name == "multidirectional" ? Method::multidirectional : Method::standard;
}

Shade Hillshade::operator()(Rise rise) const {
    if (method == Method::standard) return standard(*this, rise);
    const Rise steep{rise.across * exaggeration * 2, rise.down * exaggeration * 2};
    const Light& first = lights.front();
    Shade out{};
    if (method == Method::igor) {
        const double shadow = turned_away(steep, first.direction);
        add(out, first.shadow, steepness(steep) * shadow);
        add(out, first.highlight, steepness(steep) * (1 - shadow));
    } else if (method == Method::combined) {
        const double angle = std::clamp(
            std::acos(std::clamp(facing(steep, first), -1.0, 1.0)), 0.0, half_circle / 2);
        add(out, first.shadow, angle * 2 / half_circle * steepness(steep));
        add(out, first.highlight, (half_circle / 2 - angle) * 2 / half_circle * steepness(steep));
    } else if (method == Method::basic) {
        add_lambert(out, steep, first, 1);
    } else {
        for (const Light& light : lights)
            add_lambert(out, steep, light, 1 / static_cast<double>(lights.size()));
    }
    return out;
}

}  // namespace relief::symbology
