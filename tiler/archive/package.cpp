#include "tiler/archive/package.hpp"

#include "tiler/archive/folder_store.hpp"
#include "tiler/archive/pmtiles_store.hpp"
#include "tiler/archive/work_book.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

namespace relief::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* offered =
    "an export writes a file that ends in .mbtiles or .pmtiles, or a folder of tiles";

// What people may expect behind -o; a folder of such a name would surprise them.
constexpr std::array<std::string_view, 16> other_endings{".gpkg",
                                                         ".gz",
                                                         ".jpeg",
                                                         ".jpg",
                                                         ".json",
                                                         ".mbtile",
                                                         ".pdf",
                                                         ".png",
                                                         ".sqlite",
                                                         ".tar",
                                                         ".tgz",
                                                         ".tif",
                                                         ".tiff",
                                                         ".vrt",
                                                         ".webp",
                                                         ".zip"};

/// Links are resolved: work in progress lies where the package will.
PackagePlaces places_of(const fs::path& name) {
    std::error_code failure;
    // "maps/" and "maps" are one folder.
    const fs::path given = name.has_filename() ? name : name.parent_path();
    const fs::path absolute = fs::absolute(given, failure);
    const fs::path resolved = fs::weakly_canonical(absolute, failure);
    const fs::path& finished = failure ? absolute : resolved;
    return {finished.string() + ".part", finished};
}

struct Found {
    bool present = false;
    std::optional<std::string> order;  ///< of a finished package of ours
};

Found look_at(const fs::path& finished, PackageKind kind) {
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(finished, ignored))) return {};
    if (kind == PackageKind::mbtiles) return {true, order_in_mbtiles(finished)};
    if (kind == PackageKind::pmtiles) return {true, order_in_pmtiles(finished)};
    // An empty folder is a place for a package, not a package.
    if (fs::is_directory(finished, ignored) && fs::is_empty(finished, ignored)) return {};
    return {true, order_in_folder(finished)};
}

Error in_the_way(const std::string& reason) {
    return {Fault::conflict, reason};
}

Result<void> past_unfinished(Existing existing, PackageKind kind, const PackagePlaces& places) {
    if (existing == Existing::resume) return {};
    if (existing == Existing::refuse)
        return in_the_way("an unfinished export lies beside it (" +
                          places.unfinished.filename().string() +
                          "); go on with it by --resume, or begin anew with --overwrite");
    return kind == PackageKind::folder ? discard_folder(places.unfinished)
                                       : WorkBook::discard(places.unfinished);
}

/// True when the package is whole already.
Result<bool> make_way(const PackageOrder& order,
                      const PackagePlaces& places,
                      const Description& description) {
    const auto kind = package_kind(order.name);
    if (!kind) return kind.error();
    std::error_code ignored;
    const Found found = look_at(places.finished, *kind);
    const bool is_folder = fs::is_directory(places.finished, ignored);
    if (found.present && (*kind == PackageKind::folder ? !found.order : is_folder))
        return in_the_way("there is something of this name that is no export; choose another name");
    if (fs::exists(places.unfinished, ignored)) {
        if (auto way = past_unfinished(order.existing, *kind, places); !way) return way.error();
        return false;
    }
    if (!found.present || order.existing == Existing::overwrite) return false;
    if (order.existing == Existing::refuse)
        return in_the_way("there is a package of this name; choose another, or use --overwrite");
    if (found.order == description.order) return true;
    return in_the_way(
        "the package there is whole, and of another area, layer, version or look; choose another "
        "name, or use --overwrite");
}

}  // namespace

Result<PackageKind> package_kind(const fs::path& name) {
    if (name.empty()) return bad_request(std::string("no name is given; ") + offered);
    if (!name.has_filename()) return PackageKind::folder;
    std::string ending = name.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    if (ending == ".mbtiles") return PackageKind::mbtiles;
    if (ending == ".pmtiles") return PackageKind::pmtiles;
    if (std::find(other_endings.begin(), other_endings.end(), ending) != other_endings.end())
        return bad_request("files that end in " + ending + " are not written; " + offered);
    return PackageKind::folder;
}

Result<std::unique_ptr<TileStore>> open_package(const PackageOrder& order,
                                                const Description& description) {
    const PackagePlaces places = places_of(order.name);
    std::error_code ignored;
    if (!fs::is_directory(places.finished.parent_path(), ignored))
        return not_found("the folder it should lie in is not there; make it first");
    const auto whole = make_way(order, places, description);
    if (!whole) return whole.error();
    if (*whole) return std::unique_ptr<TileStore>();
    const PackageKind kind = *package_kind(order.name);
    // Asked before the store holds the file for itself.
    const bool folder = kind == PackageKind::folder;
    const auto made_by =
        look_at(places.unfinished, folder ? PackageKind::folder : PackageKind::mbtiles).order;
    auto store = folder                         ? open_folder_store(places, description)
                 : kind == PackageKind::mbtiles ? open_mbtiles(places, description)
                                                : open_pmtiles(places, description);
    if (!store || !(*store)->only_unnamed()) return store;
    if (made_by != description.order) return other_work();
    if (auto finished = (*store)->finish(); !finished) return finished.error();
    return std::unique_ptr<TileStore>();
}

}  // namespace relief::archive
