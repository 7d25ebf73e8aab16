#pragma once
// The name of one Web Mercator tile that exists.

#include "tiler/core/result.hpp"

#include <cstdint>
#include <functional>

namespace relief {

/// The deepest zoom that Relief answers; a pixel there is 4 mm at the equator (256 px tiles).
inline constexpr std::uint32_t deepest_zoom = 24;

/// A tile that exists: column and row are below 2^zoom, for every instance, for ever.
class TileId {
public:
    struct Numbers {
        std::uint32_t zoom, column, row;
        bool operator==(const Numbers&) const = default;
    };

    /// Errors: not_found when the numbers name no tile; the message names the offending number.
    static Result<TileId> make(Numbers numbers);

    std::uint32_t zoom() const noexcept { return numbers_.zoom; }
    std::uint32_t column() const noexcept { return numbers_.column; }
    std::uint32_t row() const noexcept { return numbers_.row; }

    bool operator==(const TileId&) const = default;

private:
    explicit TileId(Numbers numbers) : numbers_(numbers) {}
    Numbers numbers_;
};

}  // namespace relief

template <>
struct std::hash<relief::TileId> {
    std::size_t operator()(const relief::TileId& tile) const noexcept {
        // column and row take 24 bits each, zoom 5: the packing is unique.
        return std::hash<std::uint64_t>{}((std::uint64_t{tile.zoom()} << 48U) |
                                          (std::uint64_t{tile.column()} << 24U) | tile.row());
    }
};
