#pragma once
// Lines to coverage: width, gap, blur, joins, caps.

#include "tiler/canvas/plane.hpp"

#include <cstdint>
#include <vector>

namespace relief::canvas {

enum class Join : std::uint8_t { miter, bevel, round };
enum class Cap : std::uint8_t { butt, round, square };

/// Units: pixels.
struct Stroke {
    float width = 1;
    float gap = 0;   ///< above 0: two lines of the width, this far apart
    float blur = 0;  ///< over how much the edge fades, beyond the pixel that smooths it
    Join join = Join::miter;
    Cap cap = Cap::butt;
    float miter_limit = 2;  ///< a miter longer than this many half widths becomes a bevel
};

/// Where along and across its line each covered pixel lies, for what changes along a line.
/// Units: pixels; `along` from the line's first point, `across` to the right of its direction.
struct Course {
    explicit Course(PixelSize size)
        : along(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)),
          across(along.size()) {}
    std::vector<float> along;
    std::vector<float> across;
};

/// Covers what the line covers; where parts of one line overlap the stronger counts, so that a
/// transparent line has no darker joints. Coverage falls from 1 to 0 over one pixel (and the blur)
/// around each edge, by the distance from the line's middle.
///
/// Units: pixels. Points must be numbers within ±10 million.
class LineStroker {
public:
    /// `coverage` outlives the stroker, and so does a `course` of its size, which is filled in
    /// where the coverage grows.
    LineStroker(const Stroke& stroke, Coverage& coverage, Course* course = nullptr) noexcept;

    /// Shape: `closed` joins the last point to the first, which is not repeated. Points that repeat
    /// the one before are passed over; a line without length covers a dot if its caps are round or
    /// square, else nothing.
    void add(Points line, bool closed);

private:
    /// A straight part: from a point, `length` along a direction of length 1.
    struct Part {
        Point from;
        Point along;
        float length = 0;
        float before = 0;  ///< of the line, up to here
        Point to() const noexcept { return from + along * length; }
    };
    /// Of a part, measured along it: where it is covered, and where that fades at a free end.
    struct Span {
        float low = 0;
        float high = 0;
        float low_fade = -1e9F;
        float high_fade = 1e9F;
    };

    /// Cuts the line into parts; those without length are left out.
    void divide(Points line, bool closed);
    float covered(float distance) const noexcept;
    /// The parts and the joins between them; `before_` is then the whole line's length.
    void cover_parts(bool closed);
    void cover_part(const Part& part, const Span& span);
    void cover_row(const Part& part, const Span& span, int row);
    void cover_join(const Part& part, const Part& next);
    /// The pixels around a point whose distance, as `distance_at` of the vector to them tells, is
    /// near enough.
    template <typename DistanceAt>
    void cover_around(Point middle, float radius, const DistanceAt& distance_at);
    void cover_dot(Point middle);
    void cover_round_ends();
    /// The pixel becomes as covered as said, if it is less so.
    void raise(std::uint8_t& pixel, float share, Point along_across) noexcept;
    float end_reach() const noexcept;

    Stroke stroke_;
    Coverage& coverage_;
    Course* course_;
    float before_ = 0;  ///< of the line, up to the join or end at hand
    std::vector<Part> parts_;
    float outer_;  ///< distance at which nothing is covered any more
    float inner_;  ///< distance at which all is covered, behind the gap
    float fade_;
};

}  // namespace relief::canvas
