#pragma once
// A package in one SQLite file, MBTiles 1.3.

#include "tiler/archive/description.hpp"
#include "tiler/archive/tile_store.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace relief::archive {

/// Where a package grows, and the name it gets when it is whole.
struct PackagePlaces {
    std::filesystem::path unfinished;
    std::filesystem::path finished;
};

/// Goes on with the unfinished file when it is there.
/// Shape:  rows of the table count from the south (TMS); `tiles` is a view of `map` and `images`.
/// Errors: those of WorkBook::open().
/// Source: MBTiles specification 1.3.
Result<std::unique_ptr<TileStore>> open_mbtiles(const PackagePlaces& places,
                                                const Description& description);

/// Makes the package of the tables that hold all its tiles, under its name.
using Appearing = std::function<Result<void>(const PackagePlaces&, const Description&)>;

/// The same tables for a package of another form, which they become when they are whole.
Result<std::unique_ptr<TileStore>> open_tile_tables(const PackagePlaces& places,
                                                    const Description& description,
                                                    Appearing appearing);

/// The order noted in a finished file; nothing when it is not one of ours.
std::optional<std::string> order_in_mbtiles(const std::filesystem::path& file);

}  // namespace relief::archive
