#pragma once
// `relief add --mosaic`: many files into one layer, all at once or not at all.

#include "tiler/core/pick.hpp"
#include "tiler/ingest/add.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relief::ingest {

/// One file, and what is known of it from outside.
struct SceneFile {
    std::filesystem::path file;
    std::string name;       ///< of the scene
    bool replaces = false;  ///< a scene of this name with other content is an earlier version of it
    std::optional<InstantRange> time;
    std::optional<std::int32_t> cloud;  ///< hundredths of a percent
    std::optional<std::int32_t> priority;
};

struct AddScenesOrder {
    /// Without file and time; `id` must be there, `check` is asked about the whole mosaic,
    /// `progress` is that of all scenes and the overview.
    AddOrder layer;
    std::vector<SceneFile> scenes;
    std::optional<SceneOrder> order;  ///< not stated: as it was; of a new one newest
    /// Told of each scene that is left out, and why.
    std::function<void(const SceneFile&, const Error&)> refused;
};

struct AddedScenes {
    workspace::Observation observation;
    std::size_t added = 0;  ///< new scenes
    std::size_t known = 0;  ///< whose content the mosaic had
    std::size_t refused = 0;
};

/// Each scene is converted in a child, stored by its content and kept in the database, not yet
/// shown; when all are there the overview is drawn and one transaction shows them. What is stopped
/// in between leaves the mosaic as it was; the same order given again finds the kept scenes and
/// goes on after them. A scene that cannot be read is told and left out. Errors: as add();
/// source_broken when no scene is left; conflict when the name is another layer's.
Result<AddedScenes> add_scenes(const AddScenesOrder& order);

}  // namespace relief::ingest
