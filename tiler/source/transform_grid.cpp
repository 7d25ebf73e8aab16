#include "tiler/source/transform_grid.hpp"

#include "tiler/core/vectorised.hpp"
#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace relief::source {
namespace {

constexpr int first_step = 32;
constexpr int last_step = 4;

/// Where the pixels of a picture lie. Units: metres of EPSG:3857.
class Places {
public:
    explicit Places(const PictureFrame& frame)
        : left_(frame.box.left),
          top_(frame.box.top),
          across_((frame.box.right - frame.box.left) / frame.size.width),
          down_((frame.box.top - frame.box.bottom) / frame.size.height) {
        const double world = 2 * geo::mercator_half;
        // How often the pixel was halved from the world's side; box edges are rounded.
        const double halvings = std::round(std::log2(world / across_));
        const double pixel = std::ldexp(world, -static_cast<int>(halvings));
        const double column = std::round((left_ + geo::mercator_half) / pixel);
        const double row = std::round((geo::mercator_half - top_) / pixel);
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-3; };
        const auto alike = [](double a, double b) { return std::abs(a / b - 1) < 1e-7; };
        if (!alike(across_, pixel) || !alike(down_, pixel) ||
            !near((left_ + geo::mercator_half) / pixel, column) ||
            !near((geo::mercator_half - top_) / pixel, row))
            return;
        // From the corner of the world: the same pixel has the same place in every picture.
        left_ = -geo::mercator_half;
        top_ = geo::mercator_half;
        across_ = down_ = pixel;
        column_ = static_cast<std::int64_t>(column);
        row_ = static_cast<std::int64_t>(row);
    }

    double x(int column) const noexcept {
        return left_ + (static_cast<double>(column_ + column) + 0.5) * across_;
    }
    double y(int row) const noexcept {
        return top_ - (static_cast<double>(row_ + row) + 0.5) * down_;
    }
    /// Pixels between a pixel of the picture and the lattice line at or before it.
    int after_line_x(int column, int step) const noexcept { return rest(column_ + column, step); }
    int after_line_y(int row, int step) const noexcept { return rest(row_ + row, step); }

private:
    static int rest(std::int64_t place, int step) noexcept {
        const auto left = static_cast<int>(place % step);
        return left < 0 ? left + step : left;
    }

    double left_;
    double top_;
    double across_;
    double down_;
    std::int64_t column_ = 0;
    std::int64_t row_ = 0;
};

/// Three nodes in a line: is the middle one where interpolating the outer two would put it?
struct Neighbours {
    std::size_t before, middle, after;
    double share;  ///< of the way from before to after
};

/// Source coordinates of a node and their steps from pixel to pixel.
struct Line {
    double x, step_x;
    double y, step_y;
};

/// `offset`: pixels between the node and the first element.
RELIEF_VECTORISED void interpolate(const Line& line,
                                   int offset,
                                   const TransformGrid::Row& out) noexcept {
    const Line from = line;
    double* __restrict const columns = out.columns.data();
    double* __restrict const rows = out.rows.data();
    const auto size = static_cast<int>(out.columns.size());
    for (int k = 0; k < size; ++k) {
        columns[k] = from.x + from.step_x * (offset + k);
        rows[k] = from.y + from.step_y * (offset + k);
    }
}

}  // namespace

/// Maps a lattice of picture pixels to source coordinates.
class TransformGrid::Surveyor {
public:
    Surveyor(const PixelMapper& mapper, const PictureFrame& frame)
        : mapper_(mapper), places_(frame) {
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
                grid.columns_.push_back(places_.x(grid.rect_.left + grid.across_.at(i)));
                grid.rows_.push_back(places_.y(grid.rect_.top + grid.down_.at(j)));
            }
        }
        mapper_.to_pixels(grid.columns_, grid.rows_, near_);
    }

    const Places& places() const noexcept { return places_; }

private:
    const PixelMapper& mapper_;
    Places places_;
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
    const auto step_for = [](int length, int step) {
        return std::clamp((length - 1) / 2, 1, step);
    };
    const Places& places = surveyor.places();
    for (int step = first_step;; step /= 2) {
        if (step < last_step) step = 1;
        const int across = step_for(need.rect.width(), step);
        const int down = step_for(need.rect.height(), step);
        grid.across_ = {need.rect.width(), across, places.after_line_x(need.rect.left, across)};
        grid.down_ = {need.rect.height(), down, places.after_line_y(need.rect.top, down)};
        surveyor.survey(grid);
        if (step == 1 || grid.smooth(need.tolerance)) break;
    }
    grid.measure_scale();
    grid.measure_extent();
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

/// Within each mesh the position is bilinear: its extremes lie on the lines of nodes and on the
/// rectangle's own first and last.
void TransformGrid::measure_extent() {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    Extent box{infinite, infinite, -infinite, -infinite};
    std::vector<double> columns(static_cast<std::size_t>(across_.length));
    std::vector<double> rows(columns.size());
    const auto take = [&](int local) {
        row(rect_.top + local, {columns, rows});
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (!std::isfinite(columns[i])) continue;
            box.left = std::min(box.left, columns[i]);
            box.right = std::max(box.right, columns[i]);
            box.top = std::min(box.top, rows[i]);
            box.bottom = std::max(box.bottom, rows[i]);
        }
    };
    take(0);
    for (int j = 1; j + 1 < down_.nodes(); ++j) take(down_.at(j));
    take(down_.length - 1);
    if (box.left <= box.right) extent_ = box;
}

void TransformGrid::measure_scale() noexcept {
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
    const int j = std::clamp((local + down_.lead) / down_.step, 0, std::max(0, down_.nodes() - 2));
    const int below = std::min(j + 1, down_.nodes() - 1);
    const double v = below > j ? static_cast<double>(local - down_.at(j)) / down_.step : 0;
    const auto blend = [&](const std::vector<double>& values, int i) {
        const double upper = values[index(i, j)];
        return v == 0 ? upper : upper + (values[index(i, below)] - upper) * v;
    };
    // Exact nodes: a neighbour at infinity must not spoil this one.
    const bool exact = across_.step == 1;
    for (int i = 0; i < across_.nodes(); ++i) {
        const int next = std::min(i + 1, across_.nodes() - 1);
        const int from = across_.at(i);
        const int first = std::max(from, 0);
        const int end = std::min(from + across_.step, across_.length);
        const double x0 = blend(columns_, i);
        const double y0 = blend(rows_, i);
        const double dx = (blend(columns_, next) - x0) / across_.step;
        const double dy = (blend(rows_, next) - y0) / across_.step;
        if (first >= end) continue;
        const auto at = static_cast<std::size_t>(first);
        const auto size = static_cast<std::size_t>(end - first);
        if (!exact)
            interpolate({x0, dx, y0, dy},
                        first - from,
                        {out.columns.subspan(at, size), out.rows.subspan(at, size)});
        // A node is where it is: a step to infinity, times zero, is not.
        if (first == from) {
            out.columns[at] = x0;
            out.rows[at] = y0;
        }
    }
}

}  // namespace relief::source
