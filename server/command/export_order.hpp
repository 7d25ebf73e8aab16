#pragma once
// What `relief export` was asked for, checked and complete before the first tile is drawn.

#include "server/command/feature_pictures.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
#include "tiler/archive/description.hpp"
#include "tiler/archive/package.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/pipeline/feature_choice.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/workspace/layer.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::command {

/// The words of the command line.
struct ExportOptions {
    std::string id, output, box, zooms, style;
    ViewWords view;
    std::string format;  ///< empty: png, of features mvt
    std::string effort = "fast";
    style::RasterWords words;
    std::string filter;
    std::vector<std::string> fields;  ///< of features; empty: all
    bool resume = false;
    bool overwrite = false;
    bool json = false;
};

/// What of a layer of features goes into its tiles.
struct FeatureExport {
    std::string name;  ///< of the layer in the tiles
    pipeline::FeatureChoice choice;
    std::optional<std::vector<std::string>> fields;
    bool packed = false;  ///< with gzip: files of tiles have them so, folders for web hosts not
};

/// Pictures of a layer of features.
struct PictureExport {
    std::shared_ptr<FeaturePictures> drawing{};
    service::StyleWish wish{};
};

struct ExportPlan {
    workspace::Observation observation;
    workspace::MosaicChoice scenes;  ///< of the observation, when it is a mosaic
    style::RasterStyle style;
    encode::ImageFormat format = encode::ImageFormat::png;
    encode::EncodeOptions encoding;
    archive::TileArea area;
    archive::PackageOrder package;
    archive::Description description;
    unsigned threads = 1;
    std::size_t block_bytes = 0;              ///< for decoded blocks
    std::optional<FeatureExport> features{};  ///< vector tiles
    std::optional<PictureExport> pictures{};  ///< of features; without either it is a raster
};

/// Errors: bad_request naming the bad value and the allowed ones; not_found for a layer, a time or
///         an area without data; too_large for more tiles than limits.export_tiles, naming what to
///         change; those of the workspace.
Result<ExportPlan> plan_export(const Context& context, const ExportOptions& options);

}  // namespace relief::command
