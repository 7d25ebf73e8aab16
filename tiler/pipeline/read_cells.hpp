#pragma once
// The cells of an observation: of its one file, or of the scenes of a mosaic.

#include "tiler/core/result.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

/// A scene that a picture does without.
struct SkippedScene {
    std::string name;
    Version version;
    std::optional<Error> reason;  ///< none: it lacks a band that is asked for
};

struct ReadCells {
    Grid grid;
    std::vector<SkippedScene> skipped;

    /// True when another time may show more: something could not be read.
    bool incomplete() const noexcept {
        return std::any_of(skipped.begin(), skipped.end(), [](const SkippedScene& scene) {
            return scene.reason.has_value();
        });
    }
};

/// Shape, mask: as RasterReader::read; of Pick::count one band of u16. The choice means nothing for
/// an observation that is no mosaic.
/// Errors: those of reading; of a mosaic only out_of_time, too_large, and bad_request for a mean of
/// class numbers or a band that no scene has.
Result<ReadCells> read_cells(const source::RasterReader& reader,
                             const workspace::Observation& observation,
                             const source::ReadRequest& request,
                             const workspace::MosaicChoice& choice);

/// The values of the mosaic's bands at a place, and the scenes they come from.
struct PlaceValues {
    std::vector<std::optional<double>> values;  ///< as stored, in the mosaic's own form
    std::vector<std::uint32_t> scenes;          ///< indices of those with data there, as picked
    std::vector<SkippedScene> skipped;
};
Result<PlaceValues> mosaic_values_at(const source::RasterReader& reader,
                                     const workspace::Observation& observation,
                                     const source::PointRequest& request,
                                     const workspace::MosaicChoice& choice);

/// What legends and styles know of a mosaic's Pick::count: one band of whole numbers.
RasterDescription counted(const workspace::Observation& observation);

}  // namespace relief::pipeline
