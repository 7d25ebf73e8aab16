#pragma once
// Many grids of one frame folded into one: value × weight and weight, each on its own.

#include "tiler/core/grid.hpp"
#include "tiler/core/pick.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace relief::source {

/// A scene's cell × factor + shift is the mosaic's cell.
struct BandFit {
    double factor = 1;
    double shift = 0;
    bool operator==(const BandFit&) const = default;
};

/// What the folded grid is to be.
struct CompositionForm {
    PixelSize size;
    std::vector<ValueType> types;  ///< of its bands; one of u16 for Pick::count
    Pick pick = Pick::first;
    bool blends = true;  ///< false: class numbers, between which there is no mean
};

/// Grids are added in the order in which they are picked.
///
/// First and newest: each grid gets what those before it have left of a cell's weight, so that two
/// scenes that share a cell at their seam add up to one whole cell, and no edge shows.
/// Mean, median, max: values of all, by weight; the cell's weight is their sum, at most 1.
/// Count: the weights' sum, rounded, at least 1: two scenes that share a cell are one.
class Composition {
public:
    explicit Composition(CompositionForm form);

    /// Shape: the form's size and number of bands (count: any). `fits` empty: values as they are.
    void add(Grid grid, std::span<const BandFit> fits);

    /// Nothing that is added can change it any more.
    bool full() const noexcept;

    /// Bytes held, for those who bound them.
    std::size_t bytes() const;

    /// Ends it.
    Grid finish();

private:
    struct Kept {
        Grid grid;
        std::vector<BandFit> fits;
    };
    bool fits_as_it_is(const Grid& grid, std::span<const BandFit> fits) const;
    bool takes_the_rest() const noexcept;
    void fold(const Grid& grid, std::span<const BandFit> fits);
    void fold_bands(const Grid& grid, std::span<const BandFit> fits);
    void set_takes(const Grid& grid);
    double value_of(std::size_t band, std::size_t cell) const;
    BandValues finished_band(std::size_t band) const;
    void find_medians();
    void median_of(std::size_t cell);

    CompositionForm form_;
    std::optional<Grid> only_;  ///< the one grid so far, when it can be handed on untouched
    std::vector<Kept> kept_;    ///< for the median
    std::vector<float> weight_;
    std::vector<float> takes_;  ///< of the grid that is being folded
    std::vector<float> best_;   ///< largest take of a cell of classes
    std::vector<std::vector<double>> sums_;
    bool full_ = false;
    bool coarser_ = false;
};

}  // namespace relief::source
