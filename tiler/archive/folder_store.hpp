#pragma once
// A package as a folder of files: zoom/column/row.extension (XYZ), and a tilejson.json.

#include "tiler/archive/mbtiles_store.hpp"

namespace relief::archive {

/// Goes on with the unfinished folder when it is there. Equal tiles are one file with several names
/// where the file system has hard links.
/// Errors: those of WorkBook::open(); source_broken when the folder cannot be made.
Result<std::unique_ptr<TileStore>> open_folder_store(const PackagePlaces& places,
                                                     const Description& description);

/// Deletes an unfinished folder. Errors: too_busy while another export holds it.
Result<void> discard_folder(const std::filesystem::path& unfinished);

/// The order noted in a finished folder; nothing when it is not one of ours.
std::optional<std::string> order_in_folder(const std::filesystem::path& folder);

}  // namespace relief::archive
