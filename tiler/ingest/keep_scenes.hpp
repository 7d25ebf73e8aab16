#pragma once
// The first half of adding scenes: every file becomes a kept row, or a reason why not.

#include "tiler/ingest/add_scenes.hpp"
#include "tiler/workspace/mosaic_store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relief::ingest {

/// What was said of a scene that now has a row.
struct KeptScene {
    std::int64_t row = 0;
    SceneFile from;
};

class SceneKeeper {
public:
    SceneKeeper(const AddScenesOrder& order, workspace::MosaicStore& store)
        : order_(order), store_(store) {}

    /// Share of the whole work that this half may tell of.
    static constexpr double share = 0.85;

    /// Errors: of the database and the disk; out_of_time when stopped. Scenes that are refused are
    /// told to the order and left out.
    Result<std::vector<KeptScene>> keep_all();
    std::size_t refused() const noexcept { return refused_; }

private:
    Result<std::optional<std::int64_t>> keep(const SceneFile& scene, std::size_t index);
    Result<std::int64_t> convert(const SceneFile& scene,
                                 const std::string& origin,
                                 std::size_t index);
    Result<void> learn_known();
    void refuse(const SceneFile& scene, const Error& error);

    const AddScenesOrder& order_;
    workspace::MosaicStore& store_;
    std::map<std::string, std::int64_t> known_;  ///< rows by origin
    std::optional<RasterKind> kind_;             ///< of the mosaic, once a scene is known
    std::vector<std::shared_ptr<const RasterDescription>> forms_;
    std::size_t refused_ = 0;
};

/// Tells again what a scene was made from: the file's content, that of the side files that GDAL
/// reads with it, and what the operator said of it.
Result<std::string> origin_of(const std::filesystem::path& file, std::optional<RasterKind> kind);

}  // namespace relief::ingest
