#pragma once
// Tiles on demand: from memory, from disk, from somebody else's making, or made now.

#include "server/cache/cached_tile.hpp"
#include "server/cache/disk_cache.hpp"
#include "server/cache/memory_cache.hpp"
#include "server/cache/single_flight.hpp"
#include "server/ops/log.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/last_tiles.hpp"
#include "server/service/scene_problems.hpp"
#include "tiler/core/audience.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/encode/encode.hpp"
#include "tiler/pipeline/feature_choice.hpp"
#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/pipeline/make_tile.hpp"
#include "tiler/style/raster_style.hpp"
#include "tiler/vector/feature_at.hpp"
#include "tiler/workspace/layer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::service {

/// One tile as it was asked for. `words` are the request's rendering parameters, known ones only,
/// in the order given.
struct TileOrder {
    std::shared_ptr<const workspace::Layer> layer;
    const workspace::Observation* observation = nullptr;  ///< of the layer
    TileId tile;
    int side = 256;  ///< 256 or 512 pixels
    encode::ImageFormat format = encode::ImageFormat::png;
    style::RasterWords words;
    Audience audience;
    Deadline deadline;
    workspace::MosaicChoice mosaic{};  ///< means nothing for a layer that is no mosaic
    workspace::View against{};         ///< of the layer, for algorithms of two dates
};

/// One vector tile as it was asked for, of one layer or several.
struct VectorTileOrder {
    struct Part {
        std::shared_ptr<const workspace::Layer> layer;
        const workspace::Observation* observation = nullptr;  ///< of the layer, of features
        pipeline::FeatureChoice choice{};
        std::optional<InstantRange> observed{};  ///< as of ChosenFeatures; no part of the name
    };
    std::vector<Part> parts;  ///< one at least
    TileId tile;
    /// Attributes to carry; all when not given.
    std::optional<std::vector<std::string>> fields;
    std::string choice;  ///< key_text_of() what chose the features: part of the tile's name
    Audience audience;
    Deadline deadline;
};

enum class TileOrigin : std::uint8_t { memory, disk, made, coalesced };

struct TileAnswer {
    Result<cache::TilePointer> tile;
    TileOrigin origin = TileOrigin::made;
};
using TileCallback = std::function<void(const TileAnswer&)>;

/// The name of a tile's bytes: audience, content version, style and all that was asked.
cache::TileKey key_of(const TileOrder& order);
cache::TileKey key_of(const VectorTileOrder& order);

/// The same with the moment that is shown instead of the content version: what the tile before an
/// update has in common with the one after it.
std::size_t place_of(const TileOrder& order);
std::size_t place_of(const VectorTileOrder& order);

/// That of the most sensitive layer.
Sensitivity level_of(const VectorTileOrder& order);

/// The order's words over the layer's saved defaults: a word that the request gives replaces the
/// saved one.
style::RasterWords merged_words(const workspace::Layer& layer, const style::RasterWords& asked);

/// The words that draw: the layer's and the request's; a count of scenes has nothing of the layer's
/// colours, and is viridis when the request names none.
style::RasterWords drawing_words(const workspace::Layer& layer,
                                 const style::RasterWords& asked,
                                 Pick pick);

/// "a, b, c": at most twenty names, then how many more.
std::string names_of(const std::vector<pipeline::SkippedScene>& skipped);

/// Where tiles are kept; both may be absent (--cache-size 0).
struct TileCaches {
    std::unique_ptr<cache::MemoryCache> memory;
    std::unique_ptr<cache::DiskCache> disk;
};

class TileService {
public:
    TileService(pipeline::Workshop workshop, TileCaches caches, ops::WorkPool& pool, ops::Log& log);

    /// Never blocks. The callback is called at once on a memory hit, else from a render thread.
    /// A full queue is answered with the tile of the version before, marked stale, where it is
    /// still in memory. Errors: bad_request (style), source_broken, too_busy, out_of_time.
    void get(const TileOrder& order, const TileCallback& callback);
    void get(const VectorTileOrder& order, const TileCallback& callback);

    /// Features at a place, in full detail. Errors: those of FeatureSources::open().
    Result<std::vector<vector::FoundFeature>> features_at(const VectorTileOrder::Part& part,
                                                          vector::Touch touch,
                                                          const Deadline& deadline) const;

    /// Told, on a render thread, the address of a remote file that could not be read. Before the
    /// first get().
    void when_remote_fails(std::function<void(const std::string&)> told) {
        remote_failed_ = std::move(told);
    }
    /// The same of a table.
    void when_table_fails(std::function<void(const std::string&)> told) {
        features_.when_table_fails(std::move(told));
    }

    const TileCaches& caches() const noexcept { return caches_; }
    const pipeline::Workshop& workshop() const noexcept { return workshop_; }
    const SceneProblems& scene_problems() const noexcept { return scene_problems_; }
    /// Scenes that an answer had to do without: to the log, once each, and to /layers?problems=1.
    void note_skipped(const workspace::Layer& layer,
                      const std::vector<pipeline::SkippedScene>& skipped) const;

    /// A tile: what it is called and how it is made.
    struct Errand {
        cache::TileKey key;
        /// As place_of(); empty: what was made there before never stands in.
        std::function<std::size_t()> place;
        Deadline deadline;
        std::string subject;  ///< for the log
        Sensitivity level;
        std::function<Result<cache::TilePointer>(const cache::TileKey&)> draw;
        /// What shows reports is in memory only, and never shown when it is over.
        bool live = false;
    };
    /// As get(), for whoever draws what the service does not know.
    void get(Errand errand, const TileCallback& callback);

    // The steps of get(), for whoever draws several tiles at once.

    /// Answers from memory, or leaves the callback to land() or to somebody else's. True: the
    /// caller must make the tile and land() it.
    bool join(const cache::TileKey& key, const Deadline& deadline, const TileCallback& callback);
    /// From memory or, where everyone may see it, from disk; null when it is in neither.
    cache::TilePointer kept(const cache::TileKey& key, Sensitivity level) const;
    void keep(const cache::TileKey& key, const cache::TilePointer& tile, Sensitivity level) const;
    void land(const cache::TileKey& key, const Result<cache::TilePointer>& tile) {
        flights_.land(key, tile);
    }
    /// True, and landed: nobody waits for it any more.
    bool land_if_abandoned(const cache::TileKey& key);
    bool abandoned(const cache::TileKey& key) const { return flights_.abandoned(key); }
    ops::WorkPool& pool() const noexcept { return pool_; }
    pipeline::FeatureSources& features() const noexcept { return features_; }
    /// Fault source_broken only: to the log.
    void tell_failure(const std::string& subject, const Error& error) const;

private:
    bool answer_from_memory(const cache::TileKey& key, const TileCallback& callback) const;
    void run(Errand errand, const TileCallback& callback);
    /// Null when it is not there.
    cache::TilePointer from_disk(const cache::TileKey& key) const;
    void make(const Errand& errand, TileOrigin& origin);
    Result<cache::TilePointer> draw(const TileOrder& order, const cache::TileKey& key) const;
    Result<cache::TilePointer> draw(const VectorTileOrder& order, const cache::TileKey& key) const;

    pipeline::Workshop workshop_;
    TileCaches caches_;
    mutable pipeline::FeatureSources features_;
    cache::SingleFlight flights_;
    ops::WorkPool& pool_;
    ops::Log& log_;
    mutable SceneProblems scene_problems_;
    LastTiles last_;
    std::function<void(const std::string&)> remote_failed_;
};

}  // namespace relief::service
