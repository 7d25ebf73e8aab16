#include "tiler/expression/interpolation.hpp"

#include <algorithm>
#include <cmath>

namespace relief::expression {
namespace {

/// One coordinate of a cubic Bézier curve from 0 to 1 whose inner points have the coordinates.
struct BezierAxis {
    double first;
    double second;

    double at(double t) const {
        const double rest = 1 - t;
        return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t;
    }
};

/// The curve's height above x. x(t) rises with t, since both control points lie in 0 to 1: halving
/// finds t to the last bit that matters.
double bezier_height(const std::array<double, 4>& controls, double x) {
    if (x <= 0 || x >= 1) return std::clamp(x, 0.0, 1.0);
    const BezierAxis across{controls[0], controls[2]};
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (across.at(middle) < x ? low : high) = middle;
    }
    return BezierAxis{controls[1], controls[3]}.at((low + high) / 2);
}

double exponential_part(double base, const Interval& interval, double input) {
    const double whole = interval.high - interval.low;
    const double progress = input - interval.low;
    if (whole == 0) return 0;
    if (base == 1) return progress / whole;
    return (std::pow(base, progress) - 1) / (std::pow(base, whole) - 1);
}

double mixed_number(const Mixture& mixture, const Interval& ends) {
    return ends.low + mixture.part * (ends.high - ends.low);
}

Value different_lengths(const Run& run, std::string_view key, const Mixture& mixture) {
    return run.fail(key, [&] {
        return "Cannot interpolate values of different length. from: " + to_text(mixture.from) +
               ", to: " + to_text(mixture.to);
    });
}

Value mixed_numbers(const Run& run, std::string_view key, const Mixture& mixture) {
    const auto from = mixture.from.numbers();
    const auto to = mixture.to.numbers();
    if (from.size() != to.size()) return different_lengths(run, key, mixture);
    const auto result = run.scratch().take<double>(from.size());
    if (result.size() != from.size()) return run.out_of_room(key);
    for (std::size_t i = 0; i < from.size(); ++i)
        result[i] = mixed_number(mixture, {from[i], to[i]});
    if (mixture.from.is(Kind::padding)) return Value::padding(std::span<const double, 4>(result));
    return Value::number_array(result);
}

Value mixed_items(const Run& run, std::string_view key, const Mixture& mixture) {
    const auto from = mixture.from.items();
    const auto to = mixture.to.items();
    if (from.size() != to.size()) return different_lengths(run, key, mixture);
    const auto result = run.scratch().take<Value>(from.size());
    if (result.size() != from.size()) return run.out_of_room(key);
    for (std::size_t i = 0; i < from.size(); ++i)
        result[i] = Value::number(mixed_number(mixture, {from[i].as_number(), to[i].as_number()}));
    return Value::array(result);
}

Value mixed_colors(const Run& run, std::string_view key, const Mixture& mixture) {
    const auto from = mixture.from.colors();
    const auto to = mixture.to.colors();
    if (from.size() != to.size()) return different_lengths(run, key, mixture);
    const auto result = run.scratch().take<Rgba>(from.size());
    if (result.size() != from.size()) return run.out_of_room(key);
    for (std::size_t i = 0; i < from.size(); ++i)
        result[i] = between({from[i], to[i]}, mixture.part, mixture.space);
    return Value::color_array(result);
}

Value mixed_offsets(const Run& run, std::string_view key, const Mixture& mixture) {
    const auto from = mixture.from.offsets();
    const auto to = mixture.to.offsets();
    if (from.size() != to.size()) return different_lengths(run, key, mixture);
    const auto result = run.scratch().take<AnchorOffset>(from.size());
    if (result.size() != from.size()) return run.out_of_room(key);
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i].anchor != to[i].anchor)
            return run.fail(key, [&] {
                return "Cannot interpolate values containing mismatched anchors: " +
                       std::string(from[i].anchor) + " and " + std::string(to[i].anchor);
            });
        result[i] = {from[i].anchor,
                     mixed_number(mixture, {from[i].x, to[i].x}),
                     mixed_number(mixture, {from[i].y, to[i].y})};
    }
    return Value::anchor_offsets(result);
}

Value mixed_projection(const Run& run, std::string_view key, const Mixture& mixture) {
    const auto room = run.scratch().take<Projection>(1);
    if (room.empty()) return run.out_of_room(key);
    room[0] = {
        mixture.from.as_projection().from, mixture.to.as_projection().from, mixture.part, false};
    return Value::projection(room[0]);
}

}  // namespace

double part_of(const Easing& easing, const Interval& interval, double input) {
    if (easing.form == Easing::Form::exponential)
        return exponential_part(easing.base, interval, input);
    return bezier_height(easing.controls, exponential_part(1, interval, input));
}

bool is_interpolatable(const Type& type) {
    switch (type.kind()) {
        case Kind::number:
        case Kind::color:
        case Kind::projection:
        case Kind::padding:
        case Kind::number_array:
        case Kind::color_array:
        case Kind::anchor_offsets: return true;
        case Kind::array: return type.item().is(Kind::number) && type.length().has_value();
        default: return false;
    }
}

Value interpolated(const Run& run, std::string_view key, const Mixture& mixture) {
    if (mixture.from.failed()) return mixture.from;
    if (mixture.to.failed()) return mixture.to;
    switch (mixture.from.kind()) {
        case Kind::number:
            return Value::number(
                mixed_number(mixture, {mixture.from.as_number(), mixture.to.as_number()}));
        case Kind::color:
            return Value::color(between(
                {mixture.from.as_color(), mixture.to.as_color()}, mixture.part, mixture.space));
        case Kind::padding:
        case Kind::number_array: return mixed_numbers(run, key, mixture);
        case Kind::color_array: return mixed_colors(run, key, mixture);
        case Kind::anchor_offsets: return mixed_offsets(run, key, mixture);
        case Kind::projection: return mixed_projection(run, key, mixture);
        case Kind::array: return mixed_items(run, key, mixture);
        default:
            return run.fail(key, [] { return std::string("There is no value between them."); });
    }
}

}  // namespace relief::expression
