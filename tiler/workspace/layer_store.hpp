#pragma once
// relief.db: the layers that `relief add` registered (SQLite, WAL, synchronous=FULL).

#include "tiler/core/result.hpp"
#include "tiler/workspace/layer.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace relief::workspace {

/// What `add` registers; the file already lies under layers/, synced.
struct NewObservation {
    LayerName layer;
    std::string title;
    Sensitivity sensitivity = Sensitivity::low;
    Provenance provenance;
    std::vector<std::pair<std::string, std::string>> style_words;
    Observation observation;
};

/// One connection; owned by one thread at a time. Several processes may have the same workspace
/// open.
class LayerStore {
public:
    /// Makes the folder, layers/ and relief.db when they are missing; migrates an older schema.
    /// Errors: source_broken when the file is not a Relief database or cannot be written.
    static Result<LayerStore> open(const std::filesystem::path& workspace);
    /// Reading only, nothing is made; not_found when there is no relief.db.
    static Result<LayerStore> open_existing(const std::filesystem::path& workspace);

    LayerStore(LayerStore&&) noexcept;
    LayerStore& operator=(LayerStore&&) noexcept;
    LayerStore(const LayerStore&) = delete;
    LayerStore& operator=(const LayerStore&) = delete;
    ~LayerStore();

    /// In one transaction: same layer and same time (or both without) replaces that observation,
    /// another time joins it; title, sensitivity, provenance and style of the newest call win where
    /// they are stated. A layer without times that gets one with a time (or the reverse) is
    /// refused: conflict. Gives the files that nothing refers to any more (to be deleted once no
    /// reader needs them).
    Result<std::vector<std::string>> register_observation(const NewObservation& entry);

    /// Gives the files that nothing refers to any more. Errors: not_found.
    Result<std::vector<std::string>> remove(const LayerName& layer);

    /// Every layer, sorted by name.
    Result<std::vector<Layer>> layers() const;

    /// SQLite's data_version: changes when another connection has written.
    Result<std::int64_t> data_version() const;

private:
    struct Database;
    explicit LayerStore(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

}  // namespace relief::workspace
