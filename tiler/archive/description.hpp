#pragma once
// What a package says about itself, as MBTiles and TileJSON write it.

#include "tiler/archive/tile_area.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::archive {

using TextPairs = std::vector<std::pair<std::string, std::string>>;

struct Description {
    std::string title;
    std::string text;         ///< for people: what it shows, when, how it was made
    std::string attribution;  ///< may be empty
    std::string extension;    ///< of the tiles: "png", "webp", "jpg", "pbf"
    Extent extent;
    ZoomRange zooms;
    unsigned version = 1;         ///< of the content, growing
    TextPairs facts;              ///< further ones, by name: layer, content version, time
    std::string order;            ///< equal for exports that give equal tiles
    std::string vector_layers{};  ///< of tiles of features: TileJSON's list, as JSON; else empty
};

/// Source: MBTiles specification 1.3, "Metadata"; the order and the facts follow under
/// names that begin with "relief_".
TextPairs mbtiles_metadata(const Description& description);

/// What PMTiles calls metadata: a JSON object. Source: PMTiles specification 3.4, "JSON Metadata".
std::string pmtiles_metadata(const Description& description);

/// TileJSON 3.0.0 with tiles beside it; order and facts are members of "relief".
std::string tilejson(const Description& description);

/// The order of a text that tilejson() wrote; nothing for other texts.
std::optional<std::string> order_in(std::string_view tilejson);

}  // namespace relief::archive
