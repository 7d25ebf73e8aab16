#include "tiler/canvas/line_stroker.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace relief::canvas {
namespace {

/// An edge fades over one pixel around where it lies.
constexpr float half_pixel = 0.5F;
/// Points nearer than this are one.
constexpr float no_way = 1e-4F;

float length(Point way) noexcept {
    return std::hypot(way.x, way.y);
}

Point right_of(Point from, Point to) noexcept {
    const Point way = to - from;
    return Point{-way.y, way.x} * (1 / length(way));
}

RibbonProfile profile_of(const Stroke& stroke) noexcept {
    RibbonProfile profile;
    profile.half_width = stroke.width / 2;
    profile.outer = profile.half_width + half_pixel;
    if (stroke.gap > 0) {
        profile.outer = stroke.gap / 2 + stroke.width + half_pixel;
        profile.inner = stroke.gap / 2 + half_pixel;
    }
    profile.fade = stroke.blur + 1;
    profile.dashes = stroke.dashes;
    profile.dash_fade = stroke.dash_fade;
    profile.round_dashes = stroke.cap == Cap::round;
    profile.adds = stroke.overlap == Overlap::over;
    return profile;
}

/// An extrusion as far as an offset moves it: at the corner of a cap, half of it and turned by 45
/// degrees.
Point offset_of(Point extrude, float ahead) noexcept {
    if (ahead == 0) return extrude;
    const float turn = ahead > 0 ? 0.5F : -0.5F;
    return {extrude.x * 0.5F - extrude.y * turn, extrude.x * turn + extrude.y * 0.5F};
}

}  // namespace

LineStroker::LineStroker(const Stroke& stroke, Coverage& coverage, Course* course) noexcept
    : stroke_(stroke),
      filler_(profile_of(stroke), coverage, course),
      reach_(profile_of(stroke).outer) {
    if (stroke.join == Join::bevel) stroke_.miter_limit = 1.05F;
}

void LineStroker::add_edge(Point at, const Edge& edge) {
    const float offset = edge.right ? stroke_.offset : -stroke_.offset;
    const RibbonCorner corner{
        at + edge.extrude * reach_ + offset_of(edge.extrude, edge.ahead) * offset,
        edge.right ? 1.0F : -1.0F,
        edge.round ? 1.0F : 0.0F,
        along_};
    if (right_ && left_) filler_.fill({*right_, *left_, corner});
    (edge.right ? right_ : left_) = corner;
}

void LineStroker::add_pair(Point at, Point normal, Ends ends, bool round) {
    const Point ahead{normal.y, -normal.x};
    add_edge(at, {normal + ahead * ends.right, true, ends.right, round});
    add_edge(at, {ahead * ends.left - normal, false, -ends.left, round});
}

void LineStroker::gather(Points line, bool closed) {
    stations_.clear();
    for (const Point& at : line)
        if (stations_.empty() || length(at - stations_.back()) > no_way) stations_.push_back(at);
    while (closed && stations_.size() > 1 && length(stations_.back() - stations_[0]) <= no_way)
        stations_.pop_back();
}

LineStroker::Bend LineStroker::bend_at(std::size_t number, bool closed) const noexcept {
    const std::size_t count = stations_.size();
    const auto station = [&](std::size_t i) { return stations_[i % count]; };
    Bend bend;
    bend.at = station(number);
    bend.from_line = closed || number > 0;
    bend.to_line = closed || number + 1 < count;
    bend.before = bend.from_line ? right_of(station(number + count - 1), bend.at) : Point{};
    bend.after = bend.to_line ? right_of(bend.at, station(number + 1)) : bend.before;
    if (!bend.from_line) bend.before = bend.after;
    const Point sum = bend.before + bend.after;
    const float whole = length(sum);
    bend.middle = whole > 0 ? sum * (1 / whole) : sum;
    bend.half_cosine = dot(bend.middle, bend.after);
    bend.miter =
        bend.half_cosine != 0 ? 1 / bend.half_cosine : std::numeric_limits<float>::infinity();
    bend.rightwards = cross(bend.before, bend.after) > 0;
    return bend;
}

LineStroker::Corner LineStroker::corner_of(const Bend& bend) const noexcept {
    if (!bend.from_line || !bend.to_line) {
        if (stroke_.cap == Cap::round) return Corner::round_cap;
        return stroke_.cap == Cap::square ? Corner::square : Corner::butt;
    }
    if (stroke_.join == Join::round && bend.miter >= stroke_.round_limit)
        return bend.miter <= 2 ? Corner::round : Corner::round_cap;
    const float limit =
        stroke_.join == Join::round ? stroke_.round_limit : std::max(stroke_.miter_limit, 1.0F);
    if (bend.miter <= limit) return Corner::miter;
    return bend.miter > 2 ? Corner::flipped_bevel : Corner::bevel;
}

void LineStroker::turn(const Bend& bend, Corner corner) {
    switch (corner) {
        case Corner::miter: return add_pair(bend.at, bend.middle * bend.miter);
        case Corner::flipped_bevel: return turn_flipped(bend);
        case Corner::bevel:
        case Corner::round: return turn_bevelled(bend, corner);
        case Corner::butt: return add_pair(bend.at, bend.middle);
        case Corner::square: return cap_square(bend);
        case Corner::round_cap: return cap_round(bend);
    }
}

/// The inner edges meet where a miter would; the outer ones stop square, with a triangle between.
void LineStroker::turn_bevelled(const Bend& bend, Corner corner) {
    const float back = -std::sqrt(std::max(bend.miter * bend.miter - 1, 0.0F));
    const Ends ends = bend.rightwards ? Ends{back, 0} : Ends{0, back};
    add_pair(bend.at, bend.before, ends);
    if (corner == Corner::round) turn_rounded(bend);
    add_pair(bend.at, bend.after, {-ends.right, -ends.left});
}

/// The triangle of a bevel becomes slices of about 20 degrees.
void LineStroker::turn_rounded(const Bend& bend) {
    constexpr float slice = std::numbers::pi_v<float> / 9;
    const float angle = 2 * std::sqrt(std::max(2 - 2 * bend.half_cosine, 0.0F));
    const auto slices = static_cast<int>(std::lround(angle / slice));
    const float cosine = dot(bend.before, bend.after);
    const float whole = std::acos(std::clamp(cosine, -1.0F, 1.0F));
    const float side = bend.rightwards ? -1.0F : 1.0F;
    for (int i = 1; i < slices; ++i) {
        const float by = whole * static_cast<float>(i) / static_cast<float>(slices);
        const float turned = bend.rightwards ? by : -by;
        const Point way{bend.before.x * std::cos(turned) - bend.before.y * std::sin(turned),
                        bend.before.x * std::sin(turned) + bend.before.y * std::cos(turned)};
        add_edge(bend.at, {way * side, !bend.rightwards});
    }
}

/// A miter would run too far: the edges change sides, and cut the corner between them.
void LineStroker::turn_flipped(const Bend& bend) {
    constexpr float nearly_back = 100;
    Point across = bend.after * -1;
    if (bend.miter <= nearly_back) {
        const float cut = bend.miter * length(bend.before + bend.after) /
                          length(bend.before - bend.after) * (bend.rightwards ? -1.0F : 1.0F);
        across = Point{-bend.middle.y, bend.middle.x} * cut;
    }
    add_pair(bend.at, across);
    add_pair(bend.at, across * -1);
}

void LineStroker::cap_square(const Bend& bend) {
    if (!bend.from_line) add_pair(bend.at, bend.middle, {-1, -1});
    add_pair(bend.at, bend.middle);
    if (bend.from_line) add_pair(bend.at, bend.middle, {1, 1});
}

void LineStroker::cap_round(const Bend& bend) {
    if (bend.from_line) {
        add_pair(bend.at, bend.before);
        add_pair(bend.at, bend.before, {1, 1}, true);
    }
    if (bend.to_line) {
        add_pair(bend.at, bend.after, {-1, -1}, true);
        add_pair(bend.at, bend.after);
    }
}

void LineStroker::follow(bool closed) {
    // Half the cosine of 75 degrees, from which on the reference calls a corner sharp.
    constexpr float sharp_cosine = 0.79335334F;
    const std::size_t count = stations_.size();
    const std::size_t last = closed ? count : count - 1;
    Point from = closed ? stations_[count - 1] : stations_[0];
    const auto go_to = [&](Point to) {
        along_ += length(to - from);
        from = to;
    };
    for (std::size_t i = 0; i <= last; ++i) {
        const Bend bend = bend_at(i, closed);
        const bool sharp = bend.half_cosine < sharp_cosine;
        const auto stop_beside = [&](Point other, Point normal) {
            const Point way = other - bend.at;
            const float whole = length(way);
            if (!(whole > 2 * stroke_.corner)) return;
            go_to(bend.at + way * (stroke_.corner / whole));
            add_pair(from, normal);
        };
        if (sharp && i > 0) stop_beside(from, bend.before);
        go_to(bend.at);
        turn(bend, corner_of(bend));
        if (sharp && i < last) stop_beside(stations_[(i + 1) % count], bend.after);
    }
}

void LineStroker::cover_dot(Point middle) {
    if (stroke_.cap == Cap::butt) return;
    const Point down{0, 1};
    const bool round = stroke_.cap == Cap::round;
    add_pair(middle, down, {-1, -1}, round);
    add_pair(middle, down);
    add_pair(middle, down, {1, 1}, round);
}

void LineStroker::add(Points line, bool closed) {
    if (line.empty() || !(stroke_.width > 0)) return;
    gather(line, closed);
    along_ = 0;
    right_.reset();
    left_.reset();
    if (stations_.size() < 2) return cover_dot(line[0]);
    follow(closed);
}

}  // namespace relief::canvas
