#include "tiler/encode/empty_images.hpp"

#include "tiler/encode/image_limits.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace relief::encode {
namespace {

Picture empty_picture(ImageFormat format, PixelSize size) {
    const auto pixels =
        static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    if (format == ImageFormat::jpeg) {
        // One channel instead of three: a white grey JPEG is the smallest white JPEG.
        return {size, GreyPixels{Bytes(pixels, 0), Bytes(pixels, 0)}, true};
    }
    auto palette = std::make_shared<const Palette>(Palette{transparent});
    return {size, IndexedPixels{Bytes(pixels, 0), std::move(palette)}, true};
}

Result<SharedBytes> encode_empty(ImageFormat format, PixelSize size) {
    // Before the pixels are made: the size may come from an address.
    if (auto fits = check_size(size, format); !fits) return fits.error();
    // The bytes are made once and sent often, so the strongest compression pays.
    auto bytes = encode(empty_picture(format, size), format, {.png_level = 12});
    if (!bytes) return std::move(bytes).error();
    return std::make_shared<const Bytes>(std::move(bytes).value());
}

}  // namespace

EmptyImages::EmptyImages() {
    for (const auto format : {ImageFormat::png, ImageFormat::webp, ImageFormat::jpeg}) {
        for (const int side : {256, 512}) {
            const PixelSize size{side, side};
            auto bytes = encode_empty(format, size);
            if (bytes) kept_.push_back({format, size, std::move(bytes).value()});
        }
    }
}

Result<SharedBytes> EmptyImages::of(ImageFormat format, PixelSize size) const {
    if (format == ImageFormat::automatic) format = ImageFormat::png;
    for (const auto& kept : kept_) {
        if (kept.format == format && kept.size == size) return kept.bytes;
    }
    return encode_empty(format, size);
}

}  // namespace relief::encode
