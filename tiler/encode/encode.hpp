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

struct EncodeOptions {
    int png_level = 1;  ///< libdeflate 1 to 12; the default is the measured best for a live tile
    int jpeg_quality = 75;  ///< 1 to 100, 4:2:0
    int webp_quality = 75;  ///< 1 to 100 for colour pictures; indexed and grey ones are lossless
};

/// Shape:  the bytes of one image file in `format` (resolved).
/// Mask:   PNG and WebP keep transparency; JPEG shows white where there is no data.
/// Errors: too_large when a side is over 16383 (WebP) or 65535 pixels.
Result<Bytes> encode(const Picture& picture, ImageFormat format, const EncodeOptions& options = {});

/// The shared bytes of a fully transparent picture (white in JPEG): one constant for each size and
/// format.
SharedBytes empty_image(ImageFormat format, PixelSize size);

}  // namespace relief::encode
