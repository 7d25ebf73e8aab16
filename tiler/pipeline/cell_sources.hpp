#pragma once
// Where a mosaic's cells come from: its overview, or which of its scenes.

#include "tiler/source/raster_reader.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <cstdint>
#include <vector>

namespace relief::pipeline {

/// The largest number of a band that is asked for: a scene has all of them that has this one.
int widest_band(const source::ReadRequest& request);

/// The overview shows what is asked for: its own pick, bands and cells as coarse as its own.
bool overview_suffices(const workspace::Observation& observation,
                       const source::ReadRequest& request,
                       const workspace::MosaicChoice& choice);

/// Indices of the scenes whose footprint touches the picture, as they are picked.
std::vector<std::uint32_t> scenes_touching(const workspace::Observation& observation,
                                           const source::ReadRequest& request,
                                           const workspace::MosaicChoice& choice);

}  // namespace relief::pipeline
