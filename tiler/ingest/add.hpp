#pragma once
// `relief add`: one file into the workspace, or a clear reason why not; nothing in between.

#include "tiler/core/result.hpp"
#include "tiler/workspace/layer.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::ingest {

struct AddOrder {
    std::filesystem::path workspace;
    std::filesystem::path file;
    std::string program;          ///< this program's own executable, for the child
    std::optional<LayerName> id;  ///< else from the file's stem
    std::string title;            ///< else, for a new layer, its id
    std::optional<Instant> time;
    std::optional<Sensitivity> sensitivity;  ///< not stated: as it was; layers.sensitivity decides
                                             ///< for a layer that never had one
    workspace::Provenance provenance;
    std::vector<std::pair<std::string, std::string>> style_words;
    std::optional<RasterKind> kind;
    std::string layer;  ///< of a file with several layers of features
    /// Asked about the converted raster before it is registered (may be empty); an error keeps it
    /// out.
    std::function<Result<void>(const RasterDescription&)> check;
    /// Told the share done, 0 to 1; false stops the work and leaves nothing behind.
    std::function<bool(double)> progress;
};

struct Added {
    LayerName layer;
    workspace::Observation observation;
    bool replaced = false;  ///< other content was shown there before, and is gone
};

/// The name of the file, with that of its layer: one file may hold several.
std::string stem_of(const AddOrder& order);

/// The order's id, else one made of stem_of(). Errors: bad_request when it makes none.
Result<LayerName> name_of(const AddOrder& order);

/// Steps: convert in a child → sync → name by sha-256 → register in one transaction. Content that
/// the workspace has already is not stored twice. Files that nothing refers to any more are
/// removed. Errors: source_broken and bad_request with the file's name in words, conflict,
/// out_of_time when stopped.
Result<Added> add(const AddOrder& order);

}  // namespace relief::ingest
