#pragma once
// From premultiplied pixels to what image files hold: straight alpha, or a white ground.

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::encode {

/// One channel of one pixel; level is at most alpha.
struct Premultiplied {
    std::uint8_t level = 0;
    std::uint8_t alpha = 0;
};

/// The level before it was multiplied, rounded; 0 where alpha is 0.
std::uint8_t straight(Premultiplied channel) noexcept;

/// The level as seen on white paper.
constexpr std::uint8_t over_white(Premultiplied channel) noexcept {
    const int level = channel.level + 255 - channel.alpha;
    return static_cast<std::uint8_t>(level < 255 ? level : 255);
}

/// Shape: both RGBA, four bytes a pixel, equally long.
void straight_rgba(std::span<const std::uint8_t> premultiplied,
                   std::span<std::uint8_t> out) noexcept;

/// Shape: RGBA in; RGBX out (X is 255), equally long.
void rgbx_over_white(std::span<const std::uint8_t> premultiplied,
                     std::span<std::uint8_t> out) noexcept;

/// Shape: RGBA in, RGB out: alpha is left out, four bytes become three.
void rgb_of_opaque(std::span<const std::uint8_t> rgba, std::span<std::uint8_t> out) noexcept;

}  // namespace relief::encode
