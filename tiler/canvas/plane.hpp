#pragma once
// Where drawing happens: points, outlines of areas, and one byte of coverage a pixel.

#include "tiler/core/boxes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relief::canvas {

/// Units: pixels, x to the right, y down; (0, 0) is the corner of the first pixel, whose centre is
/// (0.5, 0.5).
struct Point {
    float x = 0;
    float y = 0;
    bool operator==(const Point&) const = default;

    friend Point operator+(Point a, Point b) noexcept { return {a.x + b.x, a.y + b.y}; }
    friend Point operator-(Point a, Point b) noexcept { return {a.x - b.x, a.y - b.y}; }
    friend Point operator*(Point a, float by) noexcept { return {a.x * by, a.y * by}; }
};

inline float dot(Point a, Point b) noexcept {
    return a.x * b.x + a.y * b.y;
}
/// Positive when b lies clockwise of a, as seen.
inline float cross(Point a, Point b) noexcept {
    return a.x * b.y - a.y * b.x;
}

using Points = std::span<const Point>;

/// Units: 0 to 255 in and out.
inline std::uint8_t rounded_byte(float value) noexcept {
    // NOLINTNEXTLINE(bugprone-incorrect-roundings): never negative, and lround() would be a call
    return static_cast<std::uint8_t>(value + 0.5F);
}

/// How much of each pixel something covers, 0 to 255, and which pixels it touches at all: a small
/// thing on a large plane costs what the thing costs.
class Coverage {
public:
    /// Columns [from, to) of a row that may be covered.
    struct Extent {
        int from = 0;
        int to = 0;
    };

    explicit Coverage(PixelSize size)
        : size_(size),
          bytes_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)),
          extents_(static_cast<std::size_t>(size.height)) {}

    PixelSize size() const noexcept { return size_; }
    /// Rows [top, bottom) may be touched.
    int top() const noexcept { return top_; }
    int bottom() const noexcept { return bottom_; }
    bool untouched() const noexcept { return top_ >= bottom_; }
    Extent extent(int row) const noexcept { return extents_[static_cast<std::size_t>(row)]; }
    const std::uint8_t* row(int row) const noexcept { return bytes_.data() + start_of(row); }

    /// The row's bytes, of which those in the extent will be written. The extent lies inside the
    /// plane and is not empty.
    std::uint8_t* touch(int row, Extent extent) noexcept {
        Extent& known = extents_[static_cast<std::size_t>(row)];
        if (known.from >= known.to) {
            known = extent;
        } else {
            known = {std::min(known.from, extent.from), std::max(known.to, extent.to)};
        }
        if (untouched()) {
            top_ = row;
            bottom_ = row + 1;
        } else {
            top_ = std::min(top_, row);
            bottom_ = std::max(bottom_, row + 1);
        }
        return bytes_.data() + start_of(row);
    }

    /// Of the row only what lies in the extent stays covered.
    void keep(int row, Extent extent) noexcept;
    /// What is covered at least by half is so whole, the rest not at all.
    void harden() noexcept;
    /// Nothing is covered again.
    void clear() noexcept;

private:
    void erase(int row, Extent extent) noexcept;
    std::size_t start_of(int row) const noexcept {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.width);
    }

    PixelSize size_;
    std::vector<std::uint8_t> bytes_;
    std::vector<Extent> extents_;
    int top_ = 0;
    int bottom_ = 0;
};

}  // namespace relief::canvas
