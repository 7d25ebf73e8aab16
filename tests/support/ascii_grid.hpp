#pragma once
// A raster written down as it lies on the map: rows of numbers, "." where there is no data.

#include "tiler/core/grid.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace relief::test {

/// Shape: one band of floats, a row for each line that is not blank; rows are of equal length.
/// Mask:  "." has weight 0 and −9999 beneath, every number has weight 1; full when there is no ".".
inline Grid ascii_grid(const std::string& drawing) {
    Grid grid;
    std::vector<float> cells;
    std::vector<float> weight;
    std::istringstream lines(drawing);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        const auto before = cells.size();
        for (std::string word; words >> word;) {
            cells.push_back(word == "." ? -9999.0F : std::stof(word));
            weight.push_back(word == "." ? 0.0F : 1.0F);
        }
        if (cells.size() == before) continue;
        grid.size.width = static_cast<int>(cells.size() - before);
        ++grid.size.height;
    }
    const bool full = std::count(weight.begin(), weight.end(), 0.0F) == 0;
    grid.coverage = full ? Grid::Coverage::full : Grid::Coverage::partial;
    if (!full) grid.weight = std::move(weight);
    grid.bands.emplace_back(std::move(cells));
    return grid;
}

}  // namespace relief::test
