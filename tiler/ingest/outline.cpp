#include "tiler/ingest/outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace relief::ingest {
namespace {

struct Step {
    int x, y;
};

/// The data with a margin around each cell, on a grid that is larger by that margin and one more
/// empty cell on every side.
class Grown {
public:
    Grown(const DataCells& data, int margin)
        : width_(data.size.width + 2 * (margin + 1)),
          height_(data.size.height + 2 * (margin + 1)),
          cells_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {
        for (int row = 0; row < data.size.height; ++row) {
            for (int column = 0; column < data.size.width; ++column) {
                if (data.cells[static_cast<std::size_t>(row) *
                                   static_cast<std::size_t>(data.size.width) +
                               static_cast<std::size_t>(column)] != 0)
                    mark({column + margin + 1, row + margin + 1}, margin);
            }
        }
    }
    int width() const noexcept { return width_; }
    int height() const noexcept { return height_; }
    bool at(int column, int row) const noexcept { return cells_[index(column, row)]; }
    std::size_t index(int column, int row) const noexcept {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(column);
    }

private:
    void mark(Step middle, int margin) {
        for (int y = middle.y - margin; y <= middle.y + margin; ++y) {
            for (int x = middle.x - margin; x <= middle.x + margin; ++x) cells_[index(x, y)] = true;
        }
    }

    int width_;
    int height_;
    std::vector<bool> cells_;
};

// East, south, west, north: a ring goes round with the data on its right.
constexpr std::array<Step, 4> steps{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};

/// Follows the edges between data and none; corners are numbered like the cells south-east of them.
class Walker {
public:
    explicit Walker(const Grown& grown)
        : grown_(grown),
          walked_(static_cast<std::size_t>(grown.width()) *
                  static_cast<std::size_t>(grown.height())) {}

    bool begins_at(int column, int row) const {
        return grown_.at(column, row) && !grown_.at(column, row - 1) &&
               !walked_[grown_.index(column, row)];
    }

    CellRing walk(int column, int row) {
        CellRing ring;
        int x = column;
        int y = row;
        int heading = 0;
        do {
            if (heading == 0) walked_[grown_.index(x, y)] = true;
            x += steps.at(static_cast<std::size_t>(heading)).x;
            y += steps.at(static_cast<std::size_t>(heading)).y;
            const int turned = next_heading({x, y}, heading);
            if (turned != heading) ring.push_back({static_cast<double>(x), static_cast<double>(y)});
            heading = turned;
        } while (x != column || y != row || heading != 0);
        return ring;
    }

private:
    /// Cells around a corner, by quarter: ahead left and ahead right of one that comes along
    /// `heading`.
    bool ahead(Step corner, int heading, bool left) const {
        constexpr std::array<Step, 4> left_cells{{{0, -1}, {0, 0}, {-1, 0}, {-1, -1}}};
        constexpr std::array<Step, 4> right_cells{{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}};
        const Step cell = (left ? left_cells : right_cells).at(static_cast<std::size_t>(heading));
        return grown_.at(corner.x + cell.x, corner.y + cell.y);
    }
    int next_heading(Step corner, int heading) const {
        if (ahead(corner, heading, true))
            return (heading + 3) % 4;  // cells that touch belong together
        return ahead(corner, heading, false) ? heading : (heading + 1) % 4;
    }

    const Grown& grown_;
    std::vector<bool> walked_;  ///< northern edges, by the cell south of them
};

/// Positive for a ring with its inside on the right, seen with rows going down: not a hole.
double area(const CellRing& ring) {
    double sum = 0;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++)
        sum += ring[k].column * ring[i].row - ring[i].column * ring[k].row;
    return sum;
}

double distance(PixelPoint point, PixelPoint a, PixelPoint b) {
    const double x = b.column - a.column;
    const double y = b.row - a.row;
    const double length = x * x + y * y;
    const double along =
        length > 0 ? ((point.column - a.column) * x + (point.row - a.row) * y) / length : 0;
    const double share = std::clamp(along, 0.0, 1.0);
    return std::hypot(point.column - a.column - share * x, point.row - a.row - share * y);
}

}  // namespace

std::vector<CellRing> outline(const DataCells& data, int margin) {
    const Grown grown(data, margin);
    Walker walker(grown);
    std::vector<CellRing> rings;
    for (int row = 1; row < grown.height(); ++row) {
        for (int column = 0; column < grown.width(); ++column) {
            if (!walker.begins_at(column, row)) continue;
            CellRing ring = walker.walk(column, row);
            if (area(ring) <= 0) continue;
            for (PixelPoint& point : ring) {
                point.column = std::clamp(point.column - margin - 1, -0.5, data.size.width + 0.5);
                point.row = std::clamp(point.row - margin - 1, -0.5, data.size.height + 0.5);
            }
            rings.push_back(std::move(ring));
        }
    }
    return rings;
}

CellRing simplified(const CellRing& ring, double tolerance) {
    if (ring.size() < 4) return ring;
    // Two points far apart end two lines; each is thinned on its own.
    std::size_t far = 0;
    const auto from_first = [&](std::size_t i) {
        return std::hypot(ring[i].column - ring[0].column, ring[i].row - ring[0].row);
    };
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (from_first(i) > from_first(far)) far = i;
    }
    std::vector<bool> stays(ring.size() + 1);
    stays[0] = stays[far] = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, far}, {far, ring.size()}};
    while (!open.empty()) {
        const auto [from, to] = open.back();
        open.pop_back();
        std::size_t worst = from;
        double most = tolerance;
        for (std::size_t i = from + 1; i < to; ++i) {
            const double off = distance(ring[i], ring[from], ring[to % ring.size()]);
            if (off > most) {
                most = off;
                worst = i;
            }
        }
        if (worst == from) continue;
        stays[worst] = true;
        open.emplace_back(from, worst);
        open.emplace_back(worst, to);
    }
    CellRing result;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (stays[i]) result.push_back(ring[i]);
    }
    return result;
}

}  // namespace relief::ingest
