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

/// Gives the exit status. Refuses the words that draw rasters.
int write_vector_tile(const Context& context, const VectorTileOptions& options);

/// The same for a picture, whose format follows the file's name.
int write_feature_picture(const Context& context,
                          const VectorTileOptions& options,
                          const workspace::Layer& layer);

}  // namespace relief::command
