#pragma once
// Lines cut into dashes, and lines beside lines.

#include "tiler/canvas/plane.hpp"

#include <span>
#include <vector>

namespace relief::canvas {

/// Cuts a line into dashes. Keeps its room from line to line.
class DashCutter {
public:
    /// Units: pixels; `pattern` are the lengths of dash, gap, dash …; of an odd number the last
    /// dash joins the first, as the reference renderer's do. A pattern without length, or with
    /// something negative, leaves the line whole. The pattern outlives the cutter.
    explicit DashCutter(std::span<const float> pattern);

    bool cuts() const noexcept { return total_ > 0; }

    /// Calls `draw(points)` for each dash; the first begins where the line does.
    template <typename Draw>
    void each(Points line, bool closed, const Draw& draw) {
        start(line);
        const std::size_t count = line.size() + (closed ? 1 : 0);
        for (std::size_t i = 1; i < count; ++i)
            while (step(line[i % line.size()])) {
                if (!dash_.empty()) draw(Points(dash_));
                turn();
            }
        if (drawing() && dash_.size() > 1) draw(Points(dash_));
    }

private:
    void start(Points line);
    /// Goes on towards the point: true when a dash or a gap ended before it.
    bool step(Point to);
    void turn();
    bool drawing() const noexcept { return place_ % 2 == 0; }

    std::span<const float> pattern_;
    float total_ = 0;
    std::vector<Point> dash_;
    Point at_;
    std::size_t place_ = 0;
    float rest_ = 0;  ///< of the dash or gap at hand
};

/// The line that runs beside another: to the right of its direction when `by` is positive. Corners
/// keep their distance up to four times as far; beyond that they are cut.
/// Units: pixels. `beside` is emptied first; it has as many points as the line without repeated
/// ones, of sharp corners two.
void offset_line(Points line, bool closed, float by, std::vector<Point>& beside);

}  // namespace relief::canvas
