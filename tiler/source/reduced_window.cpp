#include "tiler/source/reduced_window.hpp"

#include "tiler/source/area_kernels.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::source {
namespace {

/// One strip of full cells becomes rows of reduced ones.
class Reducer {
public:
    Reducer(const WindowNeed& need, Window& result) : need_(need), result_(result) {}

    void take(const Window& strip, int first_row) {
        const int rows = strip.size.height / need_.reduce;
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < need_.size.width; ++column) {
                const auto target = static_cast<std::size_t>(first_row + row) *
                                        static_cast<std::size_t>(need_.size.width) +
                                    static_cast<std::size_t>(column);
                cell(strip, {column * need_.reduce, row * need_.reduce}, target);
            }
        }
    }

private:
    struct Corner {
        int column, row;
    };

    static std::size_t at(const Window& strip, int column, int row) noexcept {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(strip.size.width) +
               static_cast<std::size_t>(column);
    }
    static unsigned weight(const Window& strip, std::size_t cell) noexcept {
        return strip.weights.empty() ? 255U : strip.weights[cell];
    }

    void cell(const Window& strip, Corner corner, std::size_t target) {
        switch (need_.reduction) {
            case Reduction::mean: average(strip, corner, target); break;
            case Reduction::most_frequent: vote(strip, corner, target); break;
            case Reduction::middle: {
                const std::size_t middle =
                    at(strip, corner.column + need_.reduce / 2, corner.row + need_.reduce / 2);
                result_.weights[target] = static_cast<std::uint8_t>(weight(strip, middle));
                pick(strip, middle, target);
                break;
            }
        }
        result_.nothing = result_.nothing && result_.weights[target] == 0;
    }

    void pick(const Window& strip, std::size_t from, std::size_t target) {
        for (std::size_t i = 0; i < strip.bands.size(); ++i) {
            std::visit(
                [&](auto& cells) {
                    using Cells = std::remove_reference_t<decltype(cells)>;
                    cells[target] = std::get<Cells>(strip.bands[i])[from];
                },
                result_.bands[i]);
        }
    }

    /// Sum of the weights of the cells that become one; its own weight is their mean.
    unsigned weigh(const Window& strip, Corner corner, std::size_t target) {
        unsigned total = 0;
        for (int y = 0; y < need_.reduce; ++y) {
            for (int x = 0; x < need_.reduce; ++x)
                total += weight(strip, at(strip, corner.column + x, corner.row + y));
        }
        const auto cells = static_cast<unsigned>(need_.reduce * need_.reduce);
        result_.weights[target] = static_cast<std::uint8_t>((total + cells / 2) / cells);
        return total;
    }

    void vote(const Window& strip, Corner corner, std::size_t target) {
        if (weigh(strip, corner, target) == 0) return;
        for (std::size_t i = 0; i < strip.bands.size(); ++i) {
            std::visit(
                [&](auto& cells) {
                    using Cells = std::remove_reference_t<decltype(cells)>;
                    const auto& values = std::get<Cells>(strip.bands[i]);
                    Tally<typename Cells::value_type> tally;
                    for (int y = 0; y < need_.reduce; ++y) {
                        for (int x = 0; x < need_.reduce; ++x) {
                            const std::size_t from = at(strip, corner.column + x, corner.row + y);
                            const unsigned share = weight(strip, from);
                            if (share != 0) tally.add(values[from], static_cast<float>(share));
                        }
                    }
                    cells[target] = tally.most();
                },
                result_.bands[i]);
        }
    }

    void average(const Window& strip, Corner corner, std::size_t target) {
        const unsigned total = weigh(strip, corner, target);
        if (total == 0) return;
        for (std::size_t i = 0; i < strip.bands.size(); ++i)
            mean(strip, corner, {i, target, total});
    }

    struct Sum {
        std::size_t band, target;
        unsigned total;
    };

    void mean(const Window& strip, Corner corner, const Sum& of) {
        std::visit(
            [&](auto& cells) {
                using Cells = std::remove_reference_t<decltype(cells)>;
                using Cell = typename Cells::value_type;
                const auto& values = std::get<Cells>(strip.bands[of.band]);
                double sum = 0;
                for (int y = 0; y < need_.reduce; ++y) {
                    for (int x = 0; x < need_.reduce; ++x) {
                        const std::size_t from = at(strip, corner.column + x, corner.row + y);
                        sum += static_cast<double>(values[from]) * weight(strip, from);
                    }
                }
                const double value = sum / of.total;
                cells[of.target] =
                    static_cast<Cell>(std::is_integral_v<Cell> ? std::floor(value + 0.5) : value);
            },
            result_.bands[of.band]);
    }

    const WindowNeed& need_;
    Window& result_;
};

/// Reduced rows to read at once: as many as fit into about 4 million full cells, in whole blocks
/// where possible.
int rows_at_once(const RasterLevel& level, const WindowNeed& need) noexcept {
    const int full_width = need.size.width * need.reduce;
    const int fitting = std::max(1, (4 << 20) / std::max(1, full_width) / need.reduce);
    const int of_block = std::max(1, level.block.height / need.reduce);
    return std::min(fitting, std::max(of_block, 16));
}

}  // namespace

Result<Window> read_reduced_window(const BlockSource& source, const WindowNeed& need) {
    const RasterFacts& facts = source.raster.facts();
    const RasterLevel& level = facts.levels[static_cast<std::size_t>(need.level)];
    const auto cells =
        static_cast<std::size_t>(need.size.width) * static_cast<std::size_t>(need.size.height);
    Window result{need.left, need.top, need.size, {}, std::vector<std::uint8_t>(cells, 0), true};
    for (const int band : need.bands) {
        const ValueType own = facts.bands[static_cast<std::size_t>(band - 1)].type;
        result.bands.push_back(make_values(need.fractions ? ValueType::f32 : own, cells));
    }
    Reducer reducer(need, result);
    const int step = rows_at_once(level, need);
    for (int row = 0; row < need.size.height; row += step) {
        WindowNeed strip = need;
        strip.reduce = 1;
        strip.left = need.left * need.reduce;
        strip.top = (need.top + row) * need.reduce;
        strip.size = {need.size.width * need.reduce,
                      std::min(step, need.size.height - row) * need.reduce};
        auto window = read_window(source, strip);
        if (!window) return window.error();
        reducer.take(*window, row);
    }
    return result;
}

}  // namespace relief::source
