#include "server/service/tile_service.hpp"

#include "tiler/core/version.hpp"
#include "tiler/geo/mercator.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

/// Part of every key: raised when the same input is drawn with other bytes than before.
constexpr std::string_view drawing_version = "2";

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
    text += to_text(order.observation->raster.kind);
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

bool is_whole(const cache::CachedTile& tile) {
    return tile.skipped.empty() && !tile.empty && !tile.coarser;
}

}  // namespace

std::string names_of(const std::vector<pipeline::SkippedScene>& skipped) {
    constexpr std::size_t most = 20;
    std::string names;
    for (std::size_t i = 0; i < skipped.size() && i < most; ++i)
        names += (i == 0 ? "" : ", ") + skipped[i].name;
    if (skipped.size() > most) names += ", and " + std::to_string(skipped.size() - most) + " more";
    return names;
}

style::RasterWords drawing_words(const workspace::Layer& layer,
                                 const style::RasterWords& asked,
                                 Pick pick) {
    if (!layer.newest().mosaic || pick != Pick::count) return merged_words(layer, asked);
    style::RasterWords words = asked;
    if (!words.find("colormap", "colormap_name") && !words.find("algorithm"))
        words.words.emplace_back("colormap", "viridis");
    return words;
}

style::RasterWords merged_words(const workspace::Layer& layer, const style::RasterWords& asked) {
    style::RasterWords words = asked;
    // Synonyms and exclusive pairs: bands given by the request must silence a saved expression, and
    // the reverse.
    const auto given = [&](std::string_view name) {
        return std::any_of(asked.words.begin(), asked.words.end(), [&](const auto& word) {
            return word.first == name;
        });
    };
    const bool other_algorithm = given("algorithm");
    const bool other_bands =
        given("bands") || given("bidx") || given("expression") || other_algorithm;
    const bool other_colours = given("colormap") || given("colormap_name");
    for (const auto& word : layer.style_words) {
        const bool of_bands =
            word.first == "bands" || word.first == "bidx" || word.first == "expression";
        const bool of_values = word.first == "rescale";
        const bool of_colours = word.first == "colormap" || word.first == "colormap_name";
        const bool of_algorithm = word.first == "algorithm" || word.first == "algorithm_params";
        // Saved ranges and colours belong to the saved bands, as does what is done with them.
        if (other_bands && (of_bands || of_values || of_colours || of_algorithm)) continue;
        if (other_colours && of_colours) continue;
        if (given(word.first)) continue;
        words.words.push_back(word);
    }
    return words;
}

cache::TileKey key_of(const TileOrder& order) {
    return cache::TileKey(key_text(order, order.observation->version.text));
}

std::size_t place_of(const TileOrder& order) {
    return std::hash<std::string>{}(key_text(order, {}));
}

TileService::TileService(pipeline::Workshop workshop,
                         TileCaches caches,
                         ops::WorkPool& pool,
                         ops::Log& log)
    : workshop_(workshop), caches_(std::move(caches)), pool_(pool), log_(log) {}

void TileService::get(const TileOrder& order, const TileCallback& callback) {
    const cache::TileKey key = key_of(order);
    if (caches_.memory) {
        if (auto tile = caches_.memory->find(key))
            return callback({std::move(tile), TileOrigin::memory});
    }
    const auto origin = std::make_shared<TileOrigin>(TileOrigin::made);
    const bool first = flights_.join(
        key,
        [callback, origin](const cache::SingleFlight::Landing& landing) {
            callback({landing.tile, landing.leader ? *origin : TileOrigin::coalesced});
        },
        order.deadline.abandoned());
    if (!first) return;
    if (!pool_.post([this, order, key, origin] { make(order, key, *origin); })) {
        if (auto before = last_.stale(place_of(order))) return flights_.land(key, before);
        flights_.land(key, busy());
    }
}

cache::TilePointer TileService::from_disk(const cache::TileKey& key) const {
    if (!caches_.disk) return nullptr;
    auto tile = caches_.disk->find(key);
    if (tile && caches_.memory) caches_.memory->insert(key, tile);
    return tile;
}

void TileService::make(const TileOrder& order, const cache::TileKey& key, TileOrigin& origin) {
    if (flights_.land_if_abandoned(key, gone())) return;
    if (auto kept = from_disk(key)) {
        origin = TileOrigin::disk;
        return flights_.land(key, std::move(kept));
    }
    const auto tile = draw(order, key);
    if (!tile && flights_.land_if_abandoned(key, tile.error())) return;
    if (!tile && tile.error().fault == Fault::source_broken) {
        log_.write(ops::Level::warning,
                   "tile-failed",
                   {{"layer", order.layer->name.text()},
                    {"what", tile.error().what},
                    {"detail", tile.error().detail}});
    }
    const bool lasting = tile && !(*tile)->incomplete;
    if (lasting && caches_.memory) {
        caches_.memory->insert(key, *tile);
        last_.remember(place_of(order), *tile);
    }
    flights_.land(key, tile);
    // After the answer: the disk may be slow. Its entries have no place for what was skipped, and
    // what is drawn from an overview may be drawn right after a restart.
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

}  // namespace relief::service
