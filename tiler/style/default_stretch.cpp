#include "tiler/style/default_stretch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace relief::style {
namespace {

/// The numbers a type can hold, for bands without statistics; 0 to 1 for floats.
Rescale range_of(ValueType type) noexcept {
    switch (type) {
        case ValueType::u8: return {0, 255};
        case ValueType::u16: return {0, 65535};
        case ValueType::i16: return {-32768, 32767};
        case ValueType::u32: return {0, 4294967295};
        case ValueType::i32: return {-2147483648, 2147483647};
        case ValueType::f32:
        case ValueType::f64: break;
    }
    return {0, 1};
}

/// From the unit of the statistics back to the numbers of the cells.
double to_cell(const BandDescription& band, double value) noexcept {
    return band.scale == 0 ? value : (value - band.offset) / band.scale;
}

Rescale to_cells(const BandDescription& band, Rescale values) noexcept {
    const double low = to_cell(band, values.low);
    const double high = to_cell(band, values.high);
    return {.low = std::min(low, high), .high = std::max(low, high)};
}

bool is_usable(Rescale range) noexcept {
    return std::isfinite(range.low) && std::isfinite(range.high) && range.low < range.high;
}

/// A single value still needs a range: from it to zero, or to one where it is between.
Rescale around(double value) noexcept {
    return {.low = std::min(value, 0.0), .high = std::max(value, 1.0)};
}

Rescale stretch_of_statistics(const BandDescription& band) {
    const auto& statistics = *band.statistics;
    const auto common =
        to_cells(band, {.low = statistics.percentiles[2], .high = statistics.percentiles[98]});
    if (is_usable(common)) return common;
    const auto all = to_cells(band, {.low = statistics.minimum, .high = statistics.maximum});
    if (is_usable(all)) return all;
    return std::isfinite(all.low) ? around(all.low) : range_of(band.type);
}

// A mask is drawn from its lowest number (clear) to its highest (full). Where it holds one number
// only, the absent one was taken for no data, and what is there is full.
Rescale stretch_of_mask(const BandDescription& band) {
    // Without statistics full coverage at 1 errs on the side of showing too much.
    if (!band.statistics) return {0, 1};
    const auto all =
        to_cells(band, {.low = band.statistics->minimum, .high = band.statistics->maximum});
    if (is_usable(all)) return all;
    return std::isfinite(all.low) ? around(all.low) : Rescale{0, 1};
}

/// Columns of numbers on which a formula is tried, one column for each of its bands.
class Trials {
public:
    Trials(const std::vector<int>& bands, const RasterDescription& raster) {
        for (const int number : bands) percentiles_.push_back(percentiles_of(raster, number));
        columns_.resize(bands.size());
        add_joint();
        // 3^5 rows at most; with more bands the joint percentiles must do.
        if (bands.size() <= 5) add_corners();
    }

    std::size_t rows() const noexcept { return columns_.front().size(); }
    const std::vector<std::vector<double>>& columns() const noexcept { return columns_; }

private:
    static std::array<double, 101> percentiles_of(const RasterDescription& raster, int number) {
        const auto& band = raster.bands[static_cast<std::size_t>(number - 1)];
        std::array<double, 101> result{};
        const auto range = range_of(band.type);
        for (std::size_t p = 0; p < result.size(); ++p) {
            const auto part = static_cast<double>(p) / 100;
            result[p] = band.statistics ? to_cell(band, band.statistics->percentiles[p])
                                        : range.low + (range.high - range.low) * part;
        }
        return result;
    }

    void add_joint() {
        for (std::size_t p = 2; p <= 98; ++p)
            for (std::size_t b = 0; b < columns_.size(); ++b)
                columns_[b].push_back(percentiles_[b][p]);
    }

    void add_corners() {
        constexpr std::array<std::size_t, 3> marks{2, 50, 98};
        std::size_t rows = 1;
        for (std::size_t b = 0; b < columns_.size(); ++b) rows *= marks.size();
        for (std::size_t row = 0; row < rows; ++row) {
            std::size_t rest = row;
            for (std::size_t b = 0; b < columns_.size(); ++b) {
                columns_[b].push_back(percentiles_[b][marks[rest % marks.size()]]);
                rest /= marks.size();
            }
        }
    }

    std::vector<std::array<double, 101>> percentiles_;
    std::vector<std::vector<double>> columns_;
};

Rescale range_of(const std::vector<double>& values) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return {0, 1};
    return low < high ? Rescale{low, high} : around(low);
}

}  // namespace

Rescale default_stretch(const BandDescription& band, RasterKind kind) {
    if (kind == RasterKind::mask) return stretch_of_mask(band);
    if (band.type == ValueType::u8) return {0, 255};
    if (band.statistics) return stretch_of_statistics(band);
    // Lowest shore to highest summit, in metres.
    if (kind == RasterKind::elevation) return to_cells(band, {.low = -430, .high = 8850});
    return range_of(band.type);
}

std::vector<Rescale> default_stretch(const BandExpression& expression,
                                     const RasterDescription& raster) {
    const Trials trials(expression.bands(), raster);
    const std::vector<std::span<const double>> inputs(trials.columns().begin(),
                                                      trials.columns().end());
    std::vector<std::vector<double>> values(expression.outputs(),
                                            std::vector<double>(trials.rows()));
    const std::vector<std::span<double>> results(values.begin(), values.end());
    expression.evaluate(inputs, results);

    std::vector<Rescale> ranges;
    ranges.reserve(values.size());
    for (const auto& column : values) ranges.push_back(range_of(column));
    return ranges;
}

}  // namespace relief::style
