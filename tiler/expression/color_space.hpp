#pragma once
// Colours between two colours, in three colour spaces.

#include "tiler/expression/value.hpp"

#include <cstdint>

namespace relief::expression {

enum class ColorSpace : std::uint8_t { rgb, hcl, lab };

struct ColorPair {
    Rgba from;
    Rgba to;
};

/// The colour a part of the way (0 to 1) from one to the other.
/// Source: CIE L*a*b* of the D50 white, as CSS Color Module Level 4, section 9 and its sample code.
Rgba between(const ColorPair& pair, double part, ColorSpace space);

}  // namespace relief::expression
