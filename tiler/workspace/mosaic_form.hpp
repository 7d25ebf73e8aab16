#pragma once
// What the bands of many scenes have in common: the bands of their mosaic.

#include "tiler/core/result.hpp"
#include "tiler/workspace/scene.hpp"

#include <vector>

namespace relief::workspace {

struct MosaicForm {
    RasterDescription raster;  ///< bands, palette, kind; no geometry, no statistics
    int usual_bands = 0;       ///< how many most scenes have; the more of two that are as frequent
};

/// Bands: as many as the scene with the most; of a type that holds those of all; where scenes scale
/// their cells differently the mosaic's cells are the scaled values themselves. Titles, units and
/// roles are those of the first scene that has the band.
/// Errors: conflict when kinds or palettes differ. Not for no scenes.
Result<MosaicForm> mosaic_form(const std::vector<Scene>& scenes);

}  // namespace relief::workspace
