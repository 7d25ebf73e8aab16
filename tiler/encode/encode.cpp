#include "tiler/encode/encode.hpp"

#include "tiler/encode/few_colours.hpp"
#include "tiler/encode/image_limits.hpp"
#include "tiler/encode/jpeg_writer.hpp"
#include "tiler/encode/png_writer.hpp"
#include "tiler/encode/webp_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

namespace relief::encode {
namespace {

bool fills(const IndexedPixels& pixels, std::size_t count) {
    if (pixels.indices.size() != count || !pixels.palette) return false;
    return *std::max_element(pixels.indices.begin(), pixels.indices.end()) < pixels.palette->size();
}
bool fills(const GreyPixels& pixels, std::size_t count) {
    return pixels.values.size() == count && (pixels.alpha.empty() || pixels.alpha.size() == count);
}
bool fills(const RgbaPixels& pixels, std::size_t count) {
    return pixels.values.size() == count * 4;
}

Result<void> check(const Picture& picture, ImageFormat format) {
    if (auto size = check_size(picture.size, format); !size) return size;
    const auto count = static_cast<std::size_t>(picture.size.width) *
                       static_cast<std::size_t>(picture.size.height);
    const bool whole =
        std::visit([&](const auto& pixels) { return fills(pixels, count); }, picture.pixels);
    // The codecs would read past the end: a wrong picture must be an answer, not a crash.
    if (!whole) return source_broken("the image cannot be drawn", "pixels do not fit the picture");
    return {};
}

Result<Bytes> write_drawing(const Picture& picture, int level) {
    if (const auto* const colour = std::get_if<RgbaPixels>(&picture.pixels))
        if (auto few = few_colours(*colour))
            return write_png({picture.size, std::move(*few), picture.empty}, level);
    return write_png(picture, level);
}

}  // namespace

std::optional<ImageFormat> parse_image_format(std::string_view name) noexcept {
    if (name == "png") return ImageFormat::png;
    if (name == "webp") return ImageFormat::webp;
    if (name == "jpg" || name == "jpeg") return ImageFormat::jpeg;
    if (name == "auto") return ImageFormat::automatic;
    return std::nullopt;
}

std::string_view media_type(ImageFormat format) noexcept {
    switch (format) {
        case ImageFormat::png: return "image/png";
        case ImageFormat::webp: return "image/webp";
        case ImageFormat::jpeg: return "image/jpeg";
        case ImageFormat::automatic: break;
    }
    return {};
}

ImageFormat resolve(ImageFormat format, const Picture& picture) noexcept {
    if (format != ImageFormat::automatic) return format;
    const auto* const colour = std::get_if<RgbaPixels>(&picture.pixels);
    return colour != nullptr && colour->opaque ? ImageFormat::jpeg : ImageFormat::png;
}

Result<Bytes> encode(const Picture& picture, ImageFormat format, const EncodeOptions& options) {
    const ImageFormat resolved = resolve(format, picture);
    if (auto checked = check(picture, resolved); !checked) return checked.error();
    switch (resolved) {
        case ImageFormat::webp:
            return write_webp(picture, {options.webp_quality, options.webp_effort});
        case ImageFormat::jpeg: return write_jpeg(picture, options.jpeg_quality);
        case ImageFormat::png:
        case ImageFormat::automatic: break;
    }
    if (options.drawing) return write_drawing(picture, options.png_level);
    return write_png(picture, options.png_level);
}

}  // namespace relief::encode
