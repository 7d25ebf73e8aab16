#pragma once
// The way from a picture's pixels to a raster's, exact on a lattice and interpolated between.

#include "tiler/core/boxes.hpp"
#include "tiler/source/raster_placement.hpp"

#include <optional>
#include <span>
#include <vector>

namespace relief::source {

/// Pixels of a picture: columns [left, right), rows [top, bottom).
struct PixelRect {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    int width() const noexcept { return right - left; }
    int height() const noexcept { return bottom - top; }
    bool empty() const noexcept { return left >= right || top >= bottom; }
};

/// A picture's place: EPSG:3857 box and size in pixels.
struct PictureFrame {
    MercatorBox box;
    PixelSize size;
};

/// Source coordinates (pixels of the full resolution) of every pixel centre of a rectangle.
///
/// The lattice starts with 32 pixels between nodes. It is halved until interpolating over twice the
/// distance hits each node within `tolerance` source pixels, so that over the lattice itself the
/// error is about a quarter of that; a picture that still fails at 4 pixels (discontinuities,
/// horizons) is computed exactly, pixel by pixel.
///
/// In a frame of the tile pyramid (pixels of a zoom, whole ones from the world's corner) nodes lie
/// at multiples of their distance from that corner, a little beyond the rectangle where it begins
/// or ends between two. Pictures that overlap then interpolate between the same nodes, and agree to
/// the last bit where they lie over each other.
class TransformGrid {
public:
    struct Need {
        PixelRect rect;
        double tolerance = 0.125;  ///< pixels of the full resolution
    };
    static TransformGrid make(const PixelMapper& mapper,
                              const PictureFrame& frame,
                              const Need& need);

    /// One row of source coordinates; both spans have rect().width() elements. A pixel without an
    /// image is infinite.
    struct Row {
        std::span<double> columns;
        std::span<double> rows;
    };
    void row(int picture_row, Row out) const noexcept;

    /// Smallest box that holds every finite source coordinate; no value when there is none.
    struct Extent {
        double left, top, right, bottom;
    };
    std::optional<Extent> extent() const noexcept { return extent_; }

    /// Source pixels of the full resolution a picture pixel spans, along columns and rows: the mean
    /// over the rectangle.
    PixelPoint scale() const noexcept { return scale_; }
    const PixelRect& rect() const noexcept { return rect_; }

private:
    /// Nodes of one axis lie `step` apart, the first `lead` pixels before pixel 0.
    struct Axis {
        int length = 0;
        int step = 1;
        int lead = 0;
        int nodes() const noexcept { return (length + lead + step - 2) / step + 1; }
        int at(int node) const noexcept { return node * step - lead; }
    };
    class Surveyor;
    bool smooth(double tolerance) const noexcept;
    void measure_scale() noexcept;
    void measure_extent();
    std::size_t index(int across, int down) const noexcept;

    PixelRect rect_;
    Axis across_;
    Axis down_;
    std::vector<double> columns_;
    std::vector<double> rows_;
    std::optional<Extent> extent_;
    PixelPoint scale_;
};

}  // namespace relief::source
