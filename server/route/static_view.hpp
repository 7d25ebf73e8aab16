#pragma once
// The words of a static image's address to a view.

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

}  // namespace relief::route
