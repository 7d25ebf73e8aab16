#pragma once
// Icons in the states of what they stand for, as pictures and as fields of distances.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/result.hpp"
#include "tiler/sprites/icon.hpp"
#include "tiler/sprites/svg_picture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relief::sprites {

/// An icon ready for a sheet.
struct DrawnIcon {
    std::string name;
    SvgPicture picture;
    bool is_distances = false;  ///< alpha is a field of distances: a style gives the colour
};

/// What ends the name of a field of distances: "health" is drawn as it is, "health-sdf" takes a
/// style's colour and halo.
inline constexpr std::string_view field_suffix = "-sdf";

/// An icon and what is laid over it for a state of the thing. Shape: both of one size.
struct StatePicture {
    canvas::Surface icon;
    canvas::Surface overlay;
};

/// The overlay's dark is drawn on the icon, its white is cut out of it: so a state shows by form,
/// in one colour.
canvas::Surface in_state(StatePicture picture);

/// The shipped icon in all of its states ("school", "school-affected", …), each as picture and as
/// field; a pattern as picture alone; of an overlay nothing.
/// Units:  `ratio` pixels for each pixel of a style; fields have 3 such pixels more on each side.
/// Errors: those of draw_svg().
Result<std::vector<DrawnIcon>> draw_shipped(const ShippedIcon& icon, int ratio);

/// The icon as picture and as field. Errors: those of draw_svg().
Result<std::vector<DrawnIcon>> draw_own(const OwnIcon& icon, int ratio);

}  // namespace relief::sprites
