#pragma once
// The words of a static image's address to a view.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/symbology/view.hpp"

#include <string_view>

namespace relief::route {

struct StaticWords {
    std::string_view place;  ///< LON,LAT,ZOOM or LON,LAT,ZOOM,BEARING or LON,LAT,ZOOM@BEARING or
                             ///< WEST,SOUTH,EAST,NORTH
    std::string_view size;   ///< WIDTHxHEIGHT, @2x behind it
    int longest = 4096;      ///< pixels of a side
};

/// Four numbers are a box where they can be one: west < east and south < north, or a third that is
/// no zoom; else the fourth is the bearing, which "@" always names. All of a box is shown.
/// Errors: bad_request naming what is wrong and what is allowed.
Result<symbology::View> static_view(const StaticWords& words);

/// What size= says of a preview: pixels of its longer side, 512 when it says nothing.
/// Errors: bad_request for none of 16 to 512.
Result<int> preview_side(std::string_view size);

/// All of a box, with a rim so that what stands on its edge is whole. `longest`: pixels of the
/// longer side; the other is at least a quarter of it. West over east is over the antimeridian. A
/// box without extent is shown with some hundred metres around it.
symbology::View view_around(const LonLatBox& box, int longest);

}  // namespace relief::route
