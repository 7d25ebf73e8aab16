#include "tiler/expression/distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::expression {
namespace {

constexpr double equatorial_radius = 6378137;  // metres, WGS 84
constexpr double flattening = 1 / 298.257223563;

/// The difference of two longitudes, the short way.
double wrapped(double degrees) {
    return std::remainder(degrees, 360);
}

/// Metres of a degree, at one latitude.
class Ruler {
public:
    explicit Ruler(double latitude) {
        constexpr double radian = std::numbers::pi / 180;
        constexpr double eccentricity = flattening * (2 - flattening);
        const double cosine = std::cos(latitude * radian);
        const double bend = 1 / (1 - eccentricity * (1 - cosine * cosine));
        const double degree = radian * equatorial_radius * std::sqrt(bend);
        east_ = degree * cosine;
        north_ = degree * bend * (1 - eccentricity);
    }

    double length(const Position& degrees) const {
        return std::hypot(degrees.x * east_, degrees.y * north_);
    }

    double to_segment(const Position& position, const Segment& segment) const {
        const double dx = wrapped(segment.to.x - segment.from.x) * east_;
        const double dy = (segment.to.y - segment.from.y) * north_;
        const double px = wrapped(position.x - segment.from.x) * east_;
        const double py = (position.y - segment.from.y) * north_;
        const double square = dx * dx + dy * dy;
        const double along = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
        return std::hypot(px - along * dx, py - along * dy);
    }

    double between(const Segment& one, const Segment& other) const {
        if (cross(one, other)) return 0;
        return std::min({to_segment(one.from, other),
                         to_segment(one.to, other),
                         to_segment(other.from, one),
                         to_segment(other.to, one)});
    }

    /// Never more than between what lies in the boxes.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): symmetric
    double at_least(const Extent& one, const Extent& other) const {
        const double gap = std::max({0.0, one.left - other.right, other.left - one.right});
        const double whole = std::max(one.right, other.right) - std::min(one.left, other.left);
        const double around = std::max(0.0, 360 - whole);
        const double dy = std::max({0.0, one.top - other.bottom, other.top - one.bottom});
        return length({std::min(gap, around), dy});
    }

private:
    double east_ = 0;
    double north_ = 0;
};

struct Chains {
    const Chain& one;
    const Chain& other;
};

struct Runs {
    std::size_t one;
    std::size_t other;
};

double run_distance(const Ruler& ruler, const Chains& chains, const Runs& runs) {
    double least = std::numeric_limits<double>::infinity();
    const std::size_t first_end = std::min(chains.one.segments(), (runs.one + 1) * Chain::run);
    const std::size_t second_end = std::min(chains.other.segments(), (runs.other + 1) * Chain::run);
    for (std::size_t i = runs.one * Chain::run; i < first_end; ++i) {
        for (std::size_t j = runs.other * Chain::run; j < second_end; ++j)
            least = std::min(least, ruler.between(chains.one.segment(i), chains.other.segment(j)));
    }
    return least;
}

/// The least of what is known and what the chains give: runs too far apart are passed over.
double chain_distance(const Ruler& ruler, const Chains& chains, double least) {
    for (std::size_t i = 0; i < chains.one.boxes().size(); ++i) {
        for (std::size_t j = 0; j < chains.other.boxes().size(); ++j) {
            if (least == 0) return 0;
            if (ruler.at_least(chains.one.boxes()[i], chains.other.boxes()[j]) < least)
                least = std::min(least, run_distance(ruler, chains, {i, j}));
        }
    }
    return least;
}

/// Whether something of the one begins in a polygon of the other.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): called both ways round
bool begins_in(const Measured& one, const Measured& other) {
    return std::any_of(other.polygons.begin(), other.polygons.end(), [&](const Rings& polygon) {
        Extent box;
        box.add(polygon);
        return std::any_of(one.chains.begin(), one.chains.end(), [&](const Chain& chain) {
            return std::any_of(
                chain.positions().begin(), chain.positions().end(), [&](const Position& each) {
                    const bool near = each.x >= box.left && each.x <= box.right &&
                                      each.y >= box.top && each.y <= box.bottom;
                    return near && side_of(each, polygon) != Side::outside;
                });
        });
    });
}

}  // namespace

Chain::Chain(Line positions, Form form)
    : positions_(std::move(positions)),
      form_(positions_.size() > 1 ? form : Form::points),
      segments_(form_ == Form::line ? positions_.size() - 1 : positions_.size()) {
    boxes_.resize((segments_ + run - 1) / run);
    for (std::size_t i = 0; i < segments_; ++i) {
        boxes_[i / run].add(segment(i).from);
        boxes_[i / run].add(segment(i).to);
    }
}

Segment Chain::segment(std::size_t index) const noexcept {
    return {positions_[index], positions_[form_ == Form::line ? index + 1 : index]};
}

Measured measured(const Shape& shape) {
    Measured result;
    if (!shape.points.empty()) result.chains.emplace_back(shape.points, Chain::Form::points);
    for (const Line& line : shape.lines) result.chains.emplace_back(line, Chain::Form::line);
    for (const Rings& polygon : shape.polygons) {
        for (const Line& ring : polygon) result.chains.emplace_back(ring, Chain::Form::line);
    }
    result.polygons = shape.polygons;
    return result;
}

double distance_between(const Measured& feature, const Measured& shape) {
    double least = std::numeric_limits<double>::infinity();
    if (feature.chains.empty() || feature.chains.front().positions().empty() ||
        shape.chains.empty())
        return std::numeric_limits<double>::quiet_NaN();
    if (begins_in(feature, shape) || begins_in(shape, feature)) return 0;
    const Ruler ruler(feature.chains.front().positions().front().y);
    for (const Chain& one : feature.chains) {
        for (const Chain& other : shape.chains) least = chain_distance(ruler, {one, other}, least);
    }
    return least;
}

}  // namespace relief::expression
