#pragma once
// Rows of relief.db as scenes, and back.

#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/database.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relief::workspace {

struct SceneRow {
    std::int64_t row = 0;
    bool shown = false;  ///< false: converted, waiting for the mosaic to be finished
    std::string origin;
    Scene scene;
};

struct SceneRows {
    std::vector<SceneRow> rows;
    std::vector<std::string> refused;  ///< scenes whose rows cannot be read, in plain words
};

enum class SceneFilter : std::uint8_t { shown, all };

/// Errors: of the database only; one bad row costs one scene.
Result<SceneRows> read_scenes(const Connection& connection,
                              const std::string& mosaic,
                              SceneFilter filter);

/// The scenes that a layer shows, as one. Errors: source_broken when there are none.
struct MosaicRow {
    std::string name;  ///< of the layer
    std::string order;
    int bands = 0;
    std::size_t depth = 1;
};
struct ReadMosaic {
    std::shared_ptr<const Mosaic> mosaic;
    std::vector<std::string> refused;
};
Result<ReadMosaic> read_mosaic(const Connection& connection,
                               const MosaicRow& row,
                               const Observation& overview);

/// The overview's file, as a mosaic knows it.
Pyramid pyramid_of(const Observation& overview, int bands);

}  // namespace relief::workspace
