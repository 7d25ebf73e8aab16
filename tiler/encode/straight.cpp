#include "tiler/encode/straight.hpp"

#include <algorithm>
#include <array>

namespace relief::encode {
namespace {

// 255 / alpha in 16.16 fixed point: a product instead of a division for each channel.
constexpr auto reciprocals = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t alpha = 1; alpha < 256; ++alpha) {
        table[alpha] = ((255U << 16U) + alpha / 2) / alpha;
    }
    return table;
}();

std::uint8_t scaled(std::uint8_t level, std::uint32_t reciprocal) noexcept {
    return static_cast<std::uint8_t>(std::min((level * reciprocal + 0x8000U) >> 16U, 255U));
}

}  // namespace

std::uint8_t straight(Premultiplied channel) noexcept {
    return scaled(channel.level, reciprocals[channel.alpha]);
}

void straight_rgba(std::span<const std::uint8_t> premultiplied,
                   std::span<std::uint8_t> out) noexcept {
    for (std::size_t i = 0; i + 3 < premultiplied.size(); i += 4) {
        const std::uint8_t alpha = premultiplied[i + 3];
        if (alpha == 255) {  // most of what is seen
            std::copy_n(premultiplied.begin() + static_cast<std::ptrdiff_t>(i),
                        4,
                        out.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        const std::uint32_t reciprocal = reciprocals[alpha];
        out[i] = scaled(premultiplied[i], reciprocal);
        out[i + 1] = scaled(premultiplied[i + 1], reciprocal);
        out[i + 2] = scaled(premultiplied[i + 2], reciprocal);
        out[i + 3] = alpha;
    }
}

void rgbx_over_white(std::span<const std::uint8_t> premultiplied,
                     std::span<std::uint8_t> out) noexcept {
    for (std::size_t i = 0; i + 3 < premultiplied.size(); i += 4) {
        const std::uint8_t alpha = premultiplied[i + 3];
        out[i] = over_white({premultiplied[i], alpha});
        out[i + 1] = over_white({premultiplied[i + 1], alpha});
        out[i + 2] = over_white({premultiplied[i + 2], alpha});
        out[i + 3] = 255;
    }
}

void rgb_of_opaque(std::span<const std::uint8_t> rgba, std::span<std::uint8_t> out) noexcept {
    const std::size_t pixels = rgba.size() / 4;
    for (std::size_t i = 0; i < pixels; ++i) {
        out[i * 3] = rgba[i * 4];
        out[i * 3 + 1] = rgba[i * 4 + 1];
        out[i * 3 + 2] = rgba[i * 4 + 2];
    }
}

}  // namespace relief::encode
