#include "tiler/encode/jpeg_writer.hpp"

#include "tiler/encode/straight.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <variant>

namespace relief::encode {
namespace {

struct HandleRelease {
    void operator()(void* handle) const noexcept { tjDestroy(handle); }
};

/// What the codec reads: bytes in one of its pixel formats, and how to thin out their colour.
struct Plane {
    std::span<const std::uint8_t> bytes;
    TJPF format;
    TJSAMP sampling;
};

Result<Bytes> compress(const Plane& plane, PixelSize size, int quality) {
    const std::unique_ptr<void, HandleRelease> handle(tjInitCompress());
    if (!handle) return Error{Fault::too_busy, "no memory to encode the image; try again"};
    unsigned long length = tjBufSize(size.width, size.height, plane.sampling);
    Bytes buffer(length);
    std::uint8_t* start = buffer.data();
    const int status = tjCompress2(handle.get(),
                                   plane.bytes.data(),
                                   size.width,
                                   0,
                                   size.height,
                                   plane.format,
                                   &start,
                                   &length,
                                   plane.sampling,
                                   std::clamp(quality, 1, 100),
                                   TJFLAG_NOREALLOC);
    if (status != 0) {
        return Error{Fault::source_broken,
                     "the image cannot be written as JPEG",
                     tjGetErrorStr2(handle.get())};
    }
    // A copy of the right length: the buffer is made for the worst case and caches count bytes.
    return Bytes(start, start + length);
}

Result<Bytes> write(const IndexedPixels& pixels, PixelSize size, int quality) {
    std::array<std::array<std::uint8_t, 4>, 256> colours{};
    std::transform(
        pixels.palette->begin(), pixels.palette->end(), colours.begin(), [](Colour colour) {
            const auto on_white = [&](std::uint8_t level) {
                const int parts = level * colour.alpha + 255 * (255 - colour.alpha);
                return static_cast<std::uint8_t>((parts + 127) / 255);
            };
            return std::array<std::uint8_t, 4>{
                on_white(colour.red), on_white(colour.green), on_white(colour.blue), 255};
        });
    Bytes rgbx(pixels.indices.size() * 4);
    for (std::size_t i = 0; i < pixels.indices.size(); ++i) {
        const auto& colour = colours[pixels.indices[i]];
        std::copy(colour.begin(), colour.end(), rgbx.data() + i * 4);
    }
    return compress({rgbx, TJPF_RGBX, TJSAMP_420}, size, quality);
}

Result<Bytes> write(const GreyPixels& pixels, PixelSize size, int quality) {
    if (pixels.alpha.empty()) {
        return compress({pixels.values, TJPF_GRAY, TJSAMP_GRAY}, size, quality);
    }
    Bytes on_white(pixels.values.size());
    for (std::size_t i = 0; i < on_white.size(); ++i) {
        on_white[i] = over_white({pixels.values[i], pixels.alpha[i]});
    }
    return compress({on_white, TJPF_GRAY, TJSAMP_GRAY}, size, quality);
}

Result<Bytes> write(const RgbaPixels& pixels, PixelSize size, int quality) {
    if (pixels.opaque) return compress({pixels.values, TJPF_RGBX, TJSAMP_420}, size, quality);
    Bytes on_white(pixels.values.size());
    rgbx_over_white(pixels.values, on_white);
    return compress({on_white, TJPF_RGBX, TJSAMP_420}, size, quality);
}

}  // namespace

Result<Bytes> write_jpeg(const Picture& picture, int quality) {
    return std::visit([&](const auto& pixels) { return write(pixels, picture.size, quality); },
                      picture.pixels);
}

}  // namespace relief::encode
