#pragma once
// A package's description and tiles as the tests of this room use them.

#include "tiler/archive/export_tiles.hpp"
#include "tiler/archive/package.hpp"
#include "tiler/encode/gzip.hpp"
#include "tiler/workspace/database.hpp"

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

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

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
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

/// A reader of PMTiles that shares nothing with the writer but gunzip: numbers are made to places
/// and not places to numbers. Source: PMTiles specification 3.4.
class PmtilesFile {
public:
    explicit PmtilesFile(const std::filesystem::path& file) : bytes_(bytes_of(file)) {}

    Tiles tiles() const {
        Tiles tiles;
        if (bytes_.size() >= 127 && bytes_.starts_with("PMTiles\x03"))
            add(plain(number_at(8), number_at(16)), tiles);
        return tiles;
    }
    std::uint64_t number_at(std::size_t place) const {
        std::uint64_t number = 0;
        std::memcpy(&number, bytes_.data() + place, sizeof(number));
        return number;
    }
    std::string metadata() const { return plain(number_at(24), number_at(32)); }

private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as the format's header has them
    std::string plain(std::uint64_t offset, std::uint64_t length) const {
        const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes_.data()) + offset;
        const auto plain = encode::gunzipped({begin, length}, std::size_t{1} << 24U);
        return plain ? std::string(plain->begin(), plain->end()) : std::string();
    }
    static std::uint64_t varint(const std::string& text, std::size_t& at) {
        std::uint64_t number = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<std::uint8_t>(text.at(at++));
            number |= std::uint64_t{byte & 127U} << shift;
            if (byte < 128) return number;
        }
    }
    void add(const std::string& directory, Tiles& tiles) const {
        std::size_t at = 0;
        const std::uint64_t count = varint(directory, at);
        std::vector<std::array<std::uint64_t, 4>> entries(count);  // tile, run, length, offset
        std::uint64_t last = 0;
        for (auto& entry : entries) last = entry[0] = last + varint(directory, at);
        for (auto& entry : entries) entry[1] = varint(directory, at);
        for (auto& entry : entries) entry[2] = varint(directory, at);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const std::uint64_t offset = varint(directory, at);
            entries[i][3] = offset == 0 ? entries[i - 1][3] + entries[i - 1][2] : offset - 1;
        }
        for (const auto& [tile, run, length, offset] : entries) {
            if (run == 0) add(plain(number_at(40) + offset, length), tiles);
            for (std::uint64_t i = 0; i < run; ++i)
                tiles[place_of(tile + i)] = bytes_.substr(number_at(56) + offset, length);
        }
    }
    static std::string place_of(std::uint64_t number) {
        std::int64_t zoom = 0;
        for (; number >= std::uint64_t{1} << (2 * zoom); ++zoom)
            number -= std::uint64_t{1} << (2 * zoom);
        std::int64_t x = 0;
        std::int64_t y = 0;
        for (std::int64_t side = 1; side < std::int64_t{1} << zoom; side *= 2) {
            const std::int64_t east = static_cast<std::int64_t>(number / 2) & 1;
            const std::int64_t south = (static_cast<std::int64_t>(number) ^ east) & 1;
            if (south == 0) {
                if (east == 1) {
                    x = side - 1 - x;
                    y = side - 1 - y;
                }
                std::swap(x, y);
            }
            x += side * east;
            y += side * south;
            number /= 4;
        }
        return name_of(zoom, x, y);
    }

    std::string bytes_;
};

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
