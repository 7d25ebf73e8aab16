#include "server/service/house_sources.hpp"

#include "tiler/atlas/address.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::service {
namespace {

using stylesheet::Source;
using stylesheet::SourceType;

bool has_tiles(const Source& source) {
    return source.type == SourceType::vector || source.type == SourceType::raster ||
           source.type == SourceType::raster_dem;
}

bool is_file(const std::string& address) {
    return address.starts_with("file:");
}

bool reads_file(const Source& source) {
    return is_file(source.url) || std::any_of(source.tiles.begin(), source.tiles.end(), is_file) ||
           is_file(source.document_url);
}

}  // namespace

std::vector<HouseSource> house_sources(const stylesheet::StyleDocument& style) {
    std::vector<HouseSource> found;
    for (const auto& [name, source] : style.sources) {
        if (!has_tiles(source)) continue;
        const auto address =
            atlas::parse_address(source.tiles.empty() ? source.url : source.tiles.front());
        if (!address) continue;
        const auto* const house = std::get_if<atlas::LayerAddress>(&*address);
        if (house == nullptr) continue;
        HouseSource one{name, {}};
        for (const std::string_view part : atlas::parts_of(house->layer))
            one.layers.emplace_back(part);
        found.push_back(std::move(one));
    }
    return found;
}

std::string reader_of_files(const stylesheet::StyleDocument& style) {
    for (const auto& [name, source] : style.sources)
        if (reads_file(source)) return "source \"" + name + "\"";
    for (const stylesheet::Sprite& sprite : style.sprites)
        if (is_file(sprite.url)) return "the sprite";
    return is_file(style.glyphs) ? "the glyphs" : std::string();
}

}  // namespace relief::service
