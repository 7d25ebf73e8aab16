#pragma once
// A package's description and tiles as the tests of this room use them.

#include "tiler/archive/export_tiles.hpp"
#include "tiler/archive/package.hpp"
#include "tiler/workspace/database.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

namespace relief::archive {

inline Description example_description(std::string order = "0123") {
    Description description;
    description.title = "Flood";
    description.text = "Observed 2024-05-01";
    description.attribution = "Survey \"A\", <b>CC-BY</b>";
    description.extension = "png";
    description.extent = {{10, 45, 12, 46.5}, {11, 45.75}};
    description.zooms = {5, 9};
    description.version = 20240502;
    description.facts = {{"layer", "flood"}};
    description.order = std::move(order);
    return description;
}

inline const TileArea& example_area() {
    static const TileArea area({10, 45, 12, 46.5}, {9, 44, 13, 47}, {5, 11});
    return area;
}

/// Every fifth tile is empty; the others have one of 80 contents.
inline Result<DrawnTile> example_tile(const TileId& tile) {
    const std::uint32_t sum = tile.zoom() + tile.column() * 3 + tile.row();
    if (sum % 5 == 0) return DrawnTile{nullptr, true};
    const std::string text(2000 + sum % 100, static_cast<char>('a' + sum % 20));
    return DrawnTile{std::make_shared<const Bytes>(text.begin(), text.end()), false};
}

/// "z/x/y" with rows from the north → bytes.
using Tiles = std::map<std::string, std::string>;

inline std::string name_of(std::int64_t zoom, std::int64_t column, std::int64_t row) {
    return std::to_string(zoom) + '/' + std::to_string(column) + '/' + std::to_string(row);
}

inline Tiles tiles_expected(const TileArea& area) {
    Tiles tiles;
    for (std::uint64_t i = 0; i < area.size(); ++i) {
        const TileId tile = area.tile(i);
        const auto drawn = example_tile(tile);
        if (drawn->empty) continue;
        tiles[name_of(tile.zoom(), tile.column(), tile.row())] =
            std::string(drawn->bytes->begin(), drawn->bytes->end());
    }
    return tiles;
}

inline Tiles tiles_of_mbtiles(const std::filesystem::path& file) {
    Tiles tiles;
    const auto connection =
        workspace::Connection::open(file, workspace::Connection::Mode::read, "the file");
    if (!connection) return tiles;
    workspace::Statement query(*connection,
                               "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles");
    while (true) {
        const auto row = query.step();
        if (!row || !*row) return tiles;
        const std::int64_t north = (std::int64_t{1} << query.number(0)) - 1 - query.number(2);
        tiles[name_of(query.number(0), query.number(1), north)] = query.text(3);
    }
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline Tiles tiles_of_folder(const std::filesystem::path& folder) {
    Tiles tiles;
    if (!std::filesystem::is_directory(folder)) return tiles;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".png") continue;
        const auto name = std::filesystem::relative(entry.path(), folder).replace_extension();
        tiles[name.string()] = bytes_of(entry.path());
    }
    return tiles;
}

}  // namespace relief::archive
