#include "tiler/canvas/plane.hpp"

namespace relief::canvas {

void Coverage::erase(int row, Extent extent) noexcept {
    if (extent.from >= extent.to) return;
    std::uint8_t* const bytes = bytes_.data() + start_of(row);
    std::fill(bytes + extent.from, bytes + extent.to, std::uint8_t{0});
}

void Coverage::keep(int row, Extent extent) noexcept {
    Extent& known = extents_[static_cast<std::size_t>(row)];
    const Extent kept{std::max(known.from, extent.from), std::min(known.to, extent.to)};
    if (kept.from >= kept.to) {
        erase(row, known);
        known = {};
        return;
    }
    erase(row, {known.from, kept.from});
    erase(row, {kept.to, known.to});
    known = kept;
}

void Coverage::harden() noexcept {
    for (int y = top_; y < bottom_; ++y) {
        const Extent known = extents_[static_cast<std::size_t>(y)];
        std::uint8_t* const bytes = bytes_.data() + start_of(y);
        for (int x = known.from; x < known.to; ++x) bytes[x] = bytes[x] >= 128 ? 255 : 0;
    }
}

void Coverage::clear() noexcept {
    for (int y = top_; y < bottom_; ++y) {
        erase(y, extents_[static_cast<std::size_t>(y)]);
        extents_[static_cast<std::size_t>(y)] = {};
    }
    top_ = 0;
    bottom_ = 0;
}

}  // namespace relief::canvas
