#include "tiler/workspace/folder_scan.hpp"

#include "tiler/workspace/file_names.hpp"
#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/served_file.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace relief::workspace {
namespace fs = std::filesystem;
namespace {

/// The names of one folder, found without regard to case.
using NamesByLowerCase = std::unordered_multimap<std::string, std::string>;

struct Listing {
    fs::path folder;
    std::vector<std::string> names;
    NamesByLowerCase by_lower_case;
};

Listing list(const fs::path& folder, std::size_t most) {
    Listing listing{folder, names_in(folder, most), {}};
    for (const std::string& name : listing.names) {
        listing.by_lower_case.emplace(lower_case(name), name);
    }
    return listing;
}

Instant instant_of(std::int64_t nanoseconds) {
    return {nanoseconds / 1'000'000};
}

class Scan {
public:
    Scan(fs::path root, const FolderScan& before, const ScanLimits& limits)
        : root_(std::move(root)),
          most_entries_(limits.entries),
          entries_left_(limits.entries),
          depth_(limits.depth),
          roots_(limits.roots) {
        roots_.push_back(root_.string());
        for (const DataFile& file : before.files) {
            before_.emplace(file.path + '\0' + file.stem, &file);
        }
    }

    void take_folder(const fs::path& folder, int depth) {
        Listing listing = list(folder, entries_left_ + 1);
        if (listing.names.size() > entries_left_) {
            listing.names.resize(entries_left_);
            cut_off_ = true;
        }
        entries_left_ -= listing.names.size();
        for (const std::string& name : listing.names) {
            if (name.starts_with('.')) continue;
            const Entry entry = look_at({.path = folder / name, .root = root_});
            if (entry.kind == EntryKind::folder) {
                if (depth < depth_ && !LayerStore::is_workspace(entry.path)) {
                    take_folder(entry.path, depth + 1);
                }
            } else if (is_raster_name(name) || may_hold_features(name)) {
                take_data(listing, name, entry);
            }
        }
    }

    void take_file(const Listing& listing, const std::string& name) {
        take_data(listing, name, look_at({.path = listing.folder / name, .root = root_}));
        if (found_.files.empty() && found_.problems.empty()) {
            refuse(name, "nothing beside it (world file, .aux.xml) says where on earth it lies");
        }
    }

    FolderScan result() {
        if (cut_off_) {
            found_.problems.push_back(
                {root_.filename().string(), "too many files; those beyond the limit are left out"});
        }
        std::sort(found_.files.begin(), found_.files.end(), [](const auto& a, const auto& b) {
            return std::tie(a.stem, a.path) < std::tie(b.stem, b.path);
        });
        return std::move(found_);
    }

private:
    void take_data(const Listing& listing, const std::string& name, const Entry& entry) {
        if (entry.kind != EntryKind::file) {
            return refuse(name, "it is no regular file inside the served folder");
        }
        DataFile file{
            entry.path.string(), fs::path(name).stem().string(), {}, {}, {entry.stamp}, {}};
        bool placed = !needs_world_file(name);
        std::int64_t newest = entry.stamp.modified_ns;
        for (const auto& [side, stamp] : side_files_of(listing, entry)) {
            if (!stamp) return refuse(name, "its side file " + side + " is no regular file here");
            file.stamps.push_back(*stamp);
            newest = std::max(newest, stamp->modified_ns);
            placed = placed || gives_place(lower_case(side));
        }
        if (!placed) return;  // an ordinary photo or drawing, which nobody expects on a map
        if (is_view_name(name)) {
            const auto shown = take_sources(file);
            if (!shown) return refuse(name, shown.error().what);
            newest = std::max(newest, *shown);
        }
        file.modified = instant_of(newest);
        add(std::move(file), name);
    }

    /// Stamps of all that a view shows: it changes when one of them does. Gives the newest time.
    Result<std::int64_t> take_sources(DataFile& file) const {
        const auto known = before_.find(file.path + '\0' + file.stem);
        const bool same =
            known != before_.end() && known->second->stamps.front() == file.stamps.front();
        auto sources = same ? Result<std::vector<std::string>>(known->second->sources)
                            : view_sources(file.path, roots_);
        if (!sources) return sources.error();
        std::int64_t newest = 0;
        const fs::path anywhere("/");
        for (const std::string& source : *sources) {
            const Entry entry = look_at({.path = source, .root = anywhere});
            if (entry.kind != EntryKind::file || entry.path != source)
                return not_found("its source \"" + fs::path(source).filename().string() +
                                 "\" is not there (or is no plain file)");
            file.stamps.push_back(entry.stamp);
            newest = std::max(newest, entry.stamp.modified_ns);
        }
        file.sources = std::move(*sources);
        return newest;
    }

    void add(DataFile file, const std::string& name) {
        const auto known = before_.find(file.path + '\0' + file.stem);
        if (known != before_.end() && known->second->stamps == file.stamps) {
            found_.files.push_back(*known->second);
            return;
        }
        auto version = content_version(file.path, file.stamps);
        if (!version) return refuse(name, "it cannot be read; check its permissions");
        file.version = *std::move(version);
        found_.files.push_back(std::move(file));
    }

    /// Name and stamp of each side file; no stamp when GDAL must not be let near it.
    std::vector<std::pair<std::string, std::optional<FileStamp>>> side_files_of(
        const Listing& listing, const Entry& entry) {
        // A link stands in another folder than its target, and GDAL looks beside the target.
        const bool linked = entry.path.parent_path() != listing.folder;
        const Listing& beside = linked ? listing_of(entry.path.parent_path()) : listing;
        std::vector<std::pair<std::string, std::optional<FileStamp>>> sides;
        for (const std::string& wanted : side_names(entry.path.filename().string())) {
            const auto [first, last] = beside.by_lower_case.equal_range(wanted);
            for (auto it = first; it != last; ++it) {
                const Entry side = look_at({.path = beside.folder / it->second, .root = root_});
                if (side.kind == EntryKind::folder) continue;
                const bool good = side.kind == EntryKind::file;
                sides.emplace_back(it->second, good ? std::optional(side.stamp) : std::nullopt);
            }
        }
        std::sort(sides.begin(), sides.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
        });
        return sides;
    }

    const Listing& listing_of(const fs::path& folder) {
        auto found = linked_.find(folder);
        if (found == linked_.end()) {
            found = linked_.emplace(folder, list(folder, most_entries_)).first;
        }
        return found->second;
    }

    void refuse(const std::string& name, std::string reason) {
        found_.problems.push_back({name, std::move(reason)});
    }

    fs::path root_;
    std::size_t most_entries_;
    std::size_t entries_left_;
    int depth_;
    bool cut_off_ = false;
    std::vector<std::string> roots_;
    std::unordered_map<std::string, const DataFile*> before_;
    std::map<fs::path, Listing> linked_;  // folders that links point into
    FolderScan found_;
};

}  // namespace

Result<FolderScan> scan_folder(const fs::path& served,
                               const FolderScan& before,
                               const ScanLimits& limits) {
    std::error_code failure;
    const fs::path path = fs::canonical(served, failure);
    const std::string name = served.filename().string();
    if (failure) return not_found("there is no file or folder " + name, served.string());
    const auto kind = fs::status(path, failure).type();
    if (kind == fs::file_type::directory) {
        Scan scan(path, before, limits);
        scan.take_folder(path, 0);
        return scan.result();
    }
    if (kind != fs::file_type::regular) {
        return bad_request(name + " is neither a file nor a folder", served.string());
    }
    Scan scan(path.parent_path(), before, limits);
    scan.take_file(list(path.parent_path(), limits.entries), path.filename().string());
    return scan.result();
}

}  // namespace relief::workspace
