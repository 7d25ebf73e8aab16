#pragma once
// Pictures to bytes.

#include "tiler/core/bytes.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relief::encode {

/// `automatic`: JPEG when the picture is opaque colour, else PNG.
enum class ImageFormat : std::uint8_t { png, webp, jpeg, automatic };

/// "png", "webp", "jpg" ("jpeg"), "auto".
std::optional<ImageFormat> parse_image_format(std::string_view name) noexcept;

/// IANA media type; of `automatic` none (resolve it first).
std::string_view media_type(ImageFormat format) noexcept;

/// Which format `automatic` means for this picture; every other format is itself.
ImageFormat resolve(ImageFormat format, const Picture& picture) noexcept;

/// Values outside their range count as the nearest one inside.
struct EncodeOptions {
    /// A map drawn with softened edges: PNG counts its colours and takes a palette when they are
    /// few (few_colours.hpp says how near the rare ones stay).
    bool drawing = false;
    int png_level = 1;  ///< libdeflate 1 to 12; the default is the measured best for a live tile
    int jpeg_quality = 75;  ///< 1 to 100, 4:2:0
    int webp_quality = 75;  ///< 1 to 100 for colour pictures; indexed and grey ones are lossless
    int webp_effort = 0;    ///< 0 to 6, slower and smaller; the default is for a live tile
};

/// For files that are written once and carried far: smaller, and several times slower.
constexpr EncodeOptions thorough_options() noexcept {
    EncodeOptions options;
    options.png_level = 6;
    options.webp_effort = 4;
    return options;
}

/// Shape:  the bytes of one image file in `format` (resolved here when `automatic`), without time
///         or text, so that equal pictures give equal bytes. PNG takes the smallest colour type
///         that is true to the picture's form: palette of 1, 2, 4 or 8 bits, grey, grey with
///         alpha, RGB, RGBA; a palette ends at the highest index in use.
/// Mask:   PNG and WebP keep transparency; JPEG shows white where there is no data.
/// Errors: bad_request when a side is under 1 pixel; too_large when one is over 16383 (WebP),
///         65500 (JPEG) or 65535 pixels (PNG), or the pixels over 2 GB; source_broken when the
///         pixels do not fill the size or an index points outside the palette; too_busy when a
///         codec finds no memory.
Result<Bytes> encode(const Picture& picture, ImageFormat format, const EncodeOptions& options = {});

}  // namespace relief::encode
