#pragma once
// Where and how deep an export goes.

#include "tiler/archive/area_words.hpp"
#include "tiler/archive/tile_area.hpp"
#include "tiler/workspace/layer.hpp"

#include <cstdint>
#include <string>

namespace relief::command {

struct ExportPlace {
    LonLatBox box;
    archive::ZoomRange zooms;
    archive::Extent extent;
};

/// `box_words` and `zoom_words` as --bbox and --zoom write them; empty: all that the observation
/// has. Errors: bad_request naming the text; not_found for a box without data.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of the command line
Result<ExportPlace> export_place(const std::string& box_words,
                                 const std::string& zoom_words,
                                 const workspace::Observation& observation);

/// Errors: too_large, naming the words that would make it fit.
Result<void> check_area(const archive::TileArea& area,
                        archive::ZoomRange zooms,
                        std::uint64_t most);

}  // namespace relief::command
