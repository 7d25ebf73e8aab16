#pragma once
// Metres from a feature to a shape.

#include "tiler/expression/plane.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace relief::expression {

/// Positions, joined to a line or single, with boxes around runs of them.
class Chain {
public:
    enum class Form : std::uint8_t { points, line };

    Chain(Line positions, Form form);

    std::size_t segments() const noexcept { return segments_; }
    /// Of single points each is a segment of no length.
    Segment segment(std::size_t index) const noexcept;
    const std::vector<Extent>& boxes() const noexcept { return boxes_; }
    const Line& positions() const noexcept { return positions_; }

    static constexpr std::size_t run = 32;  ///< segments in a box

private:
    Line positions_;
    Form form_;
    std::size_t segments_;
    std::vector<Extent> boxes_;
};

/// A shape made ready to be measured from. CRS: longitude and latitude in degrees.
struct Measured {
    std::vector<Chain> chains;  ///< points, lines and the rings of polygons
    std::vector<Rings> polygons;
};

Measured measured(const Shape& shape);

/// Units: metres; 0 where they touch or one holds the other; not-a-number when either is empty.
/// Distances are those of the ellipsoid's tangent plane at the feature's first position: right to
/// 0.1 % over tens of kilometres, coarse over thousands.
/// Source: WGS 84 ellipsoid; radii of curvature in the meridian and in the prime vertical.
double distance_between(const Measured& feature, const Measured& shape);

}  // namespace relief::expression
