#include "tiler/render/terrain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace relief::render {
namespace {

using style::AlgorithmCall;
using style::AlgorithmId;

constexpr float pi = std::numbers::pi_v<float>;
constexpr float to_degrees = 180 / pi;

/// How the ground rises: metres for each metre towards east and north.
struct Gradient {
    float east;
    float north;
};

/// atan of 0 to 1. Source: Abramowitz, M., Stegun, I. A. (1964): Handbook of mathematical
/// functions, 4.4.49, error under 2e-8; a polynomial is vectorised, std::atan is not.
inline float arc_tangent(float x) noexcept {
    const float s = x * x;
    float sum = 0.0028662257F;
    sum = sum * s - 0.0161657367F;
    sum = sum * s + 0.0429096138F;
    sum = sum * s - 0.0752896400F;
    sum = sum * s + 0.1065626393F;
    sum = sum * s - 0.1420889944F;
    sum = sum * s + 0.1999355085F;
    sum = sum * s - 0.3333314528F;
    return x + x * (sum * s);
}

/// Three rows around one row of the picture, from the column before its first; factors turn
/// Horn's sums into gradients.
struct Stencil {
    const float* above;
    const float* here;
    const float* below;
    float per_east;
    float per_north;
};

/// The height of a neighbour, or where it would lie in line with the one opposite.
inline float in_line(float height, float centre, float opposite) noexcept {
    const float mirrored = 2 * centre - opposite;
    const float found = std::isnan(height) ? mirrored : height;
    return std::isnan(found) ? centre : found;
}

template <bool holes>
inline Gradient gradient_at(const Stencil& at, std::size_t i) noexcept {
    float nw = at.above[i];
    float n = at.above[i + 1];
    float ne = at.above[i + 2];
    float w = at.here[i];
    float e = at.here[i + 2];
    float sw = at.below[i];
    float s = at.below[i + 1];
    float se = at.below[i + 2];
    if constexpr (holes) {
        const float centre = at.here[i + 1];
        const std::array<float, 8> raw{nw, n, ne, w, e, sw, s, se};
        nw = in_line(raw[0], centre, raw[7]);
        n = in_line(raw[1], centre, raw[6]);
        ne = in_line(raw[2], centre, raw[5]);
        w = in_line(raw[3], centre, raw[4]);
        e = in_line(raw[4], centre, raw[3]);
        sw = in_line(raw[5], centre, raw[2]);
        s = in_line(raw[6], centre, raw[1]);
        se = in_line(raw[7], centre, raw[0]);
    }
    // Differences first: heights of thousands of metres would swallow those of centimetres.
    return {((ne - nw) + 2 * (e - w) + (se - sw)) * at.per_east,
            ((nw - sw) + 2 * (n - s) + (ne - se)) * at.per_north};
}

/// One loop for each result and with or without holes, so that each is vectorised.
template <bool holes, typename Formula>
void fill_row(const Stencil& at, const Formula& formula, std::span<float> out) {
    const auto count = out.size();
    for (std::size_t i = 0; i < count; ++i) {
        const float value = formula(gradient_at<holes>(at, i));
        if constexpr (holes)
            out[i] = std::isnan(at.here[i + 1]) ? at.here[i + 1] : value;
        else
            out[i] = value;
    }
}

template <typename Formula>
std::vector<float> fill(const Surface& surface,
                        const Ground& ground,
                        float z_factor,
                        const Formula& formula) {
    const PixelSize size = surface.inner();
    const auto width = static_cast<std::size_t>(size.width);
    std::vector<float> values(width * static_cast<std::size_t>(size.height));
    for (int row = 0; row < size.height; ++row) {
        const auto place = static_cast<std::size_t>(row);
        const int centre = row + surface.margin;
        const auto before = static_cast<std::size_t>(surface.margin - 1);
        const Stencil at{surface.row(centre - 1).data() + before,
                         surface.row(centre).data() + before,
                         surface.row(centre + 1).data() + before,
                         static_cast<float>(z_factor / (8 * ground.east[place])),
                         static_cast<float>(z_factor / (8 * ground.north[place]))};
        const auto out = std::span(values).subspan(place * width, width);
        if (surface.whole)
            fill_row<false>(at, formula, out);
        else
            fill_row<true>(at, formula, out);
    }
    return values;
}

/// Towards the light, as a unit vector.
struct Light {
    float east;
    float north;
    float up;
};

Light light_from(double azimuth, double altitude) noexcept {
    const double a = azimuth * std::numbers::pi / 180;
    const double h = altitude * std::numbers::pi / 180;
    return {static_cast<float>(std::sin(a) * std::cos(h)),
            static_cast<float>(std::cos(a) * std::cos(h)),
            static_cast<float>(std::sin(h))};
}

/// n · l times the length of the normal (-east, -north, 1), not below 0.
inline float lit(Gradient rise, Light light) noexcept {
    const float shade = light.up - rise.east * light.east - rise.north * light.north;
    return shade > 0 ? shade : 0.0F;
}

inline float steepness_squared(Gradient rise) noexcept {
    return rise.east * rise.east + rise.north * rise.north;
}

auto shade_from(Light light) {
    return [light](Gradient rise) {
        return 1 + 254 * lit(rise, light) / std::sqrt(1 + steepness_squared(rise));
    };
}

/// cos²(aspect - azimuth) weighs light that falls along the slope most; the four weights sum to 2.
/// So does gdaldem, whose pictures people know; counting aspect from another axis, Mark's own sin²
/// would weigh light from the side most.
auto shade_from_four(double altitude) {
    const std::array<Light, 4> lights{light_from(225, altitude),
                                      light_from(270, altitude),
                                      light_from(315, altitude),
                                      light_from(360, altitude)};
    const float up = lights[0].up;
    return [lights, up](Gradient rise) {
        const float squared = steepness_squared(rise);
        // Azimuths 225, 270, 315 and 360 degrees in turn, each weight times the squared steepness.
        const float diagonal = 0.5F * squared + rise.east * rise.north;
        const float sum = diagonal * lit(rise, lights[0]) +
                          rise.east * rise.east * lit(rise, lights[1]) +
                          (squared - diagonal) * lit(rise, lights[2]) +
                          rise.north * rise.north * lit(rise, lights[3]);
        const float shade = sum / (2 * squared * std::sqrt(1 + squared));
        return 1 + 254 * (squared > 0 ? shade : up);
    };
}

float slope_degrees(Gradient rise) noexcept {
    const float tangent = std::sqrt(steepness_squared(rise));
    const bool steep = tangent > 1;
    const float angle = arc_tangent(steep ? 1 / tangent : tangent);
    return (steep ? pi / 2 - angle : angle) * to_degrees;
}

/// Flat ground divides zero by zero: it has no aspect.
float aspect_degrees(Gradient rise) noexcept {
    const float east = -rise.east;
    const float north = -rise.north;
    const float across = std::abs(east);
    const float along = std::abs(north);
    const bool steep = across > along;
    const float angle = arc_tangent(steep ? along / across : across / along);
    const float from_north = steep ? pi / 2 - angle : angle;
    const float half = north < 0 ? pi - from_north : from_north;
    return (east < 0 ? 2 * pi - half : half) * to_degrees;
}

std::vector<float> values_of(const Surface& surface,
                             const Ground& ground,
                             const AlgorithmCall& call) {
    const double given = call.value("z_factor");
    const auto z_factor = static_cast<float>(std::isnan(given) ? 1 : given);
    switch (call.id) {
        case AlgorithmId::hillshade:
            return fill(surface,
                        ground,
                        z_factor,
                        shade_from(light_from(call.value("azimuth"), call.value("altitude"))));
        case AlgorithmId::multidirectional:
            return fill(surface, ground, z_factor, shade_from_four(call.value("altitude")));
        case AlgorithmId::slope:
            if (call.choice("unit") == "percent")
                return fill(surface, ground, z_factor, [](Gradient rise) {
                    return 100 * std::sqrt(steepness_squared(rise));
                });
            return fill(
                surface, ground, z_factor, [](Gradient rise) { return slope_degrees(rise); });
        default:
            return fill(
                surface, ground, z_factor, [](Gradient rise) { return aspect_degrees(rise); });
    }
}

}  // namespace

Grid terrain(const Surface& surface, const Ground& ground, const AlgorithmCall& call) {
    Grid grid{.size = surface.inner(), .bands = {}, .coverage = Grid::Coverage::full, .weight = {}};
    grid.bands.emplace_back(values_of(surface, ground, call));
    return grid;
}

}  // namespace relief::render
