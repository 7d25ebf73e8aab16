#pragma once
// The half of `relief add` that makes one layer of many files.

#include "server/command/verbs.hpp"
#include "tiler/ingest/add_scenes.hpp"

#include <CLI/App.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::command {

/// What only mosaics are told.
struct MosaicOptions {
    std::string id;     ///< --mosaic
    std::string order;  ///< --order
    std::string asset;  ///< --asset
    std::optional<std::int32_t> priority;
    std::optional<double> cloud;  ///< percent
    bool time_from_name = false;
    std::vector<std::string> roots;  ///< of the configuration: where STAC items may point to
};

void add_mosaic_options(CLI::App& verb, MosaicOptions& options);

/// Adds the scenes that `words` name: files, folders, patterns, STAC documents. `layer` holds what
/// is common to all.
int add_mosaic(const MosaicOptions& options,
               ingest::AddOrder layer,
               const std::vector<std::string>& words,
               bool json);

/// True for a file that says it is a STAC document.
bool names_items(const std::string& word);

}  // namespace relief::command
