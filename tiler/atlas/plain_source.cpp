#include "tiler/atlas/plain_source.hpp"

#include "tiler/atlas/local_file.hpp"
#include "tiler/atlas/tilejson.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::atlas {
namespace {

constexpr std::size_t most_tile_bytes = std::size_t{32} << 20U;
constexpr std::size_t most_tilejson_bytes = std::size_t{4} << 20U;
/// Looked through for those within a source's bounds.
constexpr std::size_t most_squares = 16 * most_tiles;

Error of_source(const std::string& name, Error error) {
    error.what = "source \"" + name + "\": " + error.what;
    return error;
}

/// Errors: bad_request where the address may not be read.
Result<Address> allowed_address(const std::string& text, const Access& access) {
    auto address = parse_address(text);
    if (!address) return address.error();
    if (std::holds_alternative<FileAddress>(*address) && !access.files)
        return bad_request("files may not be read here");
    if (std::holds_alternative<LayerAddress>(*address) && access.layers == nullptr)
        return bad_request("there are no layers of this house here");
    return address;
}

std::string too_many_tiles(const std::string& source, std::size_t count) {
    return "source \"" + source + "\": more than " + std::to_string(count) +
           " of its tiles lie in the picture; up to " + std::to_string(most_tiles) +
           " are read for a layer, and a smaller picture needs fewer";
}

Result<void> follow_tilejson(PlainSource& source) {
    const auto bytes = read_address(source.stated.url, source.access, most_tilejson_bytes);
    if (!bytes) return bytes.error();
    return fill_up(source.stated, {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

}  // namespace

Result<PlainSource> plain_source(const std::string& name,
                                 const stylesheet::Source& stated,
                                 const Access& access) {
    PlainSource source{name, stated, {}, {}, access};
    const std::string& first = stated.tiles.empty() ? stated.url : stated.tiles.front();
    auto address = allowed_address(first, access);
    if (!address) return of_source(name, address.error());
    source.address_text = first;
    source.address = std::move(*address);
    if (const auto* const layer = house_layer(source)) {
        const auto facts = access.layers->facts(layer->layer);
        if (!facts) return of_source(name, facts.error());
        const bool wants_features = stated.type == stylesheet::SourceType::vector;
        if (facts->features != wants_features)
            return bad_request("source \"" + name + "\": the layer \"" + layer->layer + "\" is a " +
                               (facts->features ? "vector" : "raster") + " layer");
        return source;
    }
    if (!stated.tiles.empty()) return source;
    if (auto followed = follow_tilejson(source); !followed)
        return of_source(name, followed.error());
    if (source.stated.tiles.empty())
        return bad_request("source \"" + name + "\": its TileJSON has no tiles");
    source.address_text = source.stated.tiles.front();
    address = allowed_address(source.address_text, access);
    if (!address) return of_source(name, address.error());
    source.address = std::move(*address);
    return source;
}

Result<Bytes> read_address(const std::string& text, const Access& access, std::size_t most) {
    if (text.starts_with("/styles/")) {
        if (access.layers == nullptr) return bad_request("there are no styles of this house here");
        return access.layers->file(text);
    }
    const auto address = allowed_address(text, access);
    if (!address) return address.error();
    const auto* const file = std::get_if<FileAddress>(&*address);
    if (file == nullptr) return bad_request("a layer of this house is no document: " + text);
    return read_file(file->path, most);
}

Result<Bytes> read_tile(const PlainSource& source, const TileId& tile, double ratio) {
    const auto* const file = std::get_if<FileAddress>(&source.address);
    if (file == nullptr) return bad_request("the source has no tiles of its own");
    return read_file(filled_in(file->path, {tile, source.stated.tms, ratio}), most_tile_bytes);
}

const LayerAddress* house_layer(const PlainSource& source) noexcept {
    return std::get_if<LayerAddress>(&source.address);
}

bool within_bounds(const stylesheet::Source& source, const TileId& tile) noexcept {
    const auto& [west, south, east, north] = source.bounds;
    const auto low = symbology::world_place({west, north});
    const auto high = symbology::world_place({east, south});
    const double count = std::exp2(static_cast<double>(tile.zoom()));
    const auto meets = [&](double place, double from, double to) {
        return place + 1 > from * count && place < to * count;
    };
    return meets(tile.column(), low.x, high.x) && meets(tile.row(), low.y, high.y);
}

std::vector<symbology::TileSquare> tiles_of(const PlainSource& source,
                                            const TilesWish& wish,
                                            Warnings& warnings) {
    auto squares = wish.frame.tiles(wish.levels, {.margin = wish.margin, .most = most_squares + 1});
    const bool too_wide = squares.size() > most_squares;
    std::erase_if(squares, [&](const symbology::TileSquare& square) {
        return !within_bounds(source.stated, square.tile);
    });
    if (!too_wide && squares.size() <= most_tiles) return squares;
    std::string warning = too_many_tiles(source.name, too_wide ? most_squares : most_tiles);
    // Several layers may show the source.
    if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end())
        warnings.push_back(std::move(warning));
    return {};
}

std::string warning_of(const std::string& source, const Error& error) {
    return "source \"" + source + "\": " + error.what +
           (error.detail.empty() ? "" : " (" + error.detail + ")");
}

}  // namespace relief::atlas
