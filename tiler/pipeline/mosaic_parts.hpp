#pragma once
// The scenes of a mosaic as files to read, each with the way its bands become the mosaic's.

#include "tiler/pipeline/read_cells.hpp"
#include "tiler/source/read_mosaic.hpp"

#include <cstdint>
#include <vector>

namespace relief::pipeline {

struct ChosenParts {
    std::vector<source::MosaicPart> parts;
    std::vector<std::uint32_t> scenes;  ///< of each part
    std::vector<SkippedScene> skipped;  ///< lack a band
};

/// Those of the scenes that have the bands.
ChosenParts parts_of(const workspace::Observation& observation,
                     const std::vector<std::uint32_t>& scenes,
                     const std::vector<int>& bands);

source::MosaicPart part_of(const workspace::Observation& observation,
                           const workspace::Scene& scene,
                           const std::vector<int>& bands);

SkippedScene broken(const workspace::Scene& scene, const Error& reason);

}  // namespace relief::pipeline
