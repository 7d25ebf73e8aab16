#pragma once
// relief tile, of features.

#include "server/command/tile_order.hpp"

#include <string>

namespace relief::command {

struct VectorTileOptions {
    const TileWords& words;
    const std::string& output;
    bool json = false;
};

/// True for names that end in .mvt or .pbf.
bool names_vector_tile(const std::string& output);

/// Gives the exit status. Of words only the layer, the tile, the time and the filter mean
/// something.
int write_vector_tile(const Context& context, const VectorTileOptions& options);

}  // namespace relief::command
