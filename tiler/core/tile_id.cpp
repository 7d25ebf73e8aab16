#include "tiler/core/tile_id.hpp"

#include <string>

namespace relief {

Result<TileId> TileId::make(Numbers numbers) {
    if (numbers.zoom > deepest_zoom) {
        return not_found("zoom " + std::to_string(numbers.zoom) +
                         " does not exist; zooms are 0 to " + std::to_string(deepest_zoom));
    }
    const std::uint32_t count = 1U << numbers.zoom;
    const auto outside = [&](const char* axis, std::uint32_t value) {
        return not_found("tile " + std::string(axis) + " " + std::to_string(value) +
                         " does not exist at zoom " + std::to_string(numbers.zoom) +
                         "; it is 0 to " + std::to_string(count - 1));
    };
    if (numbers.column >= count) return outside("x", numbers.column);
    if (numbers.row >= count) return outside("y", numbers.row);
    return TileId(numbers);
}

}  // namespace relief
