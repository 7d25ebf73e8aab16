#pragma once
// The name of one encoded tile in every cache: all that changes its bytes.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace relief::cache {

/// Shape: `text` holds audience, layer, content versions, style key, tile, size and format; `hash`
/// is taken once.
class TileKey {
public:
    explicit TileKey(std::string text)
        : text_(std::move(text)), hash_(std::hash<std::string>{}(text_)) {}
    const std::string& text() const noexcept { return text_; }
    std::size_t hash() const noexcept { return hash_; }
    bool operator==(const TileKey& other) const noexcept {
        return hash_ == other.hash_ && text_ == other.text_;
    }

private:
    std::string text_;
    std::size_t hash_;
};

}  // namespace relief::cache

template <>
struct std::hash<relief::cache::TileKey> {
    std::size_t operator()(const relief::cache::TileKey& key) const noexcept { return key.hash(); }
};
