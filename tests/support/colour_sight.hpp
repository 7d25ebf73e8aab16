#pragma once
// How far apart colours look, to all eyes; for tests of maps.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace relief::support {

/// Red, green, blue as light, 0 to 1 each.
using Light = std::array<double, 3>;
/// CIE L*, a*, b* under D65.
using Lab = std::array<double, 3>;

/// "#rrggbb". Source: IEC 61966-2-1.
inline Light light_of(const std::string& hex) {
    Light light{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double level = std::stoi(hex.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
        light[i] = level <= 0.04045 ? level / 12.92 : std::pow((level + 0.055) / 1.055, 2.4);
    }
    return light;
}

/// Source: WCAG 2.1, "relative luminance".
inline double luminance(const Light& light) {
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

/// Source: WCAG 2.1, "contrast ratio".
inline double contrast(const std::string& a, const std::string& b) {
    const auto [dark, bright] = std::minmax({luminance(light_of(a)), luminance(light_of(b))});
    return (bright + 0.05) / (dark + 0.05);
}

enum class Sight { usual, without_red, without_green };

/// Source: G. Machado, M. Oliveira, L. Fernandes, "A Physiologically-based Model for Simulation of
/// Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009:
/// the matrices of severity 1.
inline Light seen_with(Sight sight, const Light& light) {
    using Rows = std::array<Light, 3>;
    constexpr Rows protanopia{{{0.152286, 1.052583, -0.204868},
                               {0.114503, 0.786281, 0.099216},
                               {-0.003882, -0.048116, 1.051998}}};
    constexpr Rows deuteranopia{{{0.367322, 0.860646, -0.227968},
                                 {0.280085, 0.672501, 0.047413},
                                 {-0.011820, 0.042940, 0.968881}}};
    if (sight == Sight::usual) return light;
    const Rows& rows = sight == Sight::without_red ? protanopia : deuteranopia;
    Light seen{};
    for (std::size_t i = 0; i < 3; ++i)
        seen[i] = std::clamp(
            rows[i][0] * light[0] + rows[i][1] * light[1] + rows[i][2] * light[2], 0.0, 1.0);
    return seen;
}

/// Source: CIE 15:2004.
inline Lab lab_of(const Light& light) {
    const auto root = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    const auto [r, g, b] = light;
    const double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIEDE2000. Source: G. Sharma, W. Wu, E. Dalal, "The CIEDE2000 Color-Difference Formula", Color
/// Research and Application 30 (1), 2005; the numbers of its formulas are in the names.
inline double difference(const Lab& one, const Lab& two) {
    constexpr double degree = std::numbers::pi / 180;
    const double mean_chroma = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const auto seventh = [](double chroma) {
        return std::sqrt(std::pow(chroma, 7) / (std::pow(chroma, 7) + std::pow(25.0, 7)));
    };
    const double stretch = 1.5 - 0.5 * seventh(mean_chroma);
    const auto chroma_of = [&](const Lab& lab) { return std::hypot(stretch * lab[1], lab[2]); };
    const auto hue_of = [&](const Lab& lab) {
        const double hue = std::atan2(lab[2], stretch * lab[1]) / degree;
        return hue < 0 ? hue + 360 : hue;
    };
    const double chroma1 = chroma_of(one);
    const double chroma2 = chroma_of(two);
    const bool grey = chroma1 * chroma2 == 0;
    const double hue1 = hue_of(one);
    const double hue2 = hue_of(two);
    double turn = grey ? 0 : hue2 - hue1;
    if (turn > 180) turn -= 360;
    if (turn < -180) turn += 360;
    double hue = (hue1 + hue2) / 2;
    if (grey) hue = hue1 + hue2;
    if (!grey && std::abs(hue1 - hue2) > 180) hue += hue1 + hue2 < 360 ? 180 : -180;

    const double lightness = (one[0] + two[0]) / 2 - 50;
    const double chroma = (chroma1 + chroma2) / 2;
    const double weight =
        1 - 0.17 * std::cos((hue - 30) * degree) + 0.24 * std::cos(2 * hue * degree) +
        0.32 * std::cos((3 * hue + 6) * degree) - 0.20 * std::cos((4 * hue - 63) * degree);
    const double for_lightness =
        1 + 0.015 * lightness * lightness / std::sqrt(20 + lightness * lightness);
    const double for_chroma = 1 + 0.045 * chroma;
    const double for_hue = 1 + 0.015 * chroma * weight;
    const double blue = (hue - 275) / 25;
    const double rotation = -std::sin(60 * std::exp(-blue * blue) * degree) * 2 * seventh(chroma);

    const double by_lightness = (two[0] - one[0]) / for_lightness;
    const double by_chroma = (chroma2 - chroma1) / for_chroma;
    const double by_hue = 2 * std::sqrt(chroma1 * chroma2) * std::sin(turn / 2 * degree) / for_hue;
    return std::sqrt(by_lightness * by_lightness + by_chroma * by_chroma + by_hue * by_hue +
                     rotation * by_chroma * by_hue);
}

/// Of two colours, to the eyes that tell them apart the least.
inline double least_difference(const std::string& a, const std::string& b) {
    double least = 1000;
    for (const Sight sight : {Sight::usual, Sight::without_red, Sight::without_green})
        least = std::min(least,
                         difference(lab_of(seen_with(sight, light_of(a))),
                                    lab_of(seen_with(sight, light_of(b)))));
    return least;
}

}  // namespace relief::support
