#include "tiler/source/resample.hpp"

#include "tiler/core/vectorised.hpp"
#include "tiler/source/area_kernels.hpp"
#include "tiler/source/bilinear_row.hpp"
#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace relief::source {
namespace {

/// To the nearest 1/8192 of a cell: a float holds such a place exactly in any window of up to 2048
/// cells, so that windows that begin elsewhere take the same shares of the same cells. Adding so
/// large a number leaves just these digits, without a call that stops vectorising.
double on_raster(double place) noexcept {
    constexpr double coarse = 1.5 * (1LL << 39);
    return (place + coarse) - coarse;
}

/// Where a window begins and how far beyond it a kernel may still look.
struct WindowReach {
    double scale_x, scale_y;
    double left, top;
    double right, bottom;  ///< counted from left and top
};

/// Columns and rows of a window, one each for a pixel.
struct WindowPlaces {
    float* columns;
    float* rows;
};

/// Positions in the raster become positions in the window; infinite columns where no kernel reaches
/// a cell, which is a whole cell outside. In two loops, each of one width of number: in one the
/// compiler makes no vectors of it. Compared in double, the floats are small.
RELIEF_VECTORISED void place_in_window(const TransformGrid::Row& places,
                                       const WindowReach& reach,
                                       const WindowPlaces& out) noexcept {
    constexpr double nowhere = std::numeric_limits<double>::infinity();
    double* __restrict const x_of = places.columns.data();
    double* __restrict const y_of = places.rows.data();
    float* __restrict const to_columns = out.columns;
    float* __restrict const to_rows = out.rows;
    const WindowReach r = reach;
    const std::size_t size = places.columns.size();
    for (std::size_t k = 0; k < size; ++k) {
        const double x = on_raster(x_of[k] * r.scale_x) - r.left;
        const double y = on_raster(y_of[k] * r.scale_y) - r.top;
        const unsigned far = static_cast<unsigned>(!(x > -1)) | static_cast<unsigned>(!(y > -1)) |
                             static_cast<unsigned>(!(x < r.right)) |
                             static_cast<unsigned>(!(y < r.bottom));
        x_of[k] = far == 0 ? x : nowhere;
        y_of[k] = far == 0 ? y : 0;
    }
    for (std::size_t k = 0; k < size; ++k) {
        to_columns[k] = static_cast<float>(x_of[k]);
        to_rows[k] = static_cast<float>(y_of[k]);
    }
}

/// Full-resolution positions of a row, turned into positions in the window.
class RowLocator {
public:
    RowLocator(const Window& window, const ResampleOrder& order)
        : transform_(order.transform),
          reach_{order.scale.columns,
                 order.scale.rows,
                 static_cast<double>(window.left),
                 static_cast<double>(window.top),
                 window.size.width + 1.0,
                 window.size.height + 1.0},
          exact_columns_(static_cast<std::size_t>(transform_.rect().width())),
          exact_rows_(exact_columns_.size()),
          columns_(exact_columns_.size()),
          rows_(exact_columns_.size()) {}

    RowPositions locate(int picture_row) {
        transform_.row(picture_row, {exact_columns_, exact_rows_});
        place_in_window({exact_columns_, exact_rows_}, reach_, {columns_.data(), rows_.data()});
        return {columns_, rows_};
    }

private:
    const TransformGrid& transform_;
    WindowReach reach_;
    std::vector<double> exact_columns_;
    std::vector<double> exact_rows_;
    std::vector<float> columns_;
    std::vector<float> rows_;
};

/// Resamples the bands of a window, row by row.
class RowSampler {
public:
    RowSampler(const Window& window, const ResampleOrder& order) : window_(window), order_(order) {}

    /// The row that row() samples until the next call.
    void place(const RowPositions& at) {
        at_ = at;
        if (order_.method == Resampling::bilinear) run_ = bilinear_.prepare(at, window_.size);
    }

    /// Every cell of the row has the full weight, whatever row() writes: nothing to look at.
    bool is_plain() const noexcept {
        return window_.weights.empty() && order_.method == Resampling::bilinear &&
               run_ == RowRun{0, at_.columns.size()};
    }

    template <typename Cell>
    void row(const std::vector<Cell>& band, const RowOut<Cell>& out) const {
        const Cells<Cell> cells{band.data(),
                                window_.weights.empty() ? nullptr : window_.weights.data(),
                                window_.size.width,
                                window_.size.height};
        const PixelPoint footprint = order_.scale.footprint;
        switch (order_.method) {
            case Resampling::nearest: return nearest_row(cells, at_, out);
            case Resampling::bilinear: return bilinear_row(cells, out);
            case Resampling::cubic: return stencil_row<4>(cells, at_, out);
            case Resampling::average: return average_row(cells, at_, footprint, out);
            case Resampling::mode: return mode_row(cells, at_, footprint, out);
        }
    }

private:
    /// The long run inside the window in vectors; what looks over its edges one by one.
    template <typename Cell>
    void bilinear_row(const Cells<Cell>& cells, const RowOut<Cell>& out) const {
        if constexpr (BilinearRow::takes<Cell>) {
            bilinear_.sample(cells, out);
            stencil_part(cells, {0, run_.first}, out);
            stencil_part(cells, {run_.last, at_.columns.size()}, out);
        } else {
            stencil_row<2>(cells, at_, out);
        }
    }

    template <typename Cell>
    void stencil_part(const Cells<Cell>& cells, RowRun part, const RowOut<Cell>& out) const {
        stencil_row<2>(cells,
                       BilinearRow::part_of(at_, part),
                       RowOut<Cell>{out.values + part.first, out.weights + part.first});
    }

    const Window& window_;
    const ResampleOrder& order_;
    BilinearRow bilinear_;
    RowRun run_;
    RowPositions at_;
};

}  // namespace

bool resample(const Window& window, const ResampleOrder& order, Grid& grid) {
    RowLocator locator(window, order);
    RowSampler sampler(window, order);
    const PixelRect& rect = order.transform.rect();
    bool full = true;
    for (int row = rect.top; row < rect.bottom; ++row) {
        sampler.place(locator.locate(row));
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
                    sampler.row(band, Out{target.data() + first, weights});
                },
                grid.bands[i]);
        }
        full = full &&
               (sampler.is_plain() ||
                std::all_of(weights, weights + rect.width(), [](float w) { return w >= 0.9999F; }));
    }
    return full;
}

}  // namespace relief::source
