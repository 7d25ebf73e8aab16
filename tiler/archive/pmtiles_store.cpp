#include "tiler/archive/pmtiles_store.hpp"

#include "tiler/archive/file_moves.hpp"
#include "tiler/archive/pmtiles_directory.hpp"
#include "tiler/encode/gzip.hpp"
#include "tiler/workspace/database.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <unordered_map>
#include <utility>
#include <vector>

namespace relief::archive {
namespace {

using workspace::Connection;
using workspace::Statement;

constexpr std::array<char, 7> pmtiles_magic{'P', 'M', 'T', 'i', 'l', 'e', 's'};
constexpr std::uint8_t pmtiles_version = 3;
constexpr std::size_t pmtiles_header_bytes = 127;
constexpr std::uint8_t no_compression = 1;
constexpr std::uint8_t gzip_compression = 2;

std::uint8_t tile_type_of(const std::string& extension) noexcept {
    if (extension == "pbf") return 1;
    if (extension == "png") return 2;
    return extension == "jpg" ? 3 : 4;
}

/// Little-endian numbers, one after the other.
class HeaderWriter {
public:
    HeaderWriter() { bytes_.assign(pmtiles_magic.begin(), pmtiles_magic.end()); }

    template <typename Number>
    HeaderWriter& put(Number number) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + sizeof(Number));
        std::memcpy(bytes_.data() + at, &number, sizeof(Number));
        return *this;
    }
    /// Units: ten-millionths of a degree.
    HeaderWriter& place(double longitude, double latitude) {
        constexpr double parts = 1e7;
        return put(static_cast<std::int32_t>(std::lround(longitude * parts)))
            .put(static_cast<std::int32_t>(std::lround(latitude * parts)));
    }
    const Bytes& bytes() const noexcept { return bytes_; }

private:
    Bytes bytes_;
};

struct StoredTile {
    std::uint64_t number = 0;
    std::int64_t image = 0;  ///< row of the table
    std::uint32_t length = 0;
};

/// What the file holds, before a byte of it is written.
struct Plan {
    std::vector<PmtilesEntry> entries;
    std::vector<std::int64_t> images;  ///< rows, in the order in which they lie in the file
    std::uint64_t tiles = 0;
    std::uint64_t bytes = 0;
};

Result<std::vector<StoredTile>> tiles_in(const Connection& tables) {
    Statement query(tables,
                    "SELECT map.zoom_level, map.tile_column, map.tile_row, images.rowid, "
                    "length(images.tile_data) FROM map JOIN images USING(tile_id)");
    std::vector<StoredTile> tiles;
    for (auto row = query.step();; row = query.step()) {
        if (!row) return row.error();
        if (!*row) break;
        const auto zoom = static_cast<std::uint32_t>(query.number(0));
        const std::int64_t rows = std::int64_t{1} << std::min(zoom, 24U);
        const auto tile =
            TileId::make({.zoom = zoom,
                          .column = static_cast<std::uint32_t>(query.number(1)),
                          .row = static_cast<std::uint32_t>(rows - 1 - query.number(2))});
        if (!tile) return tile.error();
        tiles.push_back(
            {pmtiles_number(*tile), query.number(3), static_cast<std::uint32_t>(query.number(4))});
    }
    std::sort(tiles.begin(), tiles.end(), [](const auto& a, const auto& b) {
        return a.number < b.number;
    });
    return tiles;
}

Plan plan_of(const std::vector<StoredTile>& tiles) {
    Plan plan;
    plan.tiles = tiles.size();
    std::unordered_map<std::int64_t, std::uint64_t> offsets;
    for (const StoredTile& tile : tiles) {
        const auto [place, is_new] = offsets.try_emplace(tile.image, plan.bytes);
        if (is_new) {
            plan.images.push_back(tile.image);
            plan.bytes += tile.length;
        }
        auto& entries = plan.entries;
        const bool goes_on = !entries.empty() && entries.back().offset == place->second &&
                             entries.back().tile + entries.back().run == tile.number;
        if (goes_on)
            ++entries.back().run;
        else
            entries.push_back({tile.number, place->second, tile.length, 1});
    }
    return plan;
}

struct Parts {
    PmtilesDirectories directories;
    Bytes metadata;  ///< packed
};

Bytes header_of(const Plan& plan, const Parts& parts, const Description& description) {
    const std::uint64_t root = pmtiles_header_bytes;
    const std::uint64_t metadata = root + parts.directories.root.size();
    const std::uint64_t leaves = metadata + parts.metadata.size();
    const std::uint64_t data = leaves + parts.directories.leaves.size();
    const bool features = description.extension == "pbf";
    const LonLatBox& box = description.extent.bounds;
    const LonLat& centre = description.extent.centre;
    HeaderWriter header;
    header.put(pmtiles_version);
    for (const std::uint64_t number : {root,
                                       std::uint64_t{parts.directories.root.size()},
                                       metadata,
                                       std::uint64_t{parts.metadata.size()},
                                       leaves,
                                       std::uint64_t{parts.directories.leaves.size()},
                                       data,
                                       plan.bytes,
                                       plan.tiles,
                                       std::uint64_t{plan.entries.size()},
                                       std::uint64_t{plan.images.size()}})
        header.put(number);
    header
        .put(std::uint8_t{1})  // clustered
        .put(gzip_compression)
        .put(features ? gzip_compression : no_compression)
        .put(tile_type_of(description.extension))
        .put(static_cast<std::uint8_t>(description.zooms.lowest))
        .put(static_cast<std::uint8_t>(description.zooms.highest))
        .place(box.west, box.south)
        .place(box.east, box.north)
        .put(static_cast<std::uint8_t>(
            std::min(description.zooms.highest, description.zooms.lowest + 1)))
        .place(centre.longitude, centre.latitude);
    return header.bytes();
}

void write_bytes(std::ofstream& file, const Bytes& bytes) {
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

Result<void> write_images(std::ofstream& file, const Connection& tables, const Plan& plan) {
    Statement query(tables, "SELECT tile_data FROM images WHERE rowid=?");
    for (const std::int64_t image : plan.images) {
        const auto row = query.again().bind(image).step();
        if (!row) return row.error();
        const std::string bytes = query.text(0);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    return {};
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as a copy goes
Result<void> write_pmtiles(const std::filesystem::path& from,
                           const std::filesystem::path& target,
                           const Description& description) {
    const auto tables = Connection::open(from, Connection::Mode::read, "the unfinished package");
    if (!tables) return tables.error();
    const auto tiles = tiles_in(*tables);
    if (!tiles) return tiles.error();
    const Plan plan = plan_of(*tiles);
    const std::string text = pmtiles_metadata(description);
    const Parts parts{
        pmtiles_directories(plan.entries),
        encode::gzipped({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})};
    std::ofstream file(target, std::ios::binary | std::ios::trunc);
    write_bytes(file, header_of(plan, parts, description));
    write_bytes(file, parts.directories.root);
    write_bytes(file, parts.metadata);
    write_bytes(file, parts.directories.leaves);
    if (auto written = write_images(file, *tables, plan); !written) return written;
    file.close();
    if (!file) return write_failure(errno, "the package cannot be written");
    return {};
}

/// Whatever ends it, the tables are there until the file is, under its name and on the disk.
Result<void> appear(const PackagePlaces& places, const Description& description) {
    const std::filesystem::path whole = places.unfinished.string() + "-whole";
    std::error_code ignored;
    auto written = write_pmtiles(places.unfinished, whole, description);
    if (written) {
        auto folder = open_folder(whole.parent_path());
        written = folder ? sync_file_system(*folder) : Result<void>(folder.error());
    }
    if (written) written = publish(whole, places.finished);
    if (!written) std::filesystem::remove(whole, ignored);
    if (written) std::filesystem::remove(places.unfinished, ignored);
    return written;
}

}  // namespace

Result<std::unique_ptr<TileStore>> open_pmtiles(const PackagePlaces& places,
                                                const Description& description) {
    return open_tile_tables(places, description, appear);
}

std::optional<std::string> order_in_pmtiles(const std::filesystem::path& file) {
    constexpr std::size_t most_metadata = std::size_t{4} << 20U;
    constexpr std::size_t metadata_place = 24;
    Bytes header(pmtiles_header_bytes);
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(header.data()),
                static_cast<std::streamsize>(header.size()));
    if (!stream || !std::equal(pmtiles_magic.begin(), pmtiles_magic.end(), header.begin()))
        return std::nullopt;
    std::array<std::uint64_t, 2> place{};
    std::memcpy(place.data(), header.data() + metadata_place, sizeof(place));
    if (place[1] > most_metadata) return std::nullopt;
    Bytes packed(place[1]);
    stream.seekg(static_cast<std::streamoff>(place[0]));
    stream.read(reinterpret_cast<char*>(packed.data()),
                static_cast<std::streamsize>(packed.size()));
    if (!stream) return std::nullopt;
    const auto text = encode::gunzipped(packed, most_metadata);
    if (!text) return std::nullopt;
    return order_in({reinterpret_cast<const char*>(text->data()), text->size()});
}

}  // namespace relief::archive
