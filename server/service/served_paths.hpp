#pragma once
// Layers of folders and files that are served in place.

#include "server/service/feature_indexer.hpp"
#include "tiler/core/result.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/folder_scan.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relief::service {

/// Owned by one thread. Remembers what each version of a file was found to be, so that a rescan
/// looks only at what is new.
class ServedPaths {
public:
    /// `more`: called, on a thread of its own, when a look would find more than the last did.
    ServedPaths(std::vector<std::filesystem::path> paths,
                const std::string& program,
                std::function<void()> more)
        : paths_(std::move(paths)), program_(program), indexer_(program, std::move(more)) {}

    struct Found {
        std::vector<workspace::Layer> layers;
        std::vector<workspace::Problem> problems;
        bool complete = true;   ///< false: some new files wait for the next look
        bool indexing = false;  ///< layers of features are still to come
    };
    /// Looks at every path again; new files are inspected in child processes, as many
    /// at once as there are cores, for about two seconds: a folder of thousands appears bit by bit.
    /// `layers.sensitivity` is the level of layers served in place; of the configuration's
    /// `sources` views may show files. Asked between two files, by one thread at a time, `wanted`
    /// may end the look early.
    Found look(const workspace::Configuration& configuration, const std::function<bool()>& wanted);

    const std::vector<std::filesystem::path>& paths() const noexcept { return paths_; }

private:
    struct Known {
        std::string version;
        Result<ingest::FileContent> content;
    };
    void take(const workspace::DataFile& file, Sensitivity level, Found& found);
    void take_features(const workspace::DataFile& file, Sensitivity level, Found& found);
    std::optional<Result<FeatureIndexer::Index>> index_of(const FeatureIndexer::Wish& wish,
                                                          Found& found);
    bool inspect_new(const std::vector<workspace::DataFile>& files,
                     const std::function<bool()>& wanted);
    void forget_gone(const std::vector<workspace::DataFile>& files);

    std::vector<std::filesystem::path> paths_;
    std::string program_;
    std::map<std::filesystem::path, workspace::FolderScan> scans_;
    std::map<std::string, Known> known_;  ///< by file path
    FeatureIndexer indexer_;
    using Place = std::pair<std::string, std::string>;  ///< file, layer inside it
    std::map<Place, FeatureIndexer::Wish> shown_;       ///< indexes that layers show
    std::set<FeatureIndexer::Wish> wanted_;             ///< of this look
};

}  // namespace relief::service
