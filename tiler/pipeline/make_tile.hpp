#pragma once
// The journey of a raster tile: file → values → pixels → bytes.

#include "tiler/core/bytes.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/encode/empty_images.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/pipeline/read_cells.hpp"
#include "tiler/source/raster_reader.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/text/text.hpp"
#include "tiler/workspace/layer.hpp"
#include "tiler/workspace/view.hpp"

#include <optional>
#include <vector>

namespace relief::pipeline {

/// One picture of an observation. CRS: the box is in EPSG:3857.
struct PictureOrder {
    MercatorBox box;
    PixelSize size;
    encode::ImageFormat format = encode::ImageFormat::png;
    Deadline deadline;
    workspace::MosaicChoice mosaic;  ///< means nothing for an observation that is no mosaic
    double ratio = 1;                ///< pixels of the picture for each CSS pixel: 2 for @2x
    workspace::View against{};       ///< earlier one, for algorithms of two dates
    encode::EncodeOptions encoding;
};

/// How long each step took. Units: milliseconds.
struct StepTimes {
    double read = 0;
    double paint = 0;
    double encode = 0;
};

struct EncodedPicture {
    SharedBytes bytes;
    encode::ImageFormat format = encode::ImageFormat::png;  ///< never automatic
    bool empty = false;
    bool coarser = false;  ///< a damaged part of the file was drawn from a coarser overview
    StepTimes times;
    std::vector<SkippedScene> skipped;  ///< of a mosaic: what the picture does without

    /// True when another time may show more: a scene could not be read.
    bool incomplete = false;
};

/// A picture that is not encoded yet.
struct DrawnPicture {
    std::optional<Picture> picture;  ///< none: nothing is to be seen
    bool coarser = false;            ///< as of EncodedPicture
    StepTimes times;
    std::vector<SkippedScene> skipped;
    bool incomplete = false;
};

/// What every tile needs and none owns.
struct Workshop {
    const source::RasterReader& reader;
    const encode::EmptyImages& empty_images;
    const text::Fonts* fonts = nullptr;  ///< none: contours have no labels
};

source::SourceFile source_file_of(const workspace::Observation& observation);

/// The raster that a style is made for: the observation's own, or the count of a mosaic's scenes.
RasterDescription described(const workspace::Observation& observation, Pick pick);

/// The same journey up to the pixels, for whoever draws on; the order's format means nothing.
/// Errors: those of reading; out_of_time between the steps.
Result<DrawnPicture> draw_picture(const Workshop& workshop,
                                  const workspace::Observation& observation,
                                  const style::RasterStyle& style,
                                  const PictureOrder& order);

/// Errors: those of draw_picture() and encoding; not_acceptable for heights written into colours in
///         a format with loss.
Result<EncodedPicture> make_picture(const Workshop& workshop,
                                    const workspace::Observation& observation,
                                    const style::RasterStyle& style,
                                    const PictureOrder& asked);

/// The whole layer in one picture, at most `longest` pixels a side, keeping its shape on the Web
/// Mercator map.
PictureOrder preview_order(const RasterDescription& raster, int longest);

}  // namespace relief::pipeline
