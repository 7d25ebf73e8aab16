#pragma once
// SVG to pixels.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/result.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace relief::sprites {

/// Largest SVG that is read, and its longest side.
inline constexpr std::size_t most_svg_bytes = std::size_t{64} << 10U;
inline constexpr double longest_icon_side = 128;

/// Left, top, right, lower edge. Units: pixels of the picture.
using IconBox = std::array<double, 4>;

/// What may stretch when words are put into the picture, and where these go: the rectangles with
/// the ids mapbox-stretch, mapbox-stretch-x, mapbox-stretch-y and mapbox-content.
struct StretchMarks {
    std::optional<IconBox> across;
    std::optional<IconBox> down;
    std::optional<IconBox> content;
};

struct SvgPicture {
    canvas::Surface pixels;
    StretchMarks marks;
};

/// Shape:  the SVG's own size (`width` and `height`, else its `viewBox`) times `scale`, rounded.
/// Errors: bad_request saying what is wrong with an SVG that is too long, too large, without a
///         size, broken, or that brings a document type or embedded data. Nothing outside of the
///         SVG is ever read.
Result<SvgPicture> draw_svg(std::string_view svg, double scale);

}  // namespace relief::sprites
