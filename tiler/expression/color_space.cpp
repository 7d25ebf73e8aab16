#include "tiler/expression/color_space.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace relief::expression {
namespace {

struct Lab {
    double lightness = 0;
    double a = 0;
    double b = 0;
    double alpha = 1;
};

/// Without hue (not-a-number) where there is no chroma.
struct Hcl {
    double hue = 0;
    double chroma = 0;
    double lightness = 0;
    double alpha = 1;
};

// The D50 white point, and the constants of the CIE's two-part curve (section 9.3).
constexpr double white_x = 0.96422;
constexpr double white_z = 0.82521;
constexpr double knee = 6.0 / 29;
constexpr double slope = 3 * knee * knee;
constexpr double foot = 4.0 / 29;
constexpr double degree = std::numbers::pi / 180;

double mixed(double from, double to, double part) {  // NOLINT(bugprone-easily-swappable-parameters)
    return from + part * (to - from);
}

double linear_of(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double channel_of(double linear) {
    const double channel =
        linear <= 0.00304 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return std::clamp(channel, 0.0, 1.0);
}

double curve(double part) {
    return part > knee * knee * knee ? std::cbrt(part) : part / slope + foot;
}

double uncurve(double value) {
    return value > knee ? value * value * value : slope * (value - foot);
}

Lab lab_of(const Rgba& color) {
    const double r = linear_of(color.red);
    const double g = linear_of(color.green);
    const double b = linear_of(color.blue);
    const double y = curve(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
    // A grey has no hue at all, not the trace of one that rounding would leave.
    const bool grey = r == g && g == b;
    const double x = grey ? y : curve((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white_x);
    const double z = grey ? y : curve((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white_z);
    return {std::max(0.0, 116 * y - 16), 500 * (x - y), 200 * (y - z), color.alpha};
}

Rgba color_of(const Lab& lab) {
    const double level = (lab.lightness + 16) / 116;
    const double x = white_x * uncurve(level + lab.a / 500);
    const double y = uncurve(level);
    const double z = white_z * uncurve(level - lab.b / 200);
    return {channel_of(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
            channel_of(-0.9787684 * x + 1.9161415 * y + 0.033454 * z),
            channel_of(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
            lab.alpha};
}

Hcl hcl_of(const Rgba& color) {
    const Lab lab = lab_of(color);
    const double chroma = std::hypot(lab.a, lab.b);
    double hue = std::numeric_limits<double>::quiet_NaN();
    if (std::round(chroma * 10000) != 0) {
        hue = std::atan2(lab.b, lab.a) / degree;
        if (hue < 0) hue += 360;
    }
    return {hue, chroma, lab.lightness, lab.alpha};
}

Rgba color_of(const Hcl& hcl) {
    const double angle = std::isnan(hcl.hue) ? 0 : hcl.hue * degree;
    return color_of(
        Lab{hcl.lightness, std::cos(angle) * hcl.chroma, std::sin(angle) * hcl.chroma, hcl.alpha});
}

/// The shorter way round.
double mixed_hue(const Hcl& from, const Hcl& to, double part) {
    double turn = to.hue - from.hue;
    if (turn > 180) turn -= 360;
    if (turn < -180) turn += 360;
    return from.hue + part * turn;
}

bool black_or_white(const Hcl& color) {
    return color.lightness == 0 || color.lightness == 1;
}

Rgba between_hcl(const Hcl& from, const Hcl& to, double part) {
    Hcl result{from.hue,
               mixed(from.chroma, to.chroma, part),
               mixed(from.lightness, to.lightness, part),
               mixed(from.alpha, to.alpha, part)};
    const bool first = !std::isnan(from.hue);
    const bool second = !std::isnan(to.hue);
    if (first && second) {
        result.hue = mixed_hue(from, to, part);
    } else if (first) {
        if (black_or_white(to)) result.chroma = from.chroma;
    } else if (second) {
        result.hue = to.hue;
        if (black_or_white(from)) result.chroma = to.chroma;
    }
    return color_of(result);
}

Rgba between_lab(const Lab& from, const Lab& to, double part) {
    return color_of(Lab{mixed(from.lightness, to.lightness, part),
                        mixed(from.a, to.a, part),
                        mixed(from.b, to.b, part),
                        mixed(from.alpha, to.alpha, part)});
}

}  // namespace

Rgba between(const ColorPair& pair, double part, ColorSpace space) {
    const auto& [from, to] = pair;
    if (space == ColorSpace::hcl) return between_hcl(hcl_of(from), hcl_of(to), part);
    if (space == ColorSpace::lab) return between_lab(lab_of(from), lab_of(to), part);
    return {mixed(from.red, to.red, part),
            mixed(from.green, to.green, part),
            mixed(from.blue, to.blue, part),
            mixed(from.alpha, to.alpha, part)};
}

}  // namespace relief::expression
