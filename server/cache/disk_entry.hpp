#pragma once
// One tile as the bytes of a file, and back only if every byte is as it was written.

#include "server/cache/cached_tile.hpp"
#include "server/cache/tile_key.hpp"
#include "tiler/core/bytes.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relief::cache {

/// A larger file is not one of ours.
inline constexpr std::size_t largest_entry = std::size_t{64} << 20U;

/// 128-bit XXH3 of the key's text: stable over builds and restarts, unlike TileKey::hash().
struct EntryName {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    auto operator<=>(const EntryName&) const = default;
    /// The first byte: which of 256 folders holds the file.
    unsigned leaf() const noexcept { return static_cast<unsigned>(high >> 56U); }
    /// 32 hexadecimal digits and ".tile".
    std::string file() const;
    /// Nothing for any other text.
    static std::optional<EntryName> from_file(std::string_view text);
};

EntryName entry_name(const TileKey& key);

/// Shape: little-endian; magic, version, flags, lengths of key, media type, etag and body (4 bytes
/// each), time (8), then key, media type, etag, body, and 64-bit XXH3 of all before it.
/// Errors: nothing when it would be larger than largest_entry.
std::optional<Bytes> encode_entry(const TileKey& key, const CachedTile& tile);

/// Errors: nothing when a byte differs from what was written, when bytes are missing or added, or
/// when the entry is of another key.
std::optional<CachedTile> decode_entry(const Bytes& file, const TileKey& key);

}  // namespace relief::cache

template <>
struct std::hash<relief::cache::EntryName> {
    std::size_t operator()(const relief::cache::EntryName& name) const noexcept {
        return static_cast<std::size_t>(name.low);
    }
};
