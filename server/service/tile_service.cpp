#include "server/service/tile_service.hpp"

#include "tiler/core/version.hpp"
#include "tiler/encode/mvt_writer.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/make_vector_tile.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

/// Part of every key: raised when the same input is drawn with other bytes than before.
constexpr std::string_view drawing_version = "2";

/// The same for vector tiles.
constexpr std::string_view vector_version = "v1";

Error busy() {
    return {Fault::too_busy, "the server is drawing as much as it can; ask again in a moment"};
}
Error gone() {
    return {Fault::out_of_time, "nobody waits for this tile any more"};
}

std::string_view name_of(encode::ImageFormat format) noexcept {
    switch (format) {
        case encode::ImageFormat::png: return "png";
        case encode::ImageFormat::webp: return "webp";
        case encode::ImageFormat::jpeg: return "jpeg";
        case encode::ImageFormat::automatic: return "auto";
    }
    return "";
}

/// Words joined so that no value can pass for another word: lengths go first.
void append_words(std::string& text,
                  const std::vector<std::pair<std::string, std::string>>& words) {
    for (const auto& [name, value] : words) {
        text += name;
        text += '=';
        text += std::to_string(value.size());
        text += ':';
        text += value;
        text += '&';
    }
}

/// Of a mosaic: what it picks, from when.
void append_choice(std::string& text, const workspace::View& view) {
    const auto& mosaic = view.observation->mosaic;
    if (!mosaic || workspace::is_default(*mosaic, view.scenes)) return;
    text += to_text(view.scenes.pick);
    if (view.scenes.span) {
        text += std::to_string(view.scenes.span->first.milliseconds);
        text += '/';
        text += std::to_string(view.scenes.span->last.milliseconds);
    }
    text += '|';
}

std::string key_text(const TileOrder& order, std::string_view version) {
    std::string text;
    text.reserve(256);
    text += drawing_version;
    text += '|';
    text += order.audience.key();
    text += '|';
    text += order.layer->name.text();
    text += '|';
    text += version;
    text += '|';
    text += to_text(order.observation->raster().kind);
    text += '|';
    append_choice(text, {order.observation, order.mosaic});
    if (order.against.observation != nullptr) {
        text += order.against.observation->version.text + '|';
        append_choice(text, order.against);
    }
    append_words(text, order.layer->style_words);
    text += '|';
    for (const std::uint32_t number : {order.tile.zoom(), order.tile.column(), order.tile.row()}) {
        text += std::to_string(number);
        text += '/';
    }
    text += std::to_string(order.side);
    text += name_of(order.format);
    text += '|';
    append_words(text, order.words.words);
    return text;
}

/// `versioned`: with the content versions; without them, what a tile has in common with the one
/// before an update.
std::string vector_key_text(const VectorTileOrder& order, bool versioned) {
    std::string text(vector_version);
    text += '|';
    text += order.audience.key();
    for (const VectorTileOrder::Part& part : order.parts) {
        text += '|';
        text += part.layer->name.text();
        text += '|';
        if (versioned) text += part.observation->version.text;
    }
    text += "|mvt|";
    for (const std::uint32_t number : {order.tile.zoom(), order.tile.column(), order.tile.row()}) {
        text += std::to_string(number);
        text += '/';
    }
    if (!order.fields) return text;
    for (const std::string& field : *order.fields)
        text += std::to_string(field.size()) + ':' + field;
    text += "|fields";
    return text;
}

std::string names_in(const VectorTileOrder& order) {
    std::string names;
    for (const VectorTileOrder::Part& part : order.parts)
        names += (names.empty() ? "" : ",") + part.layer->name.text();
    return names;
}

bool is_whole(const cache::CachedTile& tile) {
    return tile.skipped.empty() && tile.thinned.empty() && !tile.empty && !tile.coarser;
}

}  // namespace

cache::TileKey key_of(const TileOrder& order) {
    return cache::TileKey(key_text(order, order.observation->version.text));
}

cache::TileKey key_of(const VectorTileOrder& order) {
    return cache::TileKey(vector_key_text(order, true));
}

std::size_t place_of(const TileOrder& order) {
    return std::hash<std::string>{}(key_text(order, {}));
}

TileService::TileService(pipeline::Workshop workshop,
                         TileCaches caches,
                         ops::WorkPool& pool,
                         ops::Log& log)
    : workshop_(workshop), caches_(std::move(caches)), pool_(pool), log_(log) {}

bool TileService::answer_from_memory(const cache::TileKey& key,
                                     const TileCallback& callback) const {
    if (!caches_.memory) return false;
    auto tile = caches_.memory->find(key);
    if (!tile) return false;
    callback({std::move(tile), TileOrigin::memory});
    return true;
}

void TileService::get(const TileOrder& order, const TileCallback& callback) {
    cache::TileKey key = key_of(order);
    if (answer_from_memory(key, callback)) return;
    run({std::move(key),
         [order] { return place_of(order); },
         order.deadline,
         order.layer->name.text(),
         [this, order](const cache::TileKey& name) { return draw(order, name); }},
        callback);
}

void TileService::get(const VectorTileOrder& order, const TileCallback& callback) {
    cache::TileKey key = key_of(order);
    if (answer_from_memory(key, callback)) return;
    run({std::move(key),
         [order] { return std::hash<std::string>{}(vector_key_text(order, false)); },
         order.deadline,
         names_in(order),
         [this, order](const cache::TileKey& name) { return draw(order, name); }},
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
        if (auto before = last_.stale(shared->place())) return flights_.land(shared->key, before);
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
    if (auto kept = from_disk(key)) {
        origin = TileOrigin::disk;
        return flights_.land(key, std::move(kept));
    }
    const auto tile = errand.draw(key);
    if (!tile && flights_.land_if_abandoned(key, tile.error())) return;
    if (!tile && tile.error().fault == Fault::source_broken) {
        log_.write(ops::Level::warning,
                   "tile-failed",
                   {{"layer", errand.subject},
                    {"what", tile.error().what},
                    {"detail", tile.error().detail}});
    }
    const bool lasting = tile && !(*tile)->incomplete;
    if (lasting && caches_.memory) {
        caches_.memory->insert(key, *tile);
        last_.remember(errand.place(), *tile);
    }
    flights_.land(key, tile);
    // After the answer: the disk may be slow. Its entries have no place for what was skipped or
    // thinned, and what is drawn from an overview may be drawn right after a restart.
    if (lasting && caches_.disk && is_whole(**tile)) caches_.disk->insert(key, **tile);
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
    pipeline::PictureOrder picture;
    picture.box = geo::mercator_box_of(order.tile);
    picture.size = {order.side, order.side};
    picture.format = order.format;
    picture.mosaic = order.mosaic;
    picture.ratio = order.side / 256.0;
    picture.against = order.against;
    picture.deadline =
        Deadline(order.deadline.end(), [this, &key] { return flights_.abandoned(key); });
    const auto made = pipeline::make_picture(workshop_, observation, *style, picture);
    if (!made) return made.error();
    auto tile = std::make_shared<cache::CachedTile>();
    tile->bytes = made->bytes;
    tile->media_type = encode::media_type(made->format);
    tile->skipped = names_of(made->skipped);
    tile->incomplete = made->incomplete;
    // What is drawn without a scene is another tile than the whole one.
    tile->etag = fingerprint(made->incomplete ? key.text() + tile->skipped : key.text());
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
        wanted.parts.push_back({part.layer->name.text(), part.observation});
        tile->modified = std::max(tile->modified, part.observation->modified);
    }
    const auto made = pipeline::make_vector_tile(indexes_, wanted);
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
    const workspace::Observation& observation, const vector::Touch& touch) const {
    const auto index = indexes_.open({observation.file, observation.version});
    if (!index) return index.error();
    return vector::features_at(**index, touch);
}

}  // namespace relief::service
