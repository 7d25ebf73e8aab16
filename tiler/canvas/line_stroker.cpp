#include "tiler/canvas/line_stroker.hpp"

#include <cmath>

namespace relief::canvas {
namespace {

constexpr float half_pixel = 0.5F;

/// The x for which low <= start + slope * x <= high.
struct Interval {
    float low = -1e9F;
    float high = 1e9F;

    void meet(float start, float slope, Interval within) noexcept {
        if (std::abs(slope) < 1e-6F) {
            if (start < within.low || start > within.high) high = low - 1;
            return;
        }
        const float a = (within.low - start) / slope;
        const float b = (within.high - start) / slope;
        low = std::max(low, std::min(a, b));
        high = std::min(high, std::max(a, b));
    }
};

/// Pixels whose centres lie within the interval, its ends too, of an axis that has `count` of them.
Coverage::Extent centres_within(Interval interval, int count) noexcept {
    const auto end = static_cast<float>(count);
    const float from = std::clamp(std::ceil(interval.low - half_pixel), 0.0F, end);
    const float to = std::clamp(std::floor(interval.high - half_pixel) + 1, 0.0F, end);
    return {static_cast<int>(from), static_cast<int>(to)};
}

}  // namespace

LineStroker::LineStroker(const Stroke& stroke, Coverage& coverage, Course* course) noexcept
    : stroke_(stroke),
      coverage_(coverage),
      course_(course),
      outer_(stroke.gap > 0 ? stroke.gap / 2 + stroke.width + half_pixel
                            : stroke.width / 2 + half_pixel),
      inner_(stroke.gap > 0 ? stroke.gap / 2 + half_pixel : -1e9F),
      fade_(stroke.blur + 1) {}

float LineStroker::covered(float distance) const noexcept {
    const float share = std::min(distance - inner_ + fade_, outer_ - distance) / fade_;
    return std::clamp(share, 0.0F, 1.0F);
}

void LineStroker::raise(std::uint8_t& pixel, float share, Point along_across) noexcept {
    const std::uint8_t value = rounded_byte(share * 255);
    if (value <= pixel) return;
    pixel = value;
    if (course_ == nullptr) return;
    const auto number = static_cast<std::size_t>(&pixel - coverage_.row(0));
    course_->along[number] = along_across.x;
    course_->across[number] = along_across.y;
}

float LineStroker::end_reach() const noexcept {
    return stroke_.cap == Cap::square ? outer_ - half_pixel : 0;
}

void LineStroker::cover_row(const Part& part, const Span& span, int row) {
    const float y = static_cast<float>(row) + half_pixel - part.from.y;
    Interval x;
    const float aside = part.along.x * y + part.along.y * part.from.x;
    const float ahead = part.along.y * y - part.along.x * part.from.x;
    x.meet(aside, -part.along.y, {-outer_, outer_});
    x.meet(ahead, part.along.x, {span.low, span.high});
    const auto extent = centres_within(x, coverage_.size().width);
    if (extent.from >= extent.to) return;
    std::uint8_t* const bytes = coverage_.touch(row, extent);
    for (int column = extent.from; column < extent.to; ++column) {
        const float at = static_cast<float>(column) + half_pixel;
        const float distance = std::abs(aside - part.along.y * at);
        const float along = ahead + part.along.x * at;
        const float end = std::min(along - span.low_fade, span.high_fade - along);
        const float share = covered(distance) * std::min(end, 1.0F);
        raise(
            bytes[column], std::max(share, 0.0F), {part.before + along, part.along.y * at - aside});
    }
}

void LineStroker::cover_part(const Part& part, const Span& span) {
    const Point begin = part.from + part.along * span.low;
    const Point end = part.from + part.along * span.high;
    const float aside = std::abs(part.along.x) * outer_;
    const auto rows =
        centres_within({std::min(begin.y, end.y) - aside, std::max(begin.y, end.y) + aside},
                       coverage_.size().height);
    for (int row = rows.from; row < rows.to; ++row) cover_row(part, span, row);
}

template <typename DistanceAt>
void LineStroker::cover_around(Point middle, float radius, const DistanceAt& distance_at) {
    const auto rows =
        centres_within({middle.y - radius, middle.y + radius}, coverage_.size().height);
    const auto columns =
        centres_within({middle.x - radius, middle.x + radius}, coverage_.size().width);
    if (columns.from >= columns.to) return;
    for (int row = rows.from; row < rows.to; ++row) {
        std::uint8_t* const bytes = coverage_.touch(row, columns);
        for (int column = columns.from; column < columns.to; ++column) {
            const Point centre{static_cast<float>(column) + half_pixel,
                               static_cast<float>(row) + half_pixel};
            raise(bytes[column], covered(distance_at(centre - middle)), {before_, 0});
        }
    }
}

// Between the end of one part and the start of the next, on the outer side of the turn, lies a
// wedge that neither covers:     part ──────┐╲
//                                           │ ╲ wedge
//                                      next ╲
void LineStroker::cover_join(const Part& part, const Part& next) {
    const Point u = part.along;
    const Point w = next.along;
    const float cosine = dot(u, w);
    if (cosine > 0.99999F) return;
    const float half = std::sqrt(std::max((1 + cosine) / 2, 1e-6F));  // cosine of half the turn
    const auto outside = [&](Point q) { return dot(q, u) < 0 || dot(q, w) > 0; };
    constexpr float nowhere = 1e8F;
    if (stroke_.join == Join::round) {
        cover_around(next.from, outer_, [&](Point q) {
            return outside(q) ? nowhere : std::hypot(q.x, q.y);
        });
    } else if (stroke_.join == Join::miter && 1 / half <= stroke_.miter_limit) {
        cover_around(next.from, outer_ / half, [&](Point q) {
            return outside(q) ? nowhere : std::max(std::abs(cross(u, q)), std::abs(cross(w, q)));
        });
    } else {
        const Point apart = u - w;
        const Point middle = apart * (1 / std::max(std::hypot(apart.x, apart.y), 1e-6F));
        cover_around(next.from, outer_, [&](Point q) {
            return outside(q) ? nowhere : dot(q, middle) / half;
        });
    }
}

void LineStroker::cover_dot(Point middle) {
    if (stroke_.cap == Cap::round)
        cover_around(middle, outer_, [](Point q) { return std::hypot(q.x, q.y); });
    if (stroke_.cap == Cap::square)
        cover_around(
            middle, outer_, [](Point q) { return std::max(std::abs(q.x), std::abs(q.y)); });
}

void LineStroker::divide(Points line, bool closed) {
    parts_.clear();
    before_ = 0;
    Point at = line[0];
    const auto go_to = [&](Point to) {
        const Point way = to - at;
        const float length = std::hypot(way.x, way.y);
        if (!(length > 1e-4F)) return;
        parts_.push_back({at, way * (1 / length), length, before_});
        before_ += length;
        at = to;
    };
    for (const Point& point : line.subspan(1)) go_to(point);
    if (closed) go_to(line[0]);
}

void LineStroker::cover_parts(bool closed) {
    const float end = end_reach() + half_pixel;
    // A round end is a dot's half: the part itself stops there without fading.
    const bool fades = !closed && stroke_.cap != Cap::round;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const Part& part = parts_[i];
        Span span{0, part.length};
        if (fades && i == 0) span.low = span.low_fade = -end;
        if (fades && i + 1 == parts_.size()) span.high = span.high_fade = part.length + end;
        cover_part(part, span);
        before_ = part.before + part.length;
        if (i + 1 < parts_.size()) cover_join(part, parts_[i + 1]);
    }
}

void LineStroker::cover_round_ends() {
    const float whole = before_;
    before_ = 0;
    cover_dot(parts_.front().from);
    before_ = whole;
    cover_dot(parts_.back().to());
}

void LineStroker::add(Points line, bool closed) {
    if (line.empty() || !(stroke_.width > 0)) return;
    divide(line, closed);
    if (parts_.empty()) return cover_dot(line[0]);
    cover_parts(closed);
    if (closed) return cover_join(parts_.back(), parts_.front());
    if (stroke_.cap == Cap::round) cover_round_ends();
}

}  // namespace relief::canvas
