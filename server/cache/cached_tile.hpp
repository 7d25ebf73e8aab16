#pragma once
// An encoded tile with what a response needs, frozen and shared.

#include "tiler/core/bytes.hpp"
#include "tiler/core/instant.hpp"

#include <memory>
#include <string>

namespace relief::cache {

struct CachedTile {
    SharedBytes bytes;
    std::string media_type;
    std::string etag;  ///< of the content versions, without quotes
    bool empty = false;
    Instant modified;
    bool coarser = false;     ///< drawn from an overview, since a part of the source is damaged
    bool stale = false;       ///< of the version before: the server is too busy to draw the new one
    std::string skipped{};    ///< names of a mosaic's scenes that the tile does without
    bool incomplete = false;  ///< another time may show more: kept in no cache
    std::string thinned{};    ///< "shown of all": features that the tile leaves out to stay small
};

using TilePointer = std::shared_ptr<const CachedTile>;

}  // namespace relief::cache
