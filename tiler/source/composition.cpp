#include "tiler/source/composition.hpp"

#include "tiler/source/open_raster.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

namespace relief::source {
namespace {

/// What is left of a cell below this is rounding: 8 bits of opacity cannot show it.
constexpr float whole = 1 - 1.0F / 512;

ValueType type_of(const BandValues& values) noexcept {
    return static_cast<ValueType>(values.index());
}

template <typename Cell>
Cell to_cell(double value) noexcept {
    if constexpr (std::is_floating_point_v<Cell>) {
        return static_cast<Cell>(value);
    } else {
        if (!(value == value)) return 0;
        const double low = std::numeric_limits<Cell>::lowest();
        const double high = std::numeric_limits<Cell>::max();
        return static_cast<Cell>(std::clamp(std::round(value), low, high));
    }
}

double value_at(const BandValues& values, std::size_t cell) {
    return std::visit([&](const auto& cells) { return static_cast<double>(cells[cell]); }, values);
}

std::size_t bytes_of(const BandValues& values) {
    return std::visit([](const auto& cells) { return cells.size() * sizeof(cells[0]); }, values);
}

std::size_t bytes_of(const Grid& grid) {
    std::size_t bytes = grid.weight.size() * sizeof(float);
    for (const BandValues& band : grid.bands) bytes += bytes_of(band);
    return bytes;
}

BandFit fit_of(std::span<const BandFit> fits, std::size_t band) noexcept {
    return fits.empty() ? BandFit{} : fits[band];
}

struct Sample {
    double value;
    float weight;
};

/// The value at half of the weight; between two when half falls between them and they may be
/// blended.
double weighted_median(std::vector<Sample>& samples, bool blends) {
    std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
        return a.value < b.value;
    });
    double total = 0;
    for (const Sample& sample : samples) total += sample.weight;
    double below = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        below += samples[i].weight;
        const bool even = std::abs(below - total / 2) < 1e-6 * total;
        if (even && blends && i + 1 < samples.size())
            return (samples[i].value + samples[i + 1].value) / 2;
        if (even || below > total / 2) return samples[i].value;
    }
    return samples.back().value;
}

}  // namespace

Composition::Composition(CompositionForm form) : form_(std::move(form)) {}

bool Composition::fits_as_it_is(const Grid& grid, std::span<const BandFit> fits) const {
    if (form_.pick == Pick::count) return false;
    for (std::size_t i = 0; i < form_.types.size(); ++i) {
        if (type_of(grid.bands[i]) != form_.types[i] || fit_of(fits, i) != BandFit{}) return false;
    }
    return true;
}

bool Composition::takes_the_rest() const noexcept {
    return form_.pick == Pick::first || form_.pick == Pick::newest;
}

void Composition::add(Grid grid, std::span<const BandFit> fits) {
    if (grid.coverage == Grid::Coverage::none || full_) return;
    coarser_ = coarser_ || grid.coarser;
    const bool nothing_yet = !only_ && kept_.empty() && weight_.empty();
    if (nothing_yet && fits_as_it_is(grid, fits)) {
        full_ = takes_the_rest() && grid.coverage == Grid::Coverage::full;
        only_ = std::move(grid);
        return;
    }
    if (form_.pick == Pick::median) {
        if (only_) kept_.push_back({*std::exchange(only_, std::nullopt), {}});
        kept_.push_back({std::move(grid), {fits.begin(), fits.end()}});
        return;
    }
    if (only_) fold(*std::exchange(only_, std::nullopt), {});
    fold(grid, fits);
}

/// How much of each cell the grid gives, and what that makes of the cell's weight.
void Composition::set_takes(const Grid& grid) {
    const bool rest = takes_the_rest();
    full_ = rest;
    for (std::size_t cell = 0; cell < weight_.size(); ++cell) {
        const float weight = grid.weight_at(cell);
        takes_[cell] = rest ? std::min(weight, 1 - weight_[cell]) : weight;
        weight_[cell] += takes_[cell];
        if (weight_[cell] < whole) full_ = false;
    }
}

void Composition::fold(const Grid& grid, std::span<const BandFit> fits) {
    if (weight_.empty()) {
        const std::size_t cells = grid.cells();
        weight_.assign(cells, 0);
        takes_.assign(cells, 0);
        if (!form_.blends) best_.assign(cells, 0);
        const double nothing =
            form_.pick == Pick::max ? std::numeric_limits<double>::lowest() : 0.0;
        const std::size_t bands = form_.pick == Pick::count ? 0 : form_.types.size();
        sums_.assign(bands, std::vector<double>(cells, nothing));
    }
    set_takes(grid);
    fold_bands(grid, fits);
    if (form_.blends) return;
    for (std::size_t cell = 0; cell < best_.size(); ++cell)
        best_[cell] = std::max(best_[cell], takes_[cell]);
}

void Composition::fold_bands(const Grid& grid, std::span<const BandFit> fits) {
    for (std::size_t band = 0; band < sums_.size(); ++band) {
        std::vector<double>& sums = sums_[band];
        const BandFit fit = fit_of(fits, band);
        const auto fitted = [&](auto value) {
            return static_cast<double>(value) * fit.factor + fit.shift;
        };
        std::visit(
            [&](const auto& cells) {
                for (std::size_t cell = 0; cell < sums.size(); ++cell) {
                    const float take = takes_[cell];
                    if (!(take > 0)) continue;
                    if (form_.pick == Pick::max) {
                        sums[cell] = std::max(sums[cell], fitted(cells[cell]));
                    } else if (form_.blends) {
                        sums[cell] += take * fitted(cells[cell]);
                    } else if (take > best_[cell]) {
                        sums[cell] = fitted(cells[cell]);
                    }
                }
            },
            grid.bands[band]);
    }
}

bool Composition::full() const noexcept {
    return full_;
}

std::size_t Composition::bytes() const {
    std::size_t bytes = only_ ? bytes_of(*only_) : 0;
    for (const Kept& kept : kept_) bytes += bytes_of(kept.grid);
    return bytes;
}

void Composition::median_of(std::size_t cell) {
    std::vector<Sample> samples;
    for (std::size_t band = 0; band < sums_.size(); ++band) {
        samples.clear();
        for (const Kept& kept : kept_) {
            const float weight = kept.grid.weight_at(cell);
            if (!(weight > 0)) continue;
            const BandFit fit = fit_of(kept.fits, band);
            samples.push_back(
                {value_at(kept.grid.bands[band], cell) * fit.factor + fit.shift, weight});
        }
        if (!samples.empty()) sums_[band][cell] = weighted_median(samples, form_.blends);
    }
}

void Composition::find_medians() {
    const std::size_t cells = kept_.front().grid.cells();
    sums_.assign(form_.types.size(), std::vector<double>(cells, 0.0));
    weight_.assign(cells, 0);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        median_of(cell);
        for (const Kept& kept : kept_) weight_[cell] += kept.grid.weight_at(cell);
    }
}

double Composition::value_of(std::size_t band, std::size_t cell) const {
    if (form_.pick == Pick::count) return std::max(1.0F, std::round(weight_[cell]));
    // A sum of values by weight is divided by the weight; others are values already.
    const bool summed = form_.blends && form_.pick != Pick::max && form_.pick != Pick::median;
    return summed ? sums_[band][cell] / weight_[cell] : sums_[band][cell];
}

BandValues Composition::finished_band(std::size_t band) const {
    BandValues values = make_values(form_.types[band], weight_.size());
    std::visit(
        [&](auto& cells) {
            using Cell = typename std::decay_t<decltype(cells)>::value_type;
            for (std::size_t cell = 0; cell < cells.size(); ++cell) {
                if (weight_[cell] > 0) cells[cell] = to_cell<Cell>(value_of(band, cell));
            }
        },
        values);
    return values;
}

Grid Composition::finish() {
    if (only_) return *std::exchange(only_, std::nullopt);
    if (!kept_.empty()) find_medians();
    Grid grid{.size = form_.size,
              .bands = {},
              .coverage = Grid::Coverage::none,
              .weight = {},
              .coarser = coarser_};
    for (std::size_t band = 0; band < form_.types.size(); ++band)
        grid.bands.push_back(finished_band(band));
    if (weight_.empty()) return grid;
    bool all = true;
    for (float& weight : weight_) {
        weight = weight < whole ? std::max(weight, 0.0F) : 1.0F;
        all = all && weight == 1.0F;
    }
    grid.coverage = all ? Grid::Coverage::full : Grid::Coverage::partial;
    if (!all) grid.weight = std::move(weight_);
    return grid;
}

}  // namespace relief::source
