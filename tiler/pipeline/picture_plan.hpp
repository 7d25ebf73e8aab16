#pragma once
// What a picture is read from, told without reading a cell.

#include "tiler/pipeline/make_tile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

struct PlannedFile {
    std::string name;  ///< without folders; a scene's own, or "overview" of a mosaic
    Version version;
    std::vector<source::PlannedRead> reads;  ///< one for each copy of the raster in the picture
    std::optional<Error> broken;
};

/// In the order of reading; of a mosaic all scenes that the picture may need, though a full picture
/// needs no more of them. Of two dates, the later one's first.
/// Errors: as read_values().
Result<std::vector<PlannedFile>> plan_picture(const Workshop& workshop,
                                              const workspace::Observation& observation,
                                              const style::RasterStyle& style,
                                              const PictureOrder& order);

}  // namespace relief::pipeline
