#include "tiler/archive/pmtiles_directory.hpp"

#include "tiler/encode/gzip.hpp"

#include <algorithm>
#include <span>

namespace relief::archive {
namespace {

constexpr std::size_t header_bytes = 127;
constexpr std::size_t most_root_bytes = 16384 - header_bytes;
constexpr std::size_t least_leaf = 4096;  ///< entries

using Entries = std::span<const PmtilesEntry>;

void append_varint(Bytes& bytes, std::uint64_t number) {
    constexpr std::uint64_t more = 0x80;
    for (; number >= more; number >>= 7U)
        bytes.push_back(static_cast<std::uint8_t>((number & (more - 1)) | more));
    bytes.push_back(static_cast<std::uint8_t>(number));
}

/// Column by column; an offset that follows from the entry before is 0, others are one more.
Bytes packed(Entries entries) {
    Bytes bytes;
    append_varint(bytes, entries.size());
    std::uint64_t last = 0;
    for (const PmtilesEntry& entry : entries) {
        append_varint(bytes, entry.tile - last);
        last = entry.tile;
    }
    for (const PmtilesEntry& entry : entries) append_varint(bytes, entry.run);
    for (const PmtilesEntry& entry : entries) append_varint(bytes, entry.length);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool follows =
            i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        append_varint(bytes, follows ? 0 : entries[i].offset + 1);
    }
    return encode::gzipped(bytes);
}

PmtilesDirectories with_leaves(Entries entries, std::size_t size) {
    PmtilesDirectories directories;
    std::vector<PmtilesEntry> root;
    for (std::size_t first = 0; first < entries.size(); first += size) {
        const Entries part = entries.subspan(first, std::min(size, entries.size() - first));
        const Bytes leaf = packed(part);
        root.push_back({part.front().tile,
                        directories.leaves.size(),
                        static_cast<std::uint32_t>(leaf.size()),
                        0});
        directories.leaves.insert(directories.leaves.end(), leaf.begin(), leaf.end());
    }
    directories.root = packed(root);
    return directories;
}

}  // namespace

std::uint64_t pmtiles_number(const TileId& tile) noexcept {
    const std::uint64_t before = ((std::uint64_t{1} << (2 * tile.zoom())) - 1) / 3;
    std::uint64_t x = tile.column();
    std::uint64_t y = tile.row();
    std::uint64_t number = 0;
    for (std::uint64_t side = (std::uint64_t{1} << tile.zoom()) / 2; side > 0; side /= 2) {
        const std::uint64_t east = (x & side) != 0 ? 1 : 0;
        const std::uint64_t south = (y & side) != 0 ? 1 : 0;
        number += side * side * ((3 * east) ^ south);
        x &= side - 1;
        y &= side - 1;
        if (south != 0) continue;
        if (east != 0) {
            x = side - 1 - x;
            y = side - 1 - y;
        }
        std::swap(x, y);
    }
    return before + number;
}

PmtilesDirectories pmtiles_directories(const std::vector<PmtilesEntry>& entries) {
    PmtilesDirectories directories{packed(entries), {}};
    for (std::size_t size = least_leaf; directories.root.size() > most_root_bytes; size *= 2)
        directories = with_leaves(entries, size);
    return directories;
}

}  // namespace relief::archive
