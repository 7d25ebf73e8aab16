#include "tiler/render/contour_labels.hpp"

#include "tiler/render/label_pixels.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

namespace relief::render {
namespace {

constexpr int cell_side = 128;       // CSS pixels, of which a tile has two by two
constexpr double digit_width = 0.6;  // em, of Noto Sans's figures 0.572
constexpr double straight = 1.5;     // CSS pixels that a line may stray from a label's middle line

struct Offset {
    double x;
    double y;
};

struct Pixel {
    int column;
    int row;
};

/// Heights around a pixel of the picture.
class Relief {
public:
    Relief(const Surface& surface, Pixel pixel)
        : surface_(surface),
          column_(pixel.column + surface.margin),
          row_(pixel.row + surface.margin) {}

    /// Bilinear, some pixels away; NaN beyond what is known.
    double at(Offset away) const noexcept {
        const double left = std::floor(away.x);
        const double top = std::floor(away.y);
        const int column = column_ + static_cast<int>(left);
        const int row = row_ + static_cast<int>(top);
        if (column < 0 || row < 0 || column + 1 >= surface_.size.width ||
            row + 1 >= surface_.size.height)
            return std::numeric_limits<double>::quiet_NaN();
        const auto upper = surface_.row(row).subspan(static_cast<std::size_t>(column), 2);
        const auto lower = surface_.row(row + 1).subspan(static_cast<std::size_t>(column), 2);
        const double u = away.x - left;
        const double v = away.y - top;
        const auto mix = [&](std::span<const float> two) {
            const auto first = static_cast<double>(two[0]);
            return first + (static_cast<double>(two[1]) - first) * u;
        };
        return mix(upper) + (mix(lower) - mix(upper)) * v;
    }

private:
    const Surface& surface_;
    int column_;
    int row_;
};

struct Cell {
    int left;
    int top;
    int side;
    double wish_x;  ///< where a label would be liked best
    double wish_y;
};

/// A mixture of the cell's numbers, so that labels do not stand in rows and columns.
std::uint64_t mixed(std::int64_t column, std::int64_t row) noexcept {
    auto bits = static_cast<std::uint64_t>(column) * 0x9E3779B97F4A7C15U +
                static_cast<std::uint64_t>(row) * 0xC2B2AE3D27D4EB4FU;
    bits ^= bits >> 29U;
    bits *= 0xBF58476D1CE4E5B9U;
    return bits ^ (bits >> 32U);
}

std::int64_t floored_quotient(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Looks for the best place in one cell.
class Search {
public:
    Search(const Surface& surface,
           const std::vector<std::int32_t>& numbers,
           const LabelRules& rules)
        : surface_(surface), numbers_(numbers), rules_(rules) {}

    std::optional<ContourLabel> best_in(const Cell& cell) const {
        std::optional<ContourLabel> best;
        double least = std::numeric_limits<double>::infinity();
        const int inset = static_cast<int>(std::ceil(8 * rules_.ratio));
        for (int row = cell.top + inset; row < cell.top + cell.side - inset; ++row) {
            for (int column = cell.left + inset; column < cell.left + cell.side - inset; ++column) {
                const auto number = thick_line_at(column, row);
                if (!number) continue;
                const auto label = label_at(column, row, *number);
                if (!label || !inside(cell, *label)) continue;
                const double cost = cost_of(cell, *label);
                if (cost >= least) continue;
                least = cost;
                best = label;
            }
        }
        return best;
    }

private:
    double half_length(std::int32_t number) const {
        const auto letters = label_of(number, rules_.lines.interval).size();
        return (static_cast<double>(letters) * digit_width * label_em / 2 + label_rim) *
               rules_.ratio;
    }

    /// The thick line through the square whose north-western pixel this is.
    std::optional<std::int32_t> thick_line_at(int column, int row) const noexcept {
        const auto width = static_cast<std::size_t>(surface_.size.width);
        const auto i = static_cast<std::size_t>(row + surface_.margin) * width +
                       static_cast<std::size_t>(column + surface_.margin);
        const auto [low, high] = std::minmax(
            {numbers_[i], numbers_[i + 1], numbers_[i + width], numbers_[i + width + 1]});
        if (low == high || low == no_line) return std::nullopt;
        const auto major = rules_.lines.major;
        const auto highest = static_cast<std::int32_t>(floored_quotient(high, major) * major);
        if (highest <= low) return std::nullopt;
        return highest;
    }

    std::optional<ContourLabel> label_at(int column, int row, std::int32_t number) const {
        const Relief relief(surface_, {column, row});
        const double step = 3 * rules_.ratio;
        const double east = relief.at({0.5 + step, 0.5}) - relief.at({0.5 - step, 0.5});
        const double south = relief.at({0.5, 0.5 + step}) - relief.at({0.5, 0.5 - step});
        if (!(std::hypot(east, south) > 0)) return std::nullopt;
        // Along the line, pointing right so that nothing stands on its head.
        double angle = std::atan2(east, -south);
        if (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
        if (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
        return ContourLabel{.column = column, .row = row, .angle = angle, .number = number};
    }

    bool inside(const Cell& cell, const ContourLabel& label) const {
        const double half = half_length(label.number);
        const double high = 0.6 * label_em * rules_.ratio;
        const double x =
            std::abs(std::cos(label.angle)) * half + std::abs(std::sin(label.angle)) * high + 1;
        const double y =
            std::abs(std::sin(label.angle)) * half + std::abs(std::cos(label.angle)) * high + 1;
        return label.column - x >= cell.left && label.row - y >= cell.top &&
               label.column + x < cell.left + cell.side && label.row + y < cell.top + cell.side;
    }

    /// Pixels by which the line strays from the label's middle line, plus a little for the way to
    /// where the label would be liked. Infinite where the line is too crooked.
    double cost_of(const Cell& cell, const ContourLabel& label) const {
        const Relief relief(surface_, {label.column, label.row});
        const double level = label.number * rules_.lines.interval;
        const double x = std::cos(label.angle);
        const double y = std::sin(label.angle);
        const double rise =
            (relief.at({0.5 - 2 * y, 0.5 + 2 * x}) - relief.at({0.5 + 2 * y, 0.5 - 2 * x})) / 4;
        const double half = half_length(label.number);
        double strayed = 0;
        for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
            const double height = relief.at({0.5 + x * half * share, 0.5 + y * half * share});
            strayed = std::max(strayed, std::abs((height - level) / rise));
            // Also false for NaN: no label over unknown ground.
            if (!(strayed <= straight * rules_.ratio) || std::isnan(height))
                return std::numeric_limits<double>::infinity();
        }
        return strayed + 0.02 * std::hypot(label.column - cell.wish_x, label.row - cell.wish_y);
    }

    const Surface& surface_;
    const std::vector<std::int32_t>& numbers_;
    const LabelRules& rules_;
};

/// Cells that lie wholly in the picture.
std::vector<Cell> cells_of(PixelSize size, const LabelRules& rules) {
    std::vector<Cell> cells;
    const auto side = static_cast<std::int64_t>(std::lround(cell_side * rules.ratio));
    const auto& origin = rules.origin;
    for (auto down = -floored_quotient(-origin.row, side);
         (down + 1) * side <= origin.row + size.height;
         ++down) {
        for (auto across = -floored_quotient(-origin.column, side);
             (across + 1) * side <= origin.column + size.width;
             ++across) {
            const auto bits = mixed(across, down);
            const auto wish = [&](unsigned shift) {
                return static_cast<double>(side) *
                       (0.25 + 0.5 * static_cast<double>((bits >> shift) & 0xFFFFU) / 0xFFFF);
            };
            const auto left = static_cast<int>(across * side - origin.column);
            const auto top = static_cast<int>(down * side - origin.row);
            cells.push_back({left, top, static_cast<int>(side), left + wish(0), top + wish(16)});
        }
    }
    return cells;
}

}  // namespace

std::vector<ContourLabel> place_labels(const Surface& surface,
                                       const std::vector<std::int32_t>& numbers,
                                       const LabelRules& rules) {
    std::vector<ContourLabel> labels;
    if (rules.lines.major < 1) return labels;
    const Search search(surface, numbers, rules);
    for (const auto& cell : cells_of(surface.inner(), rules)) {
        const auto best = search.best_in(cell);
        if (best) labels.push_back(*best);
    }
    return labels;
}

std::string label_of(std::int32_t number, double interval) {
    std::array<char, 32> text{};
    // Centimetres: further digits are what binary fractions leave.
    const double height = std::round(number * interval * 100) / 100;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), height, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

}  // namespace relief::render
