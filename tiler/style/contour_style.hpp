#pragma once
// How contour lines look: for their pictures and for their legend.

#include "tiler/core/colour.hpp"

namespace relief::style {

/// A brown as topographic maps have it, 7:1 on white.
inline constexpr Colour thick_contour_colour{.red = 124, .green = 74, .blue = 32};
/// The same, as a thin line shows it.
inline constexpr Colour contour_colour{.red = 124, .green = 74, .blue = 32, .alpha = 178};

/// Metres between lines where nobody says: 1, 2 or 5 times a power of ten, about two metres for
/// each metre of a pixel, so that a slope of 30 degrees has lines some four pixels apart; fewer
/// metres where the whole layer's relief would have under ten lines.
/// Units: metres of EPSG:3857 for each CSS pixel; the relief in metres, 0 when it is not known.
double contour_interval(double metres_per_pixel, double relief) noexcept;

}  // namespace relief::style
