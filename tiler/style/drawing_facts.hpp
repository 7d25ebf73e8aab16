#pragma once
// How a raster is drawn, told: for documents and for people at a terminal.

#include "tiler/style/raster_style.hpp"

#include <string>
#include <vector>

namespace relief::style {

/// Words that ask for the same picture, and the reasons for those that nobody asked for.
struct DrawingFacts {
    std::vector<int> bands;        ///< 1-based; with an expression those it reads
    std::string why;               ///< why these bands: "as their names say"; empty: no choice
    std::string expression;        ///< empty: the bands are shown as they are
    std::string algorithm;         ///< empty: none
    std::vector<Rescale> rescale;  ///< of each output, in cells; empty with classes
    std::string colormap;  ///< as it is asked for; empty where no name stands for the colours
    std::string colours;   ///< in words: "red, green, blue", "viridis", "its own palette"
    Resampling resampling = Resampling::bilinear;
};

/// Errors: those of style_of().
Result<DrawingFacts> drawing_facts(const RasterWords& words, const RasterDescription& raster);

/// One line: "bands 3 (B4), 2 (B3), 1 (B2) as red, green, blue, as their names say; 0 to 3000".
/// Units: of the band (scale and offset applied).
std::string in_words(const DrawingFacts& facts, const RasterDescription& raster);

/// {"bands", "why", "rescale", "colormap", "colours", "resampling"}, with "expression" and
/// "algorithm" where there is one; a `colormap` that has no name is null.
std::string to_json(const DrawingFacts& facts);

}  // namespace relief::style
