#pragma once
// How many reports lie in the cells that a tile needs.

#include "tiler/pipeline/live_features.hpp"
#include "tiler/pipeline/report_choice.hpp"
#include "tiler/shown/content.hpp"
#include "tiler/vector/cell_grid.hpp"

#include <cstdint>

namespace relief::pipeline {

/// In a cell's lowest position: an area, by its number, and not a point.
inline constexpr std::uint32_t area_mark = 0x8000'0000;

/// All that is given outlives it.
class ReportCounter {
public:
    ReportCounter(const shown::Content& content, const FeatureReach& reach, ReportChoice& choice)
        : content_(content), reach_(reach), choice_(choice) {}

    struct Cells {
        const vector::CellLattice& lattice;
        std::uint32_t zoom;  ///< whose squares the cells are, if they are squares
        bool hexagons;
    };
    /// Adds the points. Sums are of weights by severity. Errors: out_of_time, those of
    /// ReportChoice::passes().
    Result<void> count(const Cells& cells, vector::CellGrid& grid) const;
    /// Adds areas that are too small to be seen, in their middles.
    Result<void> count_areas(const vector::CellLattice& lattice, vector::CellGrid& grid) const;

private:
    Result<void> count_hexagons(const vector::CellLattice& lattice,
                                const shown::CellRange& range,
                                vector::CellGrid& grid) const;
    Result<void> count_each(const vector::CellLattice& lattice,
                            const shown::CellRange& range,
                            vector::CellGrid& grid) const;

    const shown::Content& content_;
    const FeatureReach& reach_;
    ReportChoice& choice_;
};

}  // namespace relief::pipeline
