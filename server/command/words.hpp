#pragma once
// Descriptions of rasters and layers in plain words, for people at a terminal.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/workspace/layer.hpp"

#include <string>

namespace relief::command {

/// Several lines: size, place, bands with ranges, kind, zooms.
std::string in_plain_words(const RasterDescription& raster);

/// Several lines: how many of what, place, attributes, what was repaired.
std::string in_plain_words(const VectorDescription& features);

/// The same of the layer's newest observation, and how it is drawn when nobody asks for another
/// way.
std::string in_plain_words(const workspace::Layer& layer);

/// One line for `relief layers`.
std::string one_line(const workspace::Layer& layer);

}  // namespace relief::command
