#pragma once
// The tiles of a raster layer, drawn as the server draws them.

#include "tiler/archive/export_tiles.hpp"
#include "tiler/pipeline/make_tile.hpp"

#include <functional>
#include <vector>

namespace relief::archive {

/// What it refers to must outlive the drawing.
struct LayerDrawing {
    pipeline::Workshop workshop;
    const workspace::Observation& observation;
    const style::RasterStyle& style;
    encode::ImageFormat format = encode::ImageFormat::png;
    encode::EncodeOptions encoding;
    workspace::MosaicChoice scenes{};  ///< means nothing for an observation that is no mosaic
    /// Told what a tile does without, by several threads at once; may be empty.
    std::function<void(const std::vector<pipeline::SkippedScene>&)> skipped{};
    /// The same, of a tile drawn from an overview since a part of the file is damaged.
    std::function<void()> coarser{};
};

/// 256 pixels a side. With default encoding the bytes are those that the server sends.
/// Errors: those of pipeline::make_picture.
DrawTile draw_layer(const LayerDrawing& drawing);

}  // namespace relief::archive
