#pragma once
// `relief add`: one file into the workspace, or a clear reason why not; nothing in between.

#include "tiler/core/raster_part.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/layer.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::ingest {

/// A part of the file that becomes an observation of its own.
struct AddedPart {
    RasterPart part;
    std::optional<InstantRange> time;
};

struct AddOrder {
    std::filesystem::path workspace;
    std::filesystem::path file;
    std::string program;          ///< this program's own executable, for the child
    std::optional<LayerName> id;  ///< else from the stem
    std::string title;            ///< else, for a new layer, its id
    std::string stem;             ///< of the layer's name; empty: the file's own
    std::string stem_title;       ///< what goes with it as a title; empty: the stem
    std::optional<InstantRange> time;
    std::optional<Sensitivity> sensitivity;  ///< not stated: as it was; layers.sensitivity decides
                                             ///< for a layer that never had one
    workspace::Provenance provenance;
    std::vector<std::pair<std::string, std::string>> style_words;
    std::optional<RasterKind> kind;
    /// Of a file that holds several rasters those that are meant, ascending by time; `time` is then
    /// not looked at. Empty: the file is one raster.
    std::vector<AddedPart> parts;
    std::vector<std::string> roots;  ///< the configuration's `sources`, for views
    std::string layer;               ///< of a file with several layers of features
    std::string time_attribute;      ///< says when features were; empty: found out
    /// Asked about the converted raster before it is registered (may be empty); an error keeps it
    /// out.
    std::function<Result<void>(const RasterDescription&)> check;
    /// Told the share done, 0 to 1; false stops the work and leaves nothing behind.
    std::function<bool(double)> progress;
};

struct Added {
    LayerName layer;
    workspace::Observation observation;  ///< the newest of them
    bool replaced = false;               ///< other content was shown there before, and is gone
    std::size_t count = 1;               ///< of observations
};

/// The name of the file, with that of its layer: one file may hold several.
std::string stem_of(const AddOrder& order);

/// The order's id, else one made of stem_of(). Errors: bad_request when it makes none.
Result<LayerName> name_of(const AddOrder& order);

/// Steps: convert in a child → sync → name by sha-256 → register in one transaction; of several
/// parts all are converted before the first is registered. Content that
/// the workspace has already is not stored twice. Files that nothing refers to any more are
/// removed. Errors: source_broken and bad_request with the file's name in words, conflict,
/// out_of_time when stopped.
Result<Added> add(const AddOrder& order);

}  // namespace relief::ingest
