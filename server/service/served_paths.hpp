#pragma once
// Layers of folders and files that are served in place.

#include "tiler/core/raster_description.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/folder_scan.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace relief::service {

/// Owned by one thread. Remembers what each version of a file was found to be, so that a rescan
/// looks only at what is new.
class ServedPaths {
public:
    ServedPaths(std::vector<std::filesystem::path> paths, std::string program)
        : paths_(std::move(paths)), program_(std::move(program)) {}

    struct Found {
        std::vector<workspace::Layer> layers;
        std::vector<workspace::Problem> problems;
        bool complete = true;  ///< false: some new files wait for the next look
    };
    /// Looks at every path again; new files are inspected in a child process, for about two
    /// seconds: a folder of thousands appears bit by bit. `level` is that of layers served in
    /// place. Asked between two files, `wanted` may end the look early.
    Found look(Sensitivity level, const std::function<bool()>& wanted);

    const std::vector<std::filesystem::path>& paths() const noexcept { return paths_; }

private:
    struct Known {
        std::string version;
        Result<RasterDescription> raster;
    };
    bool inspect_new(const std::vector<workspace::RasterFile>& files,
                     const std::function<bool()>& wanted);
    void forget_gone(const std::vector<workspace::RasterFile>& files);

    std::vector<std::filesystem::path> paths_;
    std::string program_;
    std::map<std::filesystem::path, workspace::FolderScan> scans_;
    std::map<std::string, Known> known_;  ///< by file path
};

}  // namespace relief::service
