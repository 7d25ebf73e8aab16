// The names of tiles.

#include "server/service/tile_service.hpp"
#include "tiler/workspace/view.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

/// Part of every key: raised when the same input is drawn with other bytes than before.
constexpr std::string_view drawing_version = "2";

/// The same for vector tiles.
constexpr std::string_view vector_version = "v1";

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

/// When it was observed, which an update of the same content leaves as it was: no date stands in
/// for another.
std::string moment_text(const workspace::View& view) {
    const auto moments = workspace::moments_of(view);
    return moments ? to_text(*moments) : std::string();
}

std::string key_text(const TileOrder& order, std::string_view version) {
    std::string text;
    text.reserve(256);
    text += drawing_version;
    text += '|';
    text += order.audience.key_for(order.layer->sensitivity);
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

/// `versioned`: with the content versions; without them, with the moments, what a tile has in
/// common with the one before an update.
std::string vector_key_text(const VectorTileOrder& order, bool versioned) {
    std::string text(vector_version);
    text += '|';
    text += order.audience.key_for(service::level_of(order));
    for (const VectorTileOrder::Part& part : order.parts) {
        text += '|';
        text += part.layer->name.text();
        text += '|';
        text += versioned ? part.observation->version.text : moment_text({part.observation, {}});
    }
    text += "|mvt|";
    for (const std::uint32_t number : {order.tile.zoom(), order.tile.column(), order.tile.row()}) {
        text += std::to_string(number);
        text += '/';
    }
    if (!order.choice.empty())
        text += std::to_string(order.choice.size()) + ':' + order.choice + "|choice";
    if (!order.fields) return text;
    for (const std::string& field : *order.fields)
        text += std::to_string(field.size()) + ':' + field;
    text += "|fields";
    return text;
}

}  // namespace

cache::TileKey key_of(const TileOrder& order) {
    return cache::TileKey(key_text(order, order.observation->version.text));
}

cache::TileKey key_of(const VectorTileOrder& order) {
    return cache::TileKey(vector_key_text(order, true));
}

std::size_t place_of(const TileOrder& order) {
    return std::hash<std::string>{}(
        key_text(order, moment_text({order.observation, order.mosaic})));
}

std::size_t place_of(const VectorTileOrder& order) {
    return std::hash<std::string>{}(vector_key_text(order, false));
}

Sensitivity level_of(const VectorTileOrder& order) {
    Sensitivity level = Sensitivity::low;
    for (const VectorTileOrder::Part& part : order.parts)
        level = std::max(level, part.layer->sensitivity);
    return level;
}

}  // namespace relief::service
