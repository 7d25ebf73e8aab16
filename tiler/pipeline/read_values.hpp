#pragma once
// The values that a picture is made from: of one observation, or of two.

#include "tiler/pipeline/make_tile.hpp"
#include "tiler/pipeline/read_cells.hpp"

#include <optional>

namespace relief::pipeline {

/// What is read for a picture: of one observation, or of two.
struct Requests {
    source::ReadRequest later;
    std::optional<source::ReadRequest> earlier;
};
Requests requests_of(const style::RasterStyle& style, const PictureOrder& order);

/// Shape: bands[i] is style.bands[i]; the picture's size and the margin that its algorithm needs.
/// Mask:  of two observations, data where both have some.
/// Errors: those of read_cells(); bad_request when a second observation is needed and the order has
///         none or one of other bands.
Result<ReadCells> read_values(const Workshop& workshop,
                              const workspace::Observation& observation,
                              const style::RasterStyle& style,
                              const PictureOrder& order);

}  // namespace relief::pipeline
