#pragma once
// One entry of a served folder, looked at without following a link out of it or opening a pipe.

#include "tiler/workspace/folder_scan.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace relief::workspace {

enum class EntryKind : std::uint8_t {
    file,    ///< a regular file, or a link to one inside the root
    folder,  ///< a folder itself, never a link to one
    other,   ///< everything else
};

struct Entry {
    EntryKind kind = EntryKind::other;
    std::filesystem::path path;  ///< of a file: links resolved
    FileStamp stamp;
};

/// A place in a folder that is served. `root` must be canonical.
struct ServedPath {
    std::filesystem::path path;
    const std::filesystem::path& root;
};

Entry look_at(const ServedPath& place);

/// Names of a folder, sorted; at most `most`. Nothing when it cannot be read.
std::vector<std::string> names_in(const std::filesystem::path& folder, std::size_t most);

/// The version of a file's content. Nothing when it cannot be read.
std::optional<Version> content_version(const std::filesystem::path& file,
                                       const std::vector<FileStamp>& stamps);

}  // namespace relief::workspace
