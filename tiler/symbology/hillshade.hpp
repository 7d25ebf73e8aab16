#pragma once
// Shaded relief by the methods of the MapLibre Style Specification.

#include "tiler/expression/value.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// Premultiplied, 0 to 1.
using Shade = std::array<double, 4>;

Shade shade_of(const expression::Rgba& color);

/// How far heights rise per distance, to the right and downwards of the picture.
struct Rise {
    double across = 0;
    double down = 0;
};

/// Units: radians; the direction clockwise from the picture's top, where the light comes from.
struct Light {
    double direction = 0;
    double altitude = 0;
    Shade shadow{};
    Shade highlight{};
};

struct Hillshade {
    enum class Method : std::uint8_t { standard, basic, combined, igor, multidirectional };

    Method method = Method::standard;
    double exaggeration = 0.5;
    Shade accent{};             ///< of the standard method
    std::vector<Light> lights;  ///< at least one; the others are for the multidirectional method

    Shade operator()(Rise rise) const;
};

/// The standard method for a name that is none.
Hillshade::Method hillshade_method(std::string_view name);

}  // namespace relief::symbology
