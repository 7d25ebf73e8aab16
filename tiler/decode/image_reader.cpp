#include "tiler/decode/image_reader.hpp"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

namespace relief::decode {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool begins_with(Bytes bytes, std::string_view mark, std::size_t from = 0) {
    return bytes.size() >= from + mark.size() &&
           std::memcmp(bytes.data() + from, mark.data(), mark.size()) == 0;
}

Error broken(const char* format, const std::string& words = {}) {
    return bad_request(std::string("the ") + format + " image is broken", words);
}

/// Errors: too_large.
Result<std::vector<std::uint8_t>> room_for(PixelSize size, const ImageLimits& limits) {
    const auto pixels = static_cast<std::size_t>(std::max(size.width, 0)) *
                        static_cast<std::size_t>(std::max(size.height, 0));
    if (pixels > limits.pixels)
        return Error{Fault::too_large,
                     "the image is " + std::to_string(size.width) + " × " +
                         std::to_string(size.height) + " pixels; at most " +
                         std::to_string(limits.pixels) + " pixels are read"};
    return std::vector<std::uint8_t>(pixels * 4);
}

struct PngEnd {
    void operator()(png_image* image) const { png_image_free(image); }
};

Result<canvas::Surface> read_png(Bytes bytes, const ImageLimits& limits) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, PngEnd> end(&image);
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
        return broken("PNG", image.message);
    if (image.width > 65535 || image.height > 65535)
        return Error{Fault::too_large, "the image has a side of more than 65535 pixels"};
    image.format = PNG_FORMAT_RGBA;
    const PixelSize size{static_cast<int>(image.width), static_cast<int>(image.height)};
    auto pixels = room_for(size, limits);
    if (!pixels) return pixels.error();
    if (png_image_finish_read(&image, nullptr, pixels->data(), 0, nullptr) == 0)
        return broken("PNG", image.message);
    return canvas::Surface(size, std::move(*pixels));
}

struct JpegEnd {
    void operator()(void* reader) const { tjDestroy(reader); }
};

Result<canvas::Surface> read_jpeg(Bytes bytes, const ImageLimits& limits) {
    const std::unique_ptr<void, JpegEnd> reader(tjInitDecompress());
    if (!reader) return Error{Fault::too_busy, "no memory to read the image"};
    PixelSize size;
    int sampling = 0;
    int colours = 0;
    const auto length = static_cast<unsigned long>(bytes.size());  // NOLINT(google-runtime-int)
    if (tjDecompressHeader3(
            reader.get(), bytes.data(), length, &size.width, &size.height, &sampling, &colours) !=
        0)
        return broken("JPEG", tjGetErrorStr2(reader.get()));
    auto pixels = room_for(size, limits);
    if (!pixels) return pixels.error();
    if (tjDecompress2(reader.get(),
                      bytes.data(),
                      length,
                      pixels->data(),
                      size.width,
                      0,
                      size.height,
                      TJPF_RGBA,
                      0) != 0 &&
        tjGetErrorCode(reader.get()) != TJERR_WARNING)
        return broken("JPEG", tjGetErrorStr2(reader.get()));
    return canvas::Surface(size, std::move(*pixels));
}

Result<canvas::Surface> read_webp(Bytes bytes, const ImageLimits& limits) {
    PixelSize size;
    if (WebPGetInfo(bytes.data(), bytes.size(), &size.width, &size.height) == 0)
        return broken("WebP");
    auto pixels = room_for(size, limits);
    if (!pixels) return pixels.error();
    if (WebPDecodeRGBAInto(
            bytes.data(), bytes.size(), pixels->data(), pixels->size(), size.width * 4) == nullptr)
        return broken("WebP");
    return canvas::Surface(size, std::move(*pixels));
}

void premultiply(canvas::Surface& surface) {
    for (int y = 0; y < surface.size().height; ++y) {
        std::uint8_t* pixel = surface.row(y);
        for (int x = 0; x < surface.size().width; ++x, pixel += 4)
            for (std::size_t i = 0; i < 3; ++i)
                pixel[i] = static_cast<std::uint8_t>(canvas::scaled(pixel[i], pixel[3]));
    }
}

}  // namespace

Result<canvas::Surface> decode_numbers(Bytes bytes, const ImageLimits& limits) {
    if (bytes.size() > limits.bytes)
        return Error{Fault::too_large,
                     "the image has " + std::to_string(bytes.size()) + " bytes; at most " +
                         std::to_string(limits.bytes) + " are read"};
    if (begins_with(bytes, "\x89PNG")) return read_png(bytes, limits);
    if (begins_with(bytes, "\xFF\xD8")) return read_jpeg(bytes, limits);
    if (begins_with(bytes, "RIFF") && begins_with(bytes, "WEBP", 8))
        return read_webp(bytes, limits);
    return bad_request("this is no image that is read here: PNG, JPEG or WebP");
}

Result<canvas::Surface> decode_image(Bytes bytes, const ImageLimits& limits) {
    auto surface = decode_numbers(bytes, limits);
    if (surface) premultiply(*surface);
    return surface;
}

}  // namespace relief::decode
