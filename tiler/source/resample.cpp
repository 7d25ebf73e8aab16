#include "tiler/source/resample.hpp"

#include "tiler/source/resample_kernels.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace relief::source {
namespace {

template <typename Cell>
void resample_row(const Cells<Cell>& cells,
                  const RowPositions& at,
                  PixelPoint footprint,
                  Resampling method,
                  const RowOut<Cell>& out) {
    switch (method) {
        case Resampling::nearest: return nearest_row(cells, at, out);
        case Resampling::bilinear: return stencil_row<2>(cells, at, out);
        case Resampling::cubic: return stencil_row<4>(cells, at, out);
        case Resampling::average: return average_row(cells, at, footprint, out);
        case Resampling::mode: return mode_row(cells, at, footprint, out);
    }
}

/// Full-resolution positions of a row, turned into positions in the window.
class RowLocator {
public:
    RowLocator(const Window& window, const TransformGrid& transform, const WindowScale& scale)
        : window_(window),
          transform_(transform),
          scale_(scale),
          exact_columns_(static_cast<std::size_t>(transform.rect().width())),
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
            const double x = exact_columns_[k] * scale_.columns - window_.left;
            const double y = exact_rows_[k] * scale_.rows - window_.top;
            const bool near = x > -1 && y > -1 && x < reach_x && y < reach_y;
            columns_[k] = near ? static_cast<float>(x) : std::numeric_limits<float>::infinity();
            rows_[k] = static_cast<float>(near ? y : 0);
        }
        return {columns_, rows_};
    }

private:
    const Window& window_;
    const TransformGrid& transform_;
    const WindowScale& scale_;
    std::vector<double> exact_columns_;
    std::vector<double> exact_rows_;
    std::vector<float> columns_;
    std::vector<float> rows_;
};

}  // namespace

bool resample(const Window& window,
              const TransformGrid& transform,
              const WindowScale& scale,
              Resampling method,
              Grid& grid) {
    RowLocator locator(window, transform, scale);
    const PixelRect& rect = transform.rect();
    const std::uint8_t* weights = window.weights.empty() ? nullptr : window.weights.data();
    bool full = true;
    for (int row = rect.top; row < rect.bottom; ++row) {
        const RowPositions at = locator.locate(row);
        const std::size_t first =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.size.width) +
            static_cast<std::size_t>(rect.left);
        for (std::size_t i = 0; i < window.bands.size(); ++i) {
            std::visit(
                [&](auto& target) {
                    using Values = std::remove_reference_t<decltype(target)>;
                    const Cells<typename Values::value_type> cells{
                        std::get<Values>(window.bands[i]).data(),
                        weights,
                        window.size.width,
                        window.size.height};
                    resample_row(cells,
                                 at,
                                 scale.footprint,
                                 method,
                                 RowOut<typename Values::value_type>{target.data() + first,
                                                                     grid.weight.data() + first});
                },
                grid.bands[i]);
        }
        const auto begin = grid.weight.begin() + static_cast<std::ptrdiff_t>(first);
        full =
            full && std::all_of(begin, begin + rect.width(), [](float w) { return w >= 0.9999F; });
    }
    return full;
}

}  // namespace relief::source
