#include "server/route/style_document.hpp"

#include "server/http/target.hpp"
#include "server/service/layer_version.hpp"
#include "tiler/atlas/address.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <locale>
#include <optional>
#include <sstream>
#include <utility>

namespace relief::route {
namespace {

using StyleJson = nlohmann::ordered_json;
using service::VisibleStyle;

/// An address from the root, made absolute.
std::string absolute(const std::string& address, const std::string& base) {
    const bool from_root = address.starts_with('/') && !address.starts_with("//");
    return from_root ? base + address : address;
}

void make_absolute(StyleJson& object, const char* member, const std::string& base) {
    const auto found = object.find(member);
    if (found != object.end() && found->is_string()) *found = absolute(*found, base);
}

std::string query_of(const atlas::LayerWords& words) {
    std::string text;
    for (const auto& [name, value] : words)
        text += (text.empty() ? "?" : "&") + http::percent_encode(name) + "=" +
                http::percent_encode(value);
    return text;
}

/// Of one source of a style.
struct SourceWriting {
    const VisibleStyle& style;
    const std::string& base;
    const service::FeatureWords& asked;
    StyleJson& source;

    std::string type() const { return source.value("type", std::string()); }

    /// The layer that relief:// names in the member; nothing for other addresses.
    static std::optional<atlas::LayerAddress> house(const std::string& address) {
        if (!address.starts_with("relief:")) return std::nullopt;
        auto read = atlas::parse_address(address);
        if (!read || !std::holds_alternative<atlas::LayerAddress>(*read)) return std::nullopt;
        return std::get<atlas::LayerAddress>(std::move(*read));
    }

    /// Where each tile is to be found.
    std::string tiles_address(const atlas::LayerAddress& layer) const {
        const std::string start = base + "/tiles/" + layer.layer + "/{z}/{x}/{y}";
        if (type() == "vector")
            return start + ".mvt" + query_of(service::joined_words(asked, layer.words));
        auto words = service::joined_words(service::time_words_of(asked), layer.words);
        if (type() == "raster-dem") {
            std::erase_if(words, [](const auto& word) { return word.first == "algorithm"; });
            const bool terrarium = source.value("encoding", std::string()) == "terrarium";
            words.emplace_back("algorithm", terrarium ? "terrarium" : "terrainrgb");
        }
        if (const auto shown = style.layers.find(layer.layer); shown != style.layers.end())
            words.emplace_back("v", service::layer_version(*shown->second));
        // Tiles of the specification's usual size are 512 pixels wide.
        const StyleJson size = source.value("tileSize", StyleJson(512));
        const bool wide = !size.is_number() || size.get<double>() > 256;
        return start + (wide ? "@2x.png" : ".png") + query_of(words);
    }

    void write_url(const std::string& url) const {
        const auto layer = house(url);
        if (!layer) {
            source["url"] = absolute(url, base);
        } else if (type() == "vector") {
            source["url"] = base + "/tiles/" + layer->layer + "/tilejson.json" +
                            query_of(service::joined_words(asked, layer->words));
        } else {
            source.erase("url");
            source["tiles"] = {tiles_address(*layer)};
        }
    }

    void write() const {
        if (auto& tiles = source["tiles"]; tiles.is_array()) {
            for (StyleJson& tile : tiles) {
                if (!tile.is_string()) continue;
                const auto layer = house(tile);
                tile = layer ? tiles_address(*layer) : absolute(tile, base);
            }
        } else {
            source.erase("tiles");
        }
        if (const auto url = source.find("url"); url != source.end() && url->is_string())
            write_url(url->get<std::string>());
        make_absolute(source, "data", base);
    }
};

void write_sprite(StyleJson& json, const std::string& base) {
    const auto sprite = json.find("sprite");
    if (sprite == json.end()) return;
    if (sprite->is_string()) *sprite = absolute(*sprite, base);
    if (!sprite->is_array()) return;
    for (StyleJson& one : *sprite)
        if (one.is_object()) make_absolute(one, "url", base);
}

std::string written(const StyleJson& json) {
    return json.dump(-1, ' ', false, StyleJson::error_handler_t::replace);
}

/// Degrees, to some metres.
std::string degrees(double value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::setprecision(5) << value;
    return std::move(text).str();
}

LonLatBox joined_boxes(const LonLatBox& all, const LonLatBox& box) {
    const bool crossing = box.west > box.east || all.west > all.east;
    return {crossing ? -180 : std::min(all.west, box.west),
            std::min(all.south, box.south),
            crossing ? 180 : std::max(all.east, box.east),
            std::max(all.north, box.north)};
}

/// Where the style says that its map begins, else all of its layers, else the world.
std::string place_of(const VisibleStyle& style) {
    const auto& document = *style.document;
    if (document.center)
        return degrees((*document.center)[0]) + "," + degrees((*document.center)[1]) + "," +
               degrees(std::max(document.zoom - 1, -1.0));
    std::optional<LonLatBox> all;
    for (const auto& [id, layer] : style.layers) {
        const LonLatBox& box = layer->newest().bounds();
        all = all ? joined_boxes(*all, box) : box;
    }
    if (!all) return "0,0,-1";
    // A single point is shown with what lies around it.
    constexpr double around = 0.01;
    return degrees(std::max(all->west - around, -180.0)) + "," +
           degrees(std::max(all->south - around, -85.0)) + "," +
           degrees(std::min(all->east + around, 180.0)) + "," +
           degrees(std::min(all->north + around, 85.0));
}

/// A text of the style's metadata; empty when it states none.
std::string stated(const VisibleStyle& style, const char* name) {
    const auto& metadata = style.document->metadata;
    if (!metadata || !metadata->is_object()) return {};
    const auto found = metadata->find(name);
    return found != metadata->end() && found->is_string() ? found->get<std::string>()
                                                          : std::string();
}

StyleJson style_entry(const VisibleStyle& style, const std::string& base) {
    const std::string own = base + "/styles/" + style.style->id;
    const std::string version = "?v=" + style.version;
    const std::string thumbnail = own + "/static/" + place_of(style) + "/256x256.png" + version;
    StyleJson layers = StyleJson::array();
    for (const auto& [id, layer] : style.layers) layers.push_back(id);
    const std::string& name = style.document->name;
    return {{"id", style.style->id},
            {"title", name.empty() ? style.style->id : name},
            {"kind", "style"},
            {"version", style.version},
            {"layers", std::move(layers)},
            {"about", stated(style, "relief:about")},
            {"attribution", stated(style, "relief:attribution")},
            {"subject", stated(style, "relief:layer")},
            {"thumbnail", thumbnail},
            {"tiles", own + "/{z}/{x}/{y}.png" + version},
            {"links",
             {{{"rel", "self"}, {"href", own + ".json"}, {"type", "application/json"}},
              {{"rel", "preview"}, {"href", thumbnail}, {"type", "image/png"}}}}};
}

}  // namespace

std::string browser_style(const VisibleStyle& style,
                          const std::string& base,
                          const service::FeatureWords& asked) {
    StyleJson json = StyleJson::parse(style.text, nullptr, false);
    if (!json.is_object()) return style.text;  // it was read before: never
    if (!json.contains("glyphs")) json["glyphs"] = "/fonts/{fontstack}/{range}.pbf";
    make_absolute(json, "glyphs", base);
    write_sprite(json, base);
    for (auto& [name, source] : json["sources"].items())
        if (source.is_object()) SourceWriting{style, base, asked, source}.write();
    return written(json);
}

std::string styles_document(const std::vector<service::VisiblePointer>& styles,
                            const std::string& base) {
    StyleJson list = StyleJson::array();
    for (const auto& style : styles) list.push_back(style_entry(*style, base));
    return written({{"styles", std::move(list)}});
}

}  // namespace relief::route
