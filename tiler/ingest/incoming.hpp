#pragma once
// From a file outside to a converted one under layers/, named by its content.

#include "tiler/core/dataset_description.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/raster_part.hpp"
#include "tiler/core/result.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relief::ingest {

/// A folder under layers/ for conversions (GDAL writes side files), gone with it.
class IncomingFolder {
public:
    explicit IncomingFolder(const std::filesystem::path& layers);
    ~IncomingFolder();
    IncomingFolder(const IncomingFolder&) = delete;
    IncomingFolder& operator=(const IncomingFolder&) = delete;
    IncomingFolder(IncomingFolder&&) = delete;
    IncomingFolder& operator=(IncomingFolder&&) = delete;

    bool made() const noexcept { return !path_.empty(); }
    std::filesystem::path file() const { return path_ / "layer.tif"; }
    std::filesystem::path draft() const { return path_ / "draft.tif"; }

private:
    std::filesystem::path path_;
};

/// Removes what a killed `add` left behind; a living one is younger than a day.
void sweep_incoming(const std::filesystem::path& layers);

struct Conversion {
    std::string program;
    std::filesystem::path file;
    std::optional<RasterKind> kind;
    std::function<bool(double)> progress;  ///< false stops the work
    RasterPart part{};                     ///< of the file; by default all of it
    std::vector<std::string> roots{};      ///< where sources of a view may lie, besides its folder
    std::string layer{};                   ///< of features, when the file has several layers
    bool raster = false;                   ///< features are refused
    std::string time_attribute{};          ///< of features; empty: found out
};

/// A raster goes to `target`, features to features_beside() it (worker.hpp).
/// Errors: source_broken in plain words; out_of_time when stopped.
Result<DatasetDescription> convert_in_child(const Conversion& order,
                                            const std::filesystem::path& target);

struct StoredFile {
    std::string sha;
    std::filesystem::path path;  ///< absolute
};

/// Moves the converted file to its name by content with its own ending, synced; the same content
/// may lie there already.
Result<StoredFile> store_file(const std::filesystem::path& layers,
                              const std::filesystem::path& converted);

/// Whole seconds, as HTTP dates are.
Instant now_in_seconds();

}  // namespace relief::ingest
