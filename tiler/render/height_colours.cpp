#include "tiler/render/height_colours.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace relief::render {
namespace {

/// number = round((height - lowest) × steps), 24 bits, red the highest.
struct Encoding {
    double lowest;
    double steps;
};

Encoding encoding_of(style::AlgorithmId id) noexcept {
    if (id == style::AlgorithmId::terrarium) return {.lowest = -32768, .steps = 256};
    return {.lowest = -10000, .steps = 10};
}

/// Doubles: the sum of a height and the offset has more digits than a float holds.
std::uint32_t pixel_of(double height, Encoding encoding) noexcept {
    constexpr double greatest = 0xFFFFFF;
    const double number =
        std::clamp((height - encoding.lowest) * encoding.steps + 0.5, 0.0, greatest);
    const auto bits = static_cast<std::uint32_t>(static_cast<std::int32_t>(number));
    const std::uint32_t red = bits >> 16U;
    const std::uint32_t green = (bits >> 8U) & 0xFFU;
    const std::uint32_t blue = bits & 0xFFU;
    return red | green << 8U | blue << 16U | 0xFF000000U;
}

}  // namespace

Picture height_colours(const Surface& surface, const style::AlgorithmCall& call) {
    static_assert(std::endian::native == std::endian::little, "red is the lowest byte");
    const Encoding encoding = encoding_of(call.id);
    const double filling = call.value("nodata_height");
    const std::uint32_t missing = std::isnan(filling) ? 0U : pixel_of(filling, encoding);
    const PixelSize size = surface.inner();
    RgbaPixels pixels;
    pixels.values.resize(4 * static_cast<std::size_t>(size.width) *
                         static_cast<std::size_t>(size.height));
    auto* out = pixels.values.data();
    std::uint32_t seen = 0;
    std::uint32_t all = 0xFF000000U;
    for (int row = 0; row < size.height; ++row) {
        const auto heights = surface.row(row + surface.margin)
                                 .subspan(static_cast<std::size_t>(surface.margin),
                                          static_cast<std::size_t>(size.width));
        for (const float height : heights) {
            const std::uint32_t pixel =
                std::isnan(height) ? missing : pixel_of(static_cast<double>(height), encoding);
            seen |= pixel;
            all &= pixel;
            std::memcpy(out, &pixel, sizeof pixel);
            out += sizeof pixel;
        }
    }
    pixels.opaque = (all & 0xFF000000U) != 0;
    return {.size = size, .pixels = std::move(pixels), .empty = (seen & 0xFF000000U) == 0};
}

}  // namespace relief::render
