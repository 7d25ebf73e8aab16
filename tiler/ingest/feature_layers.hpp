#pragma once
// The layers of a file of features, as OGR lists them.

#include "tiler/core/result.hpp"

#include <memory>
#include <string>
#include <vector>

class GDALDataset;
class OGRLayer;

namespace relief::ingest {

using FeatureDataset = std::unique_ptr<GDALDataset>;

/// Null when no driver for features reads the file.
FeatureDataset open_features(const std::string& path);

/// True when one of the drivers for features takes the file and no driver for rasters does: a
/// GeoPackage may hold both, and then is a raster.
bool holds_features(const std::string& path);

/// What is told of a file that nothing could open: the line where its text is damaged, when a
/// driver for features says so, else `otherwise`.
Error damage_in(const std::string& path, const Error& otherwise);

/// `name` may be empty when one layer only could be meant. Errors: source_broken when no layer
/// holds places or features; bad_request naming the layers.
Result<OGRLayer*> choose_layer(GDALDataset& dataset, const std::string& name);

/// Names of the layers with features that have places; none of a file that holds a raster. Errors:
/// source_broken when it is neither a raster nor has any such layer.
Result<std::vector<std::string>> feature_layers(const std::string& path);

}  // namespace relief::ingest
