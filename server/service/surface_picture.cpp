#include "server/service/surface_picture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relief::service {
namespace {

std::uint8_t share(std::uint32_t value, std::uint32_t alpha) {
    return static_cast<std::uint8_t>(canvas::scaled(value, alpha));
}

std::vector<std::uint8_t> bytes_of(const IndexedPixels& pixels) {
    std::array<canvas::Ink, 256> inks{};
    for (std::size_t i = 0; i < std::min<std::size_t>(inks.size(), pixels.palette->size()); ++i) {
        const Colour& colour = (*pixels.palette)[i];
        inks.at(i) = {share(colour.red, colour.alpha),
                      share(colour.green, colour.alpha),
                      share(colour.blue, colour.alpha),
                      colour.alpha};
    }
    std::vector<std::uint8_t> bytes(pixels.indices.size() * 4);
    for (std::size_t i = 0; i < pixels.indices.size(); ++i)
        std::copy_n(
            inks[pixels.indices[i]].begin(), 4, bytes.begin() + static_cast<std::ptrdiff_t>(i) * 4);
    return bytes;
}

std::vector<std::uint8_t> bytes_of(const GreyPixels& pixels) {
    std::vector<std::uint8_t> bytes(pixels.values.size() * 4);
    for (std::size_t i = 0; i < pixels.values.size(); ++i) {
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(i) * 4, 3, pixels.values[i]);
        bytes[i * 4 + 3] = pixels.alpha.empty() ? 255 : pixels.alpha[i];
    }
    return bytes;
}

std::vector<std::uint8_t> bytes_of(const RgbaPixels& pixels) {
    return pixels.values;
}

}  // namespace

canvas::Surface surface_of(const Picture& picture) {
    return std::visit(
        [&](const auto& pixels) { return canvas::Surface(picture.size, bytes_of(pixels)); },
        picture.pixels);
}

Picture picture_of(const canvas::Surface& surface, const SurfacePart& part) {
    const std::ptrdiff_t length = std::ptrdiff_t{part.size.width} * 4;
    RgbaPixels pixels;
    pixels.values.reserve(static_cast<std::size_t>(length) *
                          static_cast<std::size_t>(part.size.height));
    std::uint8_t least = 255;
    std::uint8_t most = 0;
    for (int y = 0; y < part.size.height; ++y) {
        const std::uint8_t* const row = surface.row(part.top + y) + std::ptrdiff_t{part.left} * 4;
        pixels.values.insert(pixels.values.end(), row, row + length);
        for (std::ptrdiff_t x = 3; x < length; x += 4) {
            least = std::min(least, row[x]);
            most = std::max(most, row[x]);
        }
    }
    pixels.opaque = least == 255;
    return {part.size, std::move(pixels), most == 0};
}

Picture picture_of(const canvas::Surface& surface) {
    return picture_of(surface, {0, 0, surface.size()});
}

}  // namespace relief::service
