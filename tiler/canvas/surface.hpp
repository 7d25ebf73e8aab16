#pragma once
// Pixels that are drawn on.

#include "tiler/canvas/plane.hpp"
#include "tiler/core/colour.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace relief::canvas {

/// Premultiplied red, green, blue, alpha, 8 bit each.
using Ink = std::array<std::uint8_t, 4>;

/// Units: `opacity` 0 to 1, times the colour's own alpha.
Ink ink_of(Colour colour, float opacity = 1) noexcept;

/// Premultiplied pixels, row 0 above; transparent at first.
class Surface {
public:
    explicit Surface(PixelSize size)
        : size_(size),
          bytes_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4) {
    }
    /// Shape: four bytes a pixel, none larger than its alpha.
    Surface(PixelSize size, std::vector<std::uint8_t> premultiplied)
        : size_(size), bytes_(std::move(premultiplied)) {}

    PixelSize size() const noexcept { return size_; }
    const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }
    std::vector<std::uint8_t> take_bytes() && noexcept { return std::move(bytes_); }

    std::uint8_t* row(int row) noexcept { return bytes_.data() + start_of(row); }
    const std::uint8_t* row(int row) const noexcept { return bytes_.data() + start_of(row); }

    /// Every pixel, by "source over".
    void flood(Ink ink) noexcept;
    /// What is covered, by "source over".
    void paint(const Coverage& coverage, Ink ink) noexcept;
    /// The other surface's pixels on top, where both have some.
    void compose(const Surface& above, float opacity) noexcept;

private:
    std::size_t start_of(int row) const noexcept {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.width) * 4;
    }

    PixelSize size_;
    std::vector<std::uint8_t> bytes_;
};

/// a × b / 255, rounded; both 0 to 255.
inline std::uint32_t scaled(std::uint32_t a, std::uint32_t b) noexcept {
    const std::uint32_t product = a * b + 128;
    return (product + (product >> 8U)) >> 8U;
}

/// "Source over" (Porter and Duff 1984) of one premultiplied pixel.
inline void put_over(std::uint8_t* pixel, const Ink& ink) noexcept {
    const std::uint32_t rest = 255U - ink[3];
    if (rest == 0) {
        std::copy(ink.begin(), ink.end(), pixel);
        return;
    }
    for (std::size_t i = 0; i < 4; ++i)
        pixel[i] = static_cast<std::uint8_t>(ink[i] + scaled(pixel[i], rest));
}

/// The ink's share, 0 to 255.
inline Ink share_of(const Ink& ink, std::uint32_t share) noexcept {
    Ink part;
    for (std::size_t i = 0; i < 4; ++i) part[i] = static_cast<std::uint8_t>(scaled(ink[i], share));
    return part;
}

}  // namespace relief::canvas
