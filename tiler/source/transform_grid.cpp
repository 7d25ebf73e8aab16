#include "tiler/source/transform_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace relief::source {
namespace {

constexpr int first_step = 32;
constexpr int last_step = 4;

double centre_x(const PictureFrame& frame, int column) noexcept {
    return frame.box.left + (column + 0.5) * (frame.box.right - frame.box.left) / frame.size.width;
}
double centre_y(const PictureFrame& frame, int row) noexcept {
    return frame.box.top - (row + 0.5) * (frame.box.top - frame.box.bottom) / frame.size.height;
}

/// Three nodes in a line: is the middle one where interpolating the outer two would put it?
struct Neighbours {
    std::size_t before, middle, after;
    double share;  ///< of the way from before to after
};

}  // namespace

/// Maps a lattice of picture pixels to source coordinates.
class TransformGrid::Surveyor {
public:
    Surveyor(const PixelMapper& mapper, const PictureFrame& frame)
        : mapper_(mapper), frame_(frame) {
        double x = (frame.box.left + frame.box.right) / 2;
        double y = (frame.box.top + frame.box.bottom) / 2;
        const double middle = mapper.placement().size.width / 2.0;
        mapper.to_pixels({&x, 1}, {&y, 1}, middle);
        // A raster all around the world is followed from the picture's middle, so that no jump
        // falls inside; any other one from its own middle.
        near_ = mapper.placement().cyclic && std::isfinite(x) ? x : middle;
    }

    void survey(TransformGrid& grid) const {
        const std::size_t count = static_cast<std::size_t>(grid.across_.nodes()) *
                                  static_cast<std::size_t>(grid.down_.nodes());
        grid.columns_.clear();
        grid.rows_.clear();
        grid.columns_.reserve(count);
        grid.rows_.reserve(count);
        for (int j = 0; j < grid.down_.nodes(); ++j) {
            for (int i = 0; i < grid.across_.nodes(); ++i) {
                grid.columns_.push_back(centre_x(frame_, grid.rect_.left + grid.across_.at(i)));
                grid.rows_.push_back(centre_y(frame_, grid.rect_.top + grid.down_.at(j)));
            }
        }
        mapper_.to_pixels(grid.columns_, grid.rows_, near_);
    }

private:
    const PixelMapper& mapper_;
    const PictureFrame& frame_;
    double near_ = 0;
};

std::size_t TransformGrid::index(int across, int down) const noexcept {
    return static_cast<std::size_t>(down) * static_cast<std::size_t>(across_.nodes()) +
           static_cast<std::size_t>(across);
}

TransformGrid TransformGrid::make(const PixelMapper& mapper,
                                  const PictureFrame& frame,
                                  const Need& need) {
    TransformGrid grid;
    grid.rect_ = need.rect;
    const Surveyor surveyor(mapper, frame);
    // At least three nodes an axis where there are three pixels: two could not be checked.
    const auto axis = [](int length, int step) {
        return Axis{length, std::clamp((length - 1) / 2, 1, step)};
    };
    for (int step = first_step;; step /= 2) {
        if (step < last_step) step = 1;
        grid.across_ = axis(need.rect.width(), step);
        grid.down_ = axis(need.rect.height(), step);
        surveyor.survey(grid);
        if (step == 1 || grid.smooth(need.tolerance)) break;
    }
    grid.measure();
    return grid;
}

bool TransformGrid::smooth(double tolerance) const noexcept {
    const auto straight = [&](const Neighbours& n) {
        const double x = columns_[n.before] + (columns_[n.after] - columns_[n.before]) * n.share;
        const double y = rows_[n.before] + (rows_[n.after] - rows_[n.before]) * n.share;
        // Comparisons with infinities and NaN are false: a lattice with a hole is never smooth.
        return std::abs(x - columns_[n.middle]) <= tolerance &&
               std::abs(y - rows_[n.middle]) <= tolerance;
    };
    const auto share = [](const Axis& axis, int i) {
        return static_cast<double>(axis.at(i) - axis.at(i - 1)) / (axis.at(i + 1) - axis.at(i - 1));
    };
    for (int j = 0; j < down_.nodes(); ++j) {
        for (int i = 1; i + 1 < across_.nodes(); ++i) {
            if (!straight({index(i - 1, j), index(i, j), index(i + 1, j), share(across_, i)}))
                return false;
        }
    }
    for (int j = 1; j + 1 < down_.nodes(); ++j) {
        for (int i = 0; i < across_.nodes(); ++i) {
            if (!straight({index(i, j - 1), index(i, j), index(i, j + 1), share(down_, j)}))
                return false;
        }
    }
    return true;
}

void TransformGrid::measure() noexcept {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    Extent box{infinite, infinite, -infinite, -infinite};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!std::isfinite(columns_[i])) continue;
        box.left = std::min(box.left, columns_[i]);
        box.right = std::max(box.right, columns_[i]);
        box.top = std::min(box.top, rows_[i]);
        box.bottom = std::max(box.bottom, rows_[i]);
    }
    if (box.left <= box.right) extent_ = box;

    double across_sum = 0;
    double down_sum = 0;
    int pairs = 0;
    for (int j = 0; j + 1 < down_.nodes(); ++j) {
        for (int i = 0; i + 1 < across_.nodes(); ++i) {
            const std::size_t here = index(i, j);
            const std::size_t east = index(i + 1, j);
            const std::size_t south = index(i, j + 1);
            const double step_east =
                std::hypot(columns_[east] - columns_[here], rows_[east] - rows_[here]);
            const double step_south =
                std::hypot(columns_[south] - columns_[here], rows_[south] - rows_[here]);
            if (!std::isfinite(step_east) || !std::isfinite(step_south)) continue;
            across_sum += step_east / (across_.at(i + 1) - across_.at(i));
            down_sum += step_south / (down_.at(j + 1) - down_.at(j));
            ++pairs;
        }
    }
    if (pairs > 0) scale_ = {across_sum / pairs, down_sum / pairs};
}

void TransformGrid::row(int picture_row, Row out) const noexcept {
    const int local = picture_row - rect_.top;
    const int j = std::clamp(local / down_.step, 0, std::max(0, down_.nodes() - 2));
    const int below = std::min(j + 1, down_.nodes() - 1);
    const int gap = down_.at(below) - down_.at(j);
    const double v = gap > 0 ? static_cast<double>(local - down_.at(j)) / gap : 0;
    const auto blend = [&](const std::vector<double>& values, int i) {
        const double upper = values[index(i, j)];
        return v == 0 ? upper : upper + (values[index(i, below)] - upper) * v;
    };
    out.columns[0] = blend(columns_, 0);
    out.rows[0] = blend(rows_, 0);
    for (int i = 0; i + 1 < across_.nodes(); ++i) {
        const int from = across_.at(i);
        const int to = across_.at(i + 1);
        const double x0 = blend(columns_, i);
        const double y0 = blend(rows_, i);
        const double dx = (blend(columns_, i + 1) - x0) / (to - from);
        const double dy = (blend(rows_, i + 1) - y0) / (to - from);
        const bool next =
            to - from == 1;  // exact nodes: a neighbour at infinity must not spoil this one
        for (int k = from; k < to; ++k) {
            out.columns[static_cast<std::size_t>(k)] = next ? x0 : x0 + dx * (k - from);
            out.rows[static_cast<std::size_t>(k)] = next ? y0 : y0 + dy * (k - from);
        }
    }
    const auto last = static_cast<std::size_t>(across_.length - 1);
    out.columns[last] = blend(columns_, across_.nodes() - 1);
    out.rows[last] = blend(rows_, across_.nodes() - 1);
}

}  // namespace relief::source
