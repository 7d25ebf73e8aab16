#pragma once
// A package in one file that is read by ranges, PMTiles 3.

#include "tiler/archive/mbtiles_store.hpp"

namespace relief::archive {

/// Grows as tables, as MBTiles do, and becomes a PMTiles file when it is whole: then its tiles lie
/// in the order of their numbers (clustered). Tiles of features are packed with gzip when they are
/// put. Errors: those of WorkBook::open().
/// Source: PMTiles specification 3.4.
Result<std::unique_ptr<TileStore>> open_pmtiles(const PackagePlaces& places,
                                                const Description& description);

/// The order noted in a finished file; nothing when it is not one of ours.
std::optional<std::string> order_in_pmtiles(const std::filesystem::path& file);

}  // namespace relief::archive
