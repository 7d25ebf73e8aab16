#pragma once
// The files of rasters and features of a PATH that is served in place, without opening one of them
// with GDAL.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/version.hpp"
#include "tiler/workspace/catalogue.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace relief::workspace {

/// What changes when a file is written, replaced or touched: enough to keep a version that was
/// taken before.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0;  ///< of the inode: cannot be set back as the other can
    bool operator==(const FileStamp&) const = default;
};

/// A file that may be a raster or hold features; GDAL has the last word.
struct DataFile {
    std::string path;  ///< absolute, links resolved
    std::string stem;  ///< of the name under which it is served
    Version version;  ///< of inode, size, mtime and first 64 kB, and of its side files' first three
    Instant modified;
    std::vector<FileStamp> stamps;     ///< its own, then those of its side files and sources
    std::vector<std::string> sources;  ///< of a view: the files that it shows, links resolved
};

struct FolderScan {
    std::vector<DataFile> files;    ///< sorted by stem, then path
    std::vector<Problem> problems;  ///< what is left out although it looks like data
};

struct ScanLimits {
    int depth = 8;                   ///< folders below the served one
    std::size_t entries = 100'000;   ///< names looked at; what lies beyond is left out
    std::vector<std::string> roots;  ///< besides the served folder: where sources of views may lie
};

/// A folder or a single file. Left out: hidden names, folders that are a workspace (their layers
/// may be above low), links that lead out of the folder, everything that is no regular file, files
/// whose side files are such, PNG and JPEG without a place on earth beside them, views (VRT) with a
/// source that is gone, lies elsewhere or is no plain file (see view_sources.hpp).
/// `before` is the answer of an earlier scan: files whose stamps are equal are not read again.
/// Errors: not_found when there is no such file or folder; bad_request when it is neither.
Result<FolderScan> scan_folder(const std::filesystem::path& served,
                               const FolderScan& before = {},
                               const ScanLimits& limits = {});

}  // namespace relief::workspace
