#include "tiler/source/level_choice.hpp"

#include <algorithm>

namespace relief::source {

LevelChoice choose_level(const RasterFacts& facts, double cells_per_pixel) noexcept {
    LevelChoice choice;
    const double width = facts.placement.size.width;
    for (std::size_t i = 1; i < facts.levels.size(); ++i) {
        // 1 % of slack: at a whole zoom step the overview is as fine as the pixel, not finer.
        if (width / facts.levels[i].size.width <= cells_per_pixel * 1.01)
            choice.level = static_cast<int>(i);
    }
    const double left =
        cells_per_pixel * facts.levels[static_cast<std::size_t>(choice.level)].size.width / width;
    if (left >= 2) choice.reduce = static_cast<int>(std::min(left, 4096.0));
    return choice;
}

int margin_of(Resampling method, PixelPoint footprint) noexcept {
    switch (method) {
        case Resampling::nearest: return 1;
        case Resampling::bilinear: return 2;
        case Resampling::cubic: return 3;
        case Resampling::average:
        case Resampling::mode:
            return 2 + static_cast<int>(std::max(footprint.column, footprint.row));
    }
    return 3;
}

Reduction reduction_of(Resampling method) noexcept {
    if (method == Resampling::nearest) return Reduction::middle;
    return method == Resampling::mode ? Reduction::most_frequent : Reduction::mean;
}

}  // namespace relief::source
