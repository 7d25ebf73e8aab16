#pragma once
// Heights as a picture of contour lines with their labels.

#include "tiler/core/picture.hpp"
#include "tiler/render/contour_labels.hpp"
#include "tiler/text/text.hpp"

namespace relief::render {

struct ContourOrder {
    LabelRules rules;
    const text::Fonts* fonts = nullptr;  ///< none: no labels
};

/// Shape:  RGBA of the surface's size without its margin, which must be contour_margin() at least;
///         transparent between the lines.
/// Mask:   nothing is drawn where a height is missing.
/// Errors: none. Pure, given the fonts.
Picture contours(const Surface& surface, const ContourOrder& order);

}  // namespace relief::render
