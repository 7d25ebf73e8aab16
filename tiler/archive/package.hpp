#pragma once
// One export's package, begun, gone on with, or found whole.

#include "tiler/archive/description.hpp"
#include "tiler/archive/tile_store.hpp"

#include <filesystem>
#include <memory>

namespace relief::archive {

enum class PackageKind : std::uint8_t { folder, mbtiles, pmtiles };

/// The kind that a name asks for: ".mbtiles", ".pmtiles", or a folder.
/// Errors: bad_request for the endings of other packages and of single files.
Result<PackageKind> package_kind(const std::filesystem::path& name);

/// What to do with a package of that name, whole or not.
enum class Existing : std::uint8_t { refuse, resume, overwrite };

struct PackageOrder {
    std::filesystem::path name;
    Existing existing = Existing::refuse;
};

/// Until it is whole a package bears its name with ".part" at the end.
/// Shape:  null when `resume` finds the package whole, be it still under its unfinished name.
/// Errors: conflict when there is one that may not be replaced or gone on with, or a folder that is
///         none of ours; too_busy while another export works on it; not_found when the folder it
///         should lie in is not there; those of the file system.
Result<std::unique_ptr<TileStore>> open_package(const PackageOrder& order,
                                                const Description& description);

}  // namespace relief::archive
