#pragma once
// The scenes of mosaics in relief.db: kept one by one while they are converted, shown all at once.

#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/scene_rows.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace relief::workspace {

/// A scene whose file lies under layers/, synced.
struct NewScene {
    Scene scene;
    std::string origin;  ///< tells again what it was made from
    std::string file;    ///< absolute
    Instant kept;        ///< now
};

/// A row that a finished mosaic shows, with what is now said of it; a time or cloud that is not
/// said stays.
struct ShownScene {
    std::int64_t row = 0;
    std::string name;
    std::optional<InstantRange> time;
    std::optional<std::int32_t> cloud;
    std::int32_t priority = 0;
};

struct NewMosaic {
    NewObservation entry;  ///< its observation is the overview
    SceneOrder order = SceneOrder::newest;
    int bands = 0;  ///< of the overview
    std::size_t depth = 1;
    std::vector<ShownScene> shown;           ///< joins …
    std::vector<std::int64_t> replaced;      ///< … and takes the place of these
    std::vector<std::int64_t> shown_before;  ///< what was shown when the overview was made
};

/// One connection; owned by one thread at a time. A scene that is kept but not shown is no part of
/// the layer; the next `add` of the same content finds it again, `remove` drops it, and a mosaic
/// that is finished drops those of its own that are older than a day.
class MosaicStore {
public:
    /// Errors: as LayerStore::open.
    static Result<MosaicStore> open(const std::filesystem::path& workspace);

    MosaicStore(MosaicStore&&) noexcept;
    MosaicStore& operator=(MosaicStore&&) = delete;
    MosaicStore(const MosaicStore&) = delete;
    MosaicStore& operator=(const MosaicStore&) = delete;
    ~MosaicStore();

    Result<SceneRows> scenes(const LayerName& mosaic) const;

    /// Gives its row; the same content is the same row.
    Result<std::int64_t> keep(const LayerName& mosaic, const NewScene& entry);

    /// In one transaction. Errors: conflict when other scenes are shown than `shown_before`, or
    /// when the layer is no mosaic. Gives the files that nothing refers to any more.
    Result<std::vector<std::string>> show(const NewMosaic& mosaic);

    /// Order of the mosaic; none when there is no such mosaic yet. Errors: conflict when the name
    /// is that of another layer.
    Result<std::optional<SceneOrder>> order_of(const LayerName& mosaic) const;

private:
    struct Database;
    explicit MosaicStore(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

}  // namespace relief::workspace
