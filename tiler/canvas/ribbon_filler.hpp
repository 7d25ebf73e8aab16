#pragma once
// Triangles of a stroked line to coverage.

#include "tiler/canvas/plane.hpp"

#include <array>
#include <span>
#include <vector>

namespace relief::canvas {

/// Where along and across its line each covered pixel lies, for what changes along a line.
/// Units: pixels; `along` from the line's first point, `across` to the right of its direction.
struct Course {
    explicit Course(PixelSize size)
        : along(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)),
          across(along.size()) {}
    std::vector<float> along;
    std::vector<float> across;
};

/// A corner of a triangle. Between corners the numbers change evenly.
struct RibbonCorner {
    Point at;
    float across = 0;  ///< 1 on the edge to the right of the line's direction, -1 to the left
    float beyond = 0;  ///< 0 on the line, 1 on the far edge of a round cap
    float along = 0;   ///< pixels from the line's first point
};

/// How a ribbon covers what it lies on. Units: pixels.
struct RibbonProfile {
    float outer = 0;  ///< distance from the line's middle at which nothing is covered any more
    float inner = 0;  ///< distance at which all is covered, behind the gap
    float fade = 1;
    float half_width = 0;
    std::span<const float> dashes{};  ///< lengths of dash, gap, dash …; none: a whole line
    float dash_fade = 1;              ///< over how much a dash begins and ends
    bool round_dashes = false;
    bool adds = false;  ///< by "source over" to what is covered; else the stronger counts
};

/// Of two triangles that share an edge each pixel centre belongs to one.
class RibbonFiller {
public:
    /// What the profile points to, `coverage` and a `course` of its size outlive the filler.
    RibbonFiller(const RibbonProfile& profile, Coverage& coverage, Course* course) noexcept;

    void fill(const std::array<RibbonCorner, 3>& corners) noexcept;

private:
    /// The numbers of the corners at a pixel's centre, and how they change to the right.
    struct Values {
        float across = 0;
        float beyond = 0;
        float along = 0;
    };
    struct Run {
        int row = 0;
        Coverage::Extent extent;
        Values at;
        Values step;
    };

    void fill_run(const Run& run) noexcept;
    float share_at(const Values& values) const noexcept;
    float share_of_dash(const Values& values) const noexcept;
    void put(std::uint8_t& pixel, float share, const Values& values) noexcept;

    RibbonProfile profile_;
    Coverage& coverage_;
    Course* course_;
    float per_fade_;
    float pattern_ = 0;  ///< length of the dashes and gaps; 0: a whole line
};

}  // namespace relief::canvas
