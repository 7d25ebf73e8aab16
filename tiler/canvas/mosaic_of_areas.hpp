#pragma once
// Areas that lie side by side, drawn so that nothing shines through between them.

#include "tiler/canvas/surface.hpp"

namespace relief::canvas {

/// Draws areas of one layer. Each pixel remembers how much of it is covered by any area so far: an
/// area that covers the rest of a pixel lies beside what is there, and only what does not fit
/// lies on top of it. Drawn one after the other by "source over", two areas that share an edge
/// would let a quarter of the background through.
class MosaicOfAreas {
public:
    explicit MosaicOfAreas(PixelSize size)
        : surface_(size),
          covered_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {}

    /// `ink` is what shows where the area covers a pixel whole.
    void paint(const Coverage& coverage, Ink ink) noexcept;
    const Surface& surface() const noexcept { return surface_; }
    /// For what is drawn by "source over", as patterns are.
    Surface& surface() noexcept { return surface_; }

private:
    Surface surface_;
    std::vector<std::uint8_t> covered_;
};

}  // namespace relief::canvas
