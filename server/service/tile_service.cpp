#include "server/service/tile_service.hpp"

#include "server/service/explain_tile.hpp"
#include "tiler/core/version.hpp"
#include "tiler/encode/mvt_writer.hpp"
#include "tiler/ingest/place_geometry.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

Error busy() {
    return {Fault::too_busy, "the server is drawing as much as it can; ask again in a moment"};
}
Error gone() {
    return {Fault::out_of_time, "nobody waits for this tile any more"};
}

std::string names_in(const VectorTileOrder& order) {
    std::string names;
    for (const VectorTileOrder::Part& part : order.parts)
        names += (names.empty() ? "" : ",") + part.layer->name.text();
    return names;
}

/// Filters that differ with the zoom are asked as for the deepest tiles.
constexpr std::uint32_t touch_zoom = 24;

/// Of features: a handle and a mapping each.
constexpr std::size_t open_files = 64;

bool is_live(const VectorTileOrder& order) {
    return std::any_of(order.parts.begin(), order.parts.end(), [](const auto& part) {
        return part.observation->is_live();
    });
}

bool is_whole(const cache::CachedTile& tile) {
    return tile.skipped.empty() && tile.thinned.empty() && !tile.empty && !tile.coarser;
}

}  // namespace

TileService::TileService(pipeline::Workshop workshop,
                         TileCaches caches,
                         ops::WorkPool& pool,
                         ops::Log& log)
    : workshop_(workshop),
      caches_(std::move(caches)),
      features_(open_files, ingest::made_valid),
      pool_(pool),
      log_(log) {}

bool TileService::answer_from_memory(const cache::TileKey& key,
                                     const TileCallback& callback) const {
    if (!caches_.memory) return false;
    auto tile = caches_.memory->find(key);
    if (!tile) return false;
    callback({std::move(tile), TileOrigin::memory});
    return true;
}

void TileService::get(Errand errand, const TileCallback& callback) {
    if (answer_from_memory(errand.key, callback)) return;
    run(std::move(errand), callback);
}

bool TileService::join(const cache::TileKey& key,
                       const Deadline& deadline,
                       const TileCallback& callback) {
    if (answer_from_memory(key, callback)) return false;
    return flights_.join(
        key,
        [callback](const cache::SingleFlight::Landing& landing) {
            callback({landing.tile, landing.leader ? TileOrigin::made : TileOrigin::coalesced});
        },
        deadline.abandoned());
}

cache::TilePointer TileService::kept(const cache::TileKey& key, Sensitivity level) const {
    if (caches_.memory)
        if (auto tile = caches_.memory->find(key)) return tile;
    return level == Sensitivity::low ? from_disk(key) : nullptr;
}

void TileService::keep(const cache::TileKey& key,
                       const cache::TilePointer& tile,
                       Sensitivity level) const {
    if (tile->incomplete) return;
    if (caches_.memory) caches_.memory->insert(key, tile);
    if (level == Sensitivity::low && caches_.disk && is_whole(*tile))
        caches_.disk->insert(key, *tile);
}

bool TileService::land_if_abandoned(const cache::TileKey& key) {
    return flights_.land_if_abandoned(key, gone());
}

void TileService::tell_failure(const std::string& subject, const Error& error) const {
    if (error.fault != Fault::source_broken) return;
    log_.write(ops::Level::warning,
               "tile-failed",
               {{"layer", subject}, {"what", error.what}, {"detail", error.detail}});
}

void TileService::get(const TileOrder& order, const TileCallback& callback) {
    cache::TileKey key = key_of(order);
    if (answer_from_memory(key, callback)) return;
    run({std::move(key),
         [order] { return place_of(order); },
         order.deadline,
         order.layer->name.text(),
         order.layer->sensitivity,
         [this, order](const cache::TileKey& name) { return draw(order, name); }},
        callback);
}

void TileService::get(const VectorTileOrder& order, const TileCallback& callback) {
    cache::TileKey key = key_of(order);
    if (answer_from_memory(key, callback)) return;
    run({std::move(key),
         [order] { return place_of(order); },
         order.deadline,
         names_in(order),
         level_of(order),
         [this, order](const cache::TileKey& name) { return draw(order, name); },
         is_live(order)},
        callback);
}

void TileService::run(Errand errand, const TileCallback& callback) {
    const auto origin = std::make_shared<TileOrigin>(TileOrigin::made);
    const bool first = flights_.join(
        errand.key,
        [callback, origin](const cache::SingleFlight::Landing& landing) {
            callback({landing.tile, landing.leader ? *origin : TileOrigin::coalesced});
        },
        errand.deadline.abandoned());
    if (!first) return;
    const auto shared = std::make_shared<const Errand>(std::move(errand));
    if (!pool_.post([this, shared, origin] { make(*shared, *origin); })) {
        const auto before = shared->place ? last_.stale(shared->place()) : nullptr;
        if (before) return flights_.land(shared->key, before);
        flights_.land(shared->key, busy());
    }
}

cache::TilePointer TileService::from_disk(const cache::TileKey& key) const {
    if (!caches_.disk) return nullptr;
    auto tile = caches_.disk->find(key);
    if (tile && caches_.memory) caches_.memory->insert(key, tile);
    return tile;
}

void TileService::make(const Errand& errand, TileOrigin& origin) {
    const cache::TileKey& key = errand.key;
    if (flights_.land_if_abandoned(key, gone())) return;
    // The disk may be carried away: what not everyone may see is never on it.
    const bool on_disk = errand.level == Sensitivity::low && !errand.live;
    if (auto kept = on_disk ? from_disk(key) : nullptr) {
        origin = TileOrigin::disk;
        return flights_.land(key, std::move(kept));
    }
    const auto tile = errand.draw(key);
    if (!tile && flights_.land_if_abandoned(key, tile.error())) return;
    if (!tile) tell_failure(errand.subject, tile.error());
    const bool lasting = tile && !(*tile)->incomplete;
    if (lasting && caches_.memory) {
        caches_.memory->insert(key, *tile);
        if (!errand.live && errand.place) last_.remember(errand.place(), *tile);
    }
    flights_.land(key, tile);
    // After the answer: the disk may be slow. Its entries have no place for what was skipped or
    // thinned, and what is drawn from an overview may be drawn right after a restart.
    if (lasting && on_disk && caches_.disk && is_whole(**tile)) caches_.disk->insert(key, **tile);
}

void TileService::note_skipped(const workspace::Layer& layer,
                               const std::vector<pipeline::SkippedScene>& skipped) const {
    for (const pipeline::SkippedScene& scene : skipped) {
        if (!scene.reason || !scene_problems_.note(layer, scene)) continue;
        log_.write(ops::Level::warning,
                   "scene-skipped",
                   {{"layer", layer.name.text()},
                    {"scene", scene.name},
                    {"what", scene.reason->what},
                    {"detail", scene.reason->detail}});
    }
}

Result<cache::TilePointer> TileService::draw(const TileOrder& order,
                                             const cache::TileKey& key) const {
    const workspace::Observation& observation = *order.observation;
    const auto style = style::style_of(drawing_words(*order.layer, order.words, order.mosaic.pick),
                                       pipeline::described(observation, order.mosaic.pick));
    if (!style) return style.error();
    pipeline::PictureOrder picture = picture_order_of(order);
    picture.deadline =
        Deadline(order.deadline.end(), [this, &key] { return flights_.abandoned(key); });
    // A thread that waits for a server known to be silent is one that draws nothing else.
    if (!observation.broken.empty()) return source_broken(observation.broken);
    const auto made = pipeline::make_picture(workshop_, observation, *style, picture);
    if (!made) {
        if (observation.is_remote() && remote_failed_) remote_failed_(observation.file);
        return made.error();
    }
    auto tile = std::make_shared<cache::CachedTile>();
    tile->bytes = made->bytes;
    tile->media_type = encode::media_type(made->format);
    tile->skipped = names_of(made->skipped);
    tile->incomplete = made->incomplete;
    // What is drawn without a scene, or from an overview, is another tile than the whole one.
    const std::string lacking = made->incomplete ? tile->skipped : std::string();
    tile->etag = fingerprint(key.text() + lacking + (made->coarser ? "|overview" : ""));
    note_skipped(*order.layer, made->skipped);
    tile->empty = made->empty;
    tile->coarser = made->coarser;
    if (made->coarser)
        log_.write(ops::Level::warning, "tile-coarser", {{"layer", order.layer->name.text()}});
    tile->modified = observation.modified;
    return cache::TilePointer(std::move(tile));
}

Result<cache::TilePointer> TileService::draw(const VectorTileOrder& order,
                                             const cache::TileKey& key) const {
    pipeline::VectorTileOrder wanted{order.tile, {}, order.fields, {}};
    wanted.deadline =
        Deadline(order.deadline.end(), [this, &key] { return flights_.abandoned(key); });
    auto tile = std::make_shared<cache::CachedTile>();
    for (const VectorTileOrder::Part& part : order.parts) {
        wanted.parts.push_back({part.layer->name.text(), part.observation, part.choice});
        tile->modified = std::max(tile->modified, part.observation->modified);
    }
    const auto made = pipeline::make_vector_tile(features_, wanted);
    if (!made) return made.error();
    tile->bytes = made->bytes ? made->bytes : std::make_shared<const Bytes>();
    tile->media_type = encode::mvt_media_type;
    tile->etag = fingerprint(key.text());
    tile->empty = made->bytes == nullptr;
    if (made->left_out != 0)
        tile->thinned = std::to_string(made->features) + " of " +
                        std::to_string(made->features + made->left_out);
    return cache::TilePointer(std::move(tile));
}

Result<std::vector<vector::FoundFeature>> TileService::features_at(
    const VectorTileOrder::Part& part, vector::Touch touch, const Deadline& deadline) const {
    const auto opened = features_.open(
        *part.observation,
        {vector::reach_of(touch), deepest_zoom, touch_zoom, part.choice, std::nullopt, deadline});
    if (!opened) return opened.error();
    touch.wanted = pipeline::wanted_by(opened->choice, *opened->index, touch_zoom);
    return vector::features_at(*opened->index, touch);
}

}  // namespace relief::service
