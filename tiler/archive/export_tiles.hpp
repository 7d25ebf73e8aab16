#pragma once
// Every tile of an area drawn by many threads and stored in the order of their numbers.

#include "tiler/archive/tile_area.hpp"
#include "tiler/archive/tile_store.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <functional>

namespace relief::archive {

struct DrawnTile {
    SharedBytes bytes;
    bool empty = false;  ///< nothing to show: it is not stored
};

/// Asked by several threads at once.
using DrawTile = std::function<Result<DrawnTile>(const TileId&)>;

struct ExportOrder {
    const TileArea& area;
    DrawTile draw;
    unsigned threads = 1;
    /// Told the share that is done, 0 to 1, several times a second. False: stop.
    std::function<bool(double)> progress{};
    /// How much work the end of the process may cost.
    std::chrono::milliseconds keep_every{2000};
};

enum class ExportEnd { whole, stopped };

/// Goes on where the store's ledger stands. Stopped or failed, the store has kept what was done.
/// Errors: those of drawing, with the tile's numbers in front; those of the store.
Result<ExportEnd> export_tiles(const ExportOrder& order, TileStore& store);

}  // namespace relief::archive
