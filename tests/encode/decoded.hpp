#pragma once
// Image files read back by the formats' own libraries.

#include "tiler/core/boxes.hpp"
#include "tiler/core/bytes.hpp"

#include <string>
#include <vector>

namespace relief::encode {

/// Straight RGBA. A file that cannot be decoded has size 0 × 0.
struct Decoded {
    PixelSize size;
    Bytes rgba;
};

Decoded decode_png(const Bytes& file);
Decoded decode_webp(const Bytes& file);
Decoded decode_jpeg(const Bytes& file);

struct PngChunk {
    std::string type;
    Bytes data;
};

/// The chunks in their order; the lengths must lead exactly to the end, else none.
std::vector<PngChunk> chunks_of(const Bytes& png);

/// What IHDR says.
struct PngForm {
    int depth = 0;
    int colour_type = 0;
    bool operator==(const PngForm&) const = default;
};
PngForm form_of(const Bytes& png);

/// What the frame header says.
struct JpegForm {
    int channels = 0;
    int colour_width = 0;  ///< luminance samples across one colour sample
    int colour_height = 0;
    bool operator==(const JpegForm&) const = default;
};
JpegForm jpeg_form_of(const Bytes& jpeg);

}  // namespace relief::encode
