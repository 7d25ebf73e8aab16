#pragma once
// relief.db: the layers that `relief add` registered (SQLite, WAL, synchronous=FULL).

#include "tiler/core/result.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/layer.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::workspace {

/// What `add` registers; the file already lies under layers/, synced.
struct NewObservation {
    LayerName layer;
    std::string title;  ///< empty: not stated; a new layer is then titled by its id
    std::optional<Sensitivity> sensitivity;  ///< not stated: the layer keeps its level, if any
    Provenance provenance;
    std::vector<std::pair<std::string, std::string>> style_words;
    Observation observation;
    bool of_mosaic = false;  ///< the observation is a mosaic's overview (see mosaic_store.hpp)
};

/// What the store holds, and the rows that cannot be read.
struct StoredLayers {
    std::vector<Layer> layers;  ///< sorted by name
    std::vector<Problem> problems;
};

/// One connection; owned by one thread at a time. Several processes may have the same workspace
/// open.
class LayerStore {
public:
    /// Makes the folder, layers/ and relief.db when they are missing; migrates an older schema.
    /// Errors: source_broken when the file is not a Relief database or cannot be written.
    static Result<LayerStore> open(const std::filesystem::path& workspace);
    /// Reading only, nothing is made, but an older schema is migrated; not_found when there is no
    /// relief.db. On a folder that cannot be written it reads what is there now.
    static Result<LayerStore> open_existing(const std::filesystem::path& workspace);

    LayerStore(LayerStore&&) noexcept;
    LayerStore& operator=(LayerStore&&) noexcept;
    LayerStore(const LayerStore&) = delete;
    LayerStore& operator=(const LayerStore&) = delete;
    ~LayerStore();

    /// In one transaction: same layer and same time (or both without) replaces that observation,
    /// another time joins it; title, sensitivity, provenance and style of the newest call win where
    /// they are stated (`preliminary` is always that of the newest call). A layer without times
    /// that gets one with a time (or the reverse) is refused: conflict. An added file must lie in
    /// the workspace and exist: bad_request. Gives the files that nothing refers to any more, as
    /// absolute paths, for delete_unreferenced() once no reader needs them.
    Result<std::vector<std::string>> register_observation(const NewObservation& entry);

    /// Gives the files that nothing refers to any more. Errors: not_found.
    Result<std::vector<std::string>> remove(const LayerName& layer);

    /// Deletes those of the files that nothing refers to at this moment: another `add` may have
    /// registered the same content again meanwhile. Gives those that are gone.
    Result<std::vector<std::string>> delete_unreferenced(const std::vector<std::string>& files);

    /// Every layer, sorted by name. Errors: source_broken when one of them cannot be read.
    Result<std::vector<Layer>> layers() const;
    /// As layers(), but one bad row costs one layer; it becomes a problem.
    Result<StoredLayers> readable_layers() const;

    /// A layer of this name, here or in a served folder, is nobody's to see until it is resumed;
    /// what is suspended already stays so.
    Result<void> suspend(const LayerName& layer, Instant now);
    /// False when it was not suspended.
    Result<bool> resume(const LayerName& layer);
    /// The names of suspended layers, whether there are such layers or not.
    Result<LayerNames> suspended() const;

    /// SQLite's data_version: changes when another connection has written.
    Result<std::int64_t> data_version() const;
    /// Changes when layers, scenes or suspensions were written, by whomever.
    Result<std::int64_t> revision() const;

    /// Tells the folder and database of a workspace from read-only input: it holds relief.yaml or
    /// relief.db.
    static bool is_workspace(const std::filesystem::path& folder);

private:
    struct Database;
    explicit LayerStore(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

}  // namespace relief::workspace
