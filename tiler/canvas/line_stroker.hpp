#pragma once
// Lines to coverage: width, gap, blur, offset, dashes, joins, caps.

#include "tiler/canvas/ribbon_filler.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace relief::canvas {

enum class Join : std::uint8_t { miter, bevel, round };
enum class Cap : std::uint8_t { butt, round, square };

/// What counts where parts of lines lie upon each other.
enum class Overlap : std::uint8_t {
    strongest,  ///< so that a transparent line has no darker joints
    over,       ///< both, by "source over": where what is drawn hides what is under it, lines that
                ///< meet leave nothing open between them
};

/// Units: pixels.
struct Stroke {
    float width = 1;
    float gap = 0;     ///< above 0: two lines of the width, this far apart
    float blur = 0;    ///< over how much the edge fades, beyond the pixel that smooths it
    float offset = 0;  ///< how far to the right of its points the line runs
    std::span<const float> dashes{};  ///< lengths of dash, gap, dash …; without length, or with
                                      ///< something negative, the line is whole
    float dash_fade = 1;              ///< over how much a dash begins and ends
    Join join = Join::miter;
    Cap cap = Cap::butt;
    float miter_limit = 2;      ///< a miter longer than this many half widths becomes a bevel
    float round_limit = 1.05F;  ///< a round join whose miter is shorter than this becomes a miter
    float corner = 15;          ///< how far around a sharp corner dashes may be drawn out of shape
    Overlap overlap = Overlap::strongest;
};

/// Covers what the line covers. Coverage falls from 1 to 0 over one pixel (and the blur) around
/// each edge, by the distance from the line's middle; where a line ends with butt or square caps a
/// pixel belongs to it or not, by its centre.
///
/// A line becomes a ribbon of triangles as in the reference renderer, so that corners, offsets and
/// dashes look alike here and in a browser.
/// Source: MapLibre GL JS, `line_bucket.ts`, `line.vertex.glsl`, `line.fragment.glsl`.
///
/// Units: pixels. Points must be numbers within ±10 million.
class LineStroker {
public:
    /// `coverage` and the stroke's dashes outlive the stroker, and so does a `course` of its size,
    /// which is filled in where the coverage grows.
    LineStroker(const Stroke& stroke, Coverage& coverage, Course* course = nullptr) noexcept;

    /// Shape: `closed` joins the last point to the first, which is not repeated. Points that repeat
    /// the one before are passed over; a line without length covers a dot if its caps are round or
    /// square, else nothing.
    void add(Points line, bool closed);

private:
    /// Where a line turns, or ends. Vectors have a length of 1 and point to the right of the way.
    struct Bend {
        Point at;
        Point before;
        Point after;
        bool from_line = true;  ///< something comes before
        bool to_line = true;    ///< something comes after
        Point middle{};         ///< between before and after
        float miter = 1;        ///< length of a miter, in half widths
        float half_cosine = 1;  ///< of half the turn
        bool rightwards = false;
    };
    /// How far forwards an edge is drawn out at the end of a part, in half widths.
    struct Ends {
        float right;
        float left;
    };
    enum class Corner : std::uint8_t {
        miter,
        bevel,
        flipped_bevel,
        round,
        butt,
        square,
        round_cap
    };

    /// The points without those repeated.
    void gather(Points line, bool closed);
    void follow(bool closed);
    Bend bend_at(std::size_t number, bool closed) const noexcept;
    Corner corner_of(const Bend& bend) const noexcept;
    void turn(const Bend& bend, Corner corner);
    void turn_bevelled(const Bend& bend, Corner corner);
    void turn_flipped(const Bend& bend);
    void turn_rounded(const Bend& bend);
    void cap_square(const Bend& bend);
    void cap_round(const Bend& bend);
    void cover_dot(Point middle);

    /// Both edges go on at a point.
    void add_pair(Point at, Point normal, Ends ends = {0, 0}, bool round = false);
    /// One edge goes on: `extrude` from the middle, in half widths.
    struct Edge {
        Point extrude;
        bool right = false;
        float ahead = 0;  ///< how it is drawn out: above 0 forwards
        bool round = false;
    };
    void add_edge(Point at, const Edge& edge);

    Stroke stroke_;
    RibbonFiller filler_;
    float reach_;
    std::vector<Point> stations_;
    std::optional<RibbonCorner> right_;  ///< where the right edge has come to
    std::optional<RibbonCorner> left_;
    float along_ = 0;
};

}  // namespace relief::canvas
