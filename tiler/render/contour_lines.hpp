#pragma once
// Contour lines of a surface as coverage.

#include "tiler/render/surface.hpp"

#include <cstdint>
#include <vector>

namespace relief::render {

/// Units: metres and pixels.
struct ContourRules {
    double interval = 20;  ///< above 0
    int major = 5;         ///< every so many lines one is thick; 0: none
    double thin = 1;       ///< widths
    double thick = 1.8;
};

/// The number of the line at or below each height, floor(height / interval); `no_line` where there
/// is no height.
inline constexpr std::int32_t no_line = INT32_MIN;
std::vector<std::int32_t> line_numbers(const Surface& surface, double interval);

/// Shape: one byte a pixel of the surface without its margin, 255 where a line covers all of it.
struct ContourCoverage {
    std::vector<std::uint8_t> thin;
    std::vector<std::uint8_t> thick;
};

/// The margin that lines of these widths need, so that those outside reach in.
int contour_margin(const ContourRules& rules) noexcept;

/// Lines by marching squares over the pixel centres: straight between the two edges of each square
/// on which the height is interpolated, a saddle decided by the mean of its corners. Where lines
/// lie closer than pixels they become an area.
///
/// Shape: `numbers` are line_numbers() of the surface.
/// Mask:  no line in a square that lacks a height.
/// Errors: none. Pure; computed from each square alone, so that two pictures agree where they meet.
ContourCoverage contour_lines(const Surface& surface,
                              const std::vector<std::int32_t>& numbers,
                              const ContourRules& rules);

}  // namespace relief::render
