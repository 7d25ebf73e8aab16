#pragma once
// How far between two stops, and what lies there.

#include "tiler/expression/color_space.hpp"
#include "tiler/expression/node.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace relief::expression {

/// The way from one stop to the next.
struct Easing {
    enum class Form : std::uint8_t { exponential, bezier };

    Form form = Form::exponential;
    double base = 1;                   ///< of the exponential; 1 is linear
    std::array<double, 4> controls{};  ///< of the Bézier curve: x1, y1, x2, y2
};

struct Interval {
    double low = 0;
    double high = 0;
};

/// 0 at the interval's low end, 1 at its high end.
/// Source: MapLibre Style Specification v8, "interpolate".
double part_of(const Easing& easing, const Interval& interval, double input);

/// Two values, a part of the way between them, and in which space colours are mixed.
struct Mixture {
    const Value& from;
    const Value& to;
    double part;
    ColorSpace space;
};

/// Whether there is something between two values of the type.
bool is_interpolatable(const Type& type);
/// A value between two of one type; a failure, told of the key, when they do not fit together.
Value interpolated(const Run& run, std::string_view key, const Mixture& mixture);

}  // namespace relief::expression
