#include "tiler/encode/webp_writer.hpp"

#include "tiler/encode/straight.hpp"

#include <webp/encode.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace relief::encode {
namespace {

/// The codec's picture and the memory it writes to, released together.
class WebpCanvas {
public:
    explicit WebpCanvas(PixelSize size) : ready_(WebPPictureInit(&picture_) != 0) {
        WebPMemoryWriterInit(&memory_);
        picture_.width = size.width;
        picture_.height = size.height;
        picture_.writer = WebPMemoryWrite;
        picture_.custom_ptr = &memory_;
    }
    WebpCanvas(const WebpCanvas&) = delete;
    WebpCanvas& operator=(const WebpCanvas&) = delete;
    WebpCanvas(WebpCanvas&&) = delete;
    WebpCanvas& operator=(WebpCanvas&&) = delete;
    ~WebpCanvas() {
        WebPPictureFree(&picture_);
        WebPMemoryWriterClear(&memory_);
    }

    bool ready() const noexcept { return ready_; }
    WebPPicture& picture() noexcept { return picture_; }

    Result<Bytes> encode(const WebPConfig& config) {
        if (WebPEncode(&config, &picture_) == 0) return failure();
        return Bytes(memory_.mem, memory_.mem + memory_.size);
    }

    Error failure() const {
        const bool memory = picture_.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY ||
                            picture_.error_code == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY;
        return {memory ? Fault::too_busy : Fault::source_broken,
                "the image cannot be written as WebP",
                "libwebp error " + std::to_string(picture_.error_code)};
    }

private:
    WebPPicture picture_{};
    WebPMemoryWriter memory_{};
    bool ready_;  // after picture_, which it prepares
};

constexpr std::uint32_t argb(Colour colour) noexcept {
    return std::uint32_t{colour.alpha} << 24U | std::uint32_t{colour.red} << 16U |
           std::uint32_t{colour.green} << 8U | std::uint32_t{colour.blue};
}

/// Fills the canvas with colour_of(pixel number) and encodes without loss.
template <typename ColourOf>
Result<Bytes> write_lossless(PixelSize size, int effort, const ColourOf& colour_of) {
    // Preset 0: 3.3 ms for a grey tile; preset 1 takes 13 ms for 29 % fewer bytes.
    WebPConfig config;
    WebpCanvas canvas(size);
    canvas.picture().use_argb = 1;
    if (!canvas.ready() || WebPConfigInit(&config) == 0 ||
        WebPConfigLosslessPreset(&config, std::clamp(effort, 0, 6)) == 0 ||
        WebPPictureAlloc(&canvas.picture()) == 0) {
        return canvas.failure();
    }
    const auto width = static_cast<std::size_t>(size.width);
    const auto stride = static_cast<std::size_t>(canvas.picture().argb_stride);
    for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y) {
        std::uint32_t* const row = canvas.picture().argb + y * stride;
        for (std::size_t x = 0; x < width; ++x) row[x] = colour_of(y * width + x);
    }
    return canvas.encode(config);
}

Result<Bytes> write(const IndexedPixels& pixels, PixelSize size, WebpOptions options) {
    std::array<std::uint32_t, 256> colours{};
    std::transform(pixels.palette->begin(), pixels.palette->end(), colours.begin(), argb);
    return write_lossless(
        size, options.effort, [&](std::size_t i) { return colours[pixels.indices[i]]; });
}

Result<Bytes> write(const GreyPixels& pixels, PixelSize size, WebpOptions options) {
    return write_lossless(size, options.effort, [&](std::size_t i) {
        const std::uint8_t alpha = pixels.alpha.empty() ? std::uint8_t{255} : pixels.alpha[i];
        const std::uint8_t level = straight({pixels.values[i], alpha});
        return argb({level, level, level, alpha});
    });
}

Result<Bytes> write(const RgbaPixels& pixels, PixelSize size, WebpOptions options) {
    WebPConfig config;
    WebpCanvas canvas(size);
    if (!canvas.ready() || WebPConfigInit(&config) == 0) return canvas.failure();
    config.quality = static_cast<float>(std::clamp(options.quality, 1, 100));
    // Method 0: 1.8 ms and 9.5 kB, mean of ten tiles (Sentinel-2, Landsat, synthetic) at quality
    // 75; method 2 takes 4.1 ms for 8 % fewer bytes, method 4 takes 9 ms for 13 %.
    config.method = std::clamp(options.effort, 0, 6);
    config.alpha_quality = 100;  // without loss

    const int stride = size.width * 4;
    Bytes straightened;
    int taken = 0;
    if (pixels.opaque) {
        taken = WebPPictureImportRGBX(&canvas.picture(), pixels.values.data(), stride);
    } else {
        straightened.resize(pixels.values.size());
        straight_rgba(pixels.values, straightened);
        taken = WebPPictureImportRGBA(&canvas.picture(), straightened.data(), stride);
    }
    return taken != 0 ? canvas.encode(config) : canvas.failure();
}

}  // namespace

Result<Bytes> write_webp(const Picture& picture, WebpOptions options) {
    return std::visit([&](const auto& pixels) { return write(pixels, picture.size, options); },
                      picture.pixels);
}

}  // namespace relief::encode
