#include "tiler/source/resample.hpp"

#include "tiler/source/area_kernels.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace relief::source {
namespace {

/// Full-resolution positions of a row, turned into positions in the window.
class RowLocator {
public:
    RowLocator(const Window& window, const ResampleOrder& order)
        : window_(window),
          transform_(order.transform),
          scale_(order.scale),
          exact_columns_(static_cast<std::size_t>(transform_.rect().width())),
          exact_rows_(exact_columns_.size()),
          columns_(exact_columns_.size()),
          rows_(exact_columns_.size()) {}

    RowPositions locate(int picture_row) {
        transform_.row(picture_row, {exact_columns_, exact_rows_});
        // A whole cell outside no kernel reaches a cell; comparing in double first keeps the float
        // small.
        const double reach_x = window_.size.width + 1.0;
        const double reach_y = window_.size.height + 1.0;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const double x = on_raster(exact_columns_[k] * scale_.columns) - window_.left;
            const double y = on_raster(exact_rows_[k] * scale_.rows) - window_.top;
            const bool near = x > -1 && y > -1 && x < reach_x && y < reach_y;
            columns_[k] = near ? static_cast<float>(x) : std::numeric_limits<float>::infinity();
            rows_[k] = static_cast<float>(near ? y : 0);
        }
        return {columns_, rows_};
    }

private:
    /// To the nearest 1/8192 of a cell: a float holds such a place exactly in any window of up to
    /// 2048 cells, so that windows that begin elsewhere take the same shares of the same cells.
    /// Adding so large a number leaves just these digits, without a call that stops vectorising.
    static double on_raster(double place) noexcept {
        constexpr double coarse = 1.5 * (1LL << 39);
        return (place + coarse) - coarse;
    }

    const Window& window_;
    const TransformGrid& transform_;
    const WindowScale& scale_;
    std::vector<double> exact_columns_;
    std::vector<double> exact_rows_;
    std::vector<float> columns_;
    std::vector<float> rows_;
};

/// Resamples one band of a window, row by row.
struct BandSampler {
    const Window& window;
    const ResampleOrder& order;

    template <typename Cell>
    void row(const std::vector<Cell>& band, const RowPositions& at, const RowOut<Cell>& out) const {
        const Cells<Cell> cells{band.data(),
                                window.weights.empty() ? nullptr : window.weights.data(),
                                window.size.width,
                                window.size.height};
        const PixelPoint footprint = order.scale.footprint;
        switch (order.method) {
            case Resampling::nearest: return nearest_row(cells, at, out);
            case Resampling::bilinear: return stencil_row<2>(cells, at, out);
            case Resampling::cubic: return stencil_row<4>(cells, at, out);
            case Resampling::average: return average_row(cells, at, footprint, out);
            case Resampling::mode: return mode_row(cells, at, footprint, out);
        }
    }
};

}  // namespace

bool resample(const Window& window, const ResampleOrder& order, Grid& grid) {
    RowLocator locator(window, order);
    const BandSampler sampler{window, order};
    const PixelRect& rect = order.transform.rect();
    bool full = true;
    for (int row = rect.top; row < rect.bottom; ++row) {
        const RowPositions at = locator.locate(row);
        const std::size_t first =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.size.width) +
            static_cast<std::size_t>(rect.left);
        float* weights = grid.weight.data() + first;
        for (std::size_t i = 0; i < window.bands.size(); ++i) {
            std::visit(
                [&](auto& target) {
                    using Values = std::remove_reference_t<decltype(target)>;
                    using Out = RowOut<typename Values::value_type>;
                    const auto& band = std::get<Values>(window.bands[i]);
                    sampler.row(band, at, Out{target.data() + first, weights});
                },
                grid.bands[i]);
        }
        full = full &&
               std::all_of(weights, weights + rect.width(), [](float w) { return w >= 0.9999F; });
    }
    return full;
}

}  // namespace relief::source
