#pragma once
// Values of one band stretched to levels 0 to 255, and weights to alpha.

#include "tiler/core/grid.hpp"
#include "tiler/style/raster_style.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace relief::render {

/// Levels 0 to 255, one a cell. A band that holds them already is looked at, not copied, so the
/// band must outlive this.
class Levels {
public:
    explicit Levels(std::span<const std::uint8_t> cells) : cells_(cells) {}
    explicit Levels(std::vector<std::uint8_t> own) : own_(std::move(own)), cells_(own_) {}
    Levels(const Levels&) = delete;
    Levels& operator=(const Levels&) = delete;
    Levels(Levels&&) noexcept = default;
    Levels& operator=(Levels&&) noexcept = default;
    ~Levels() = default;

    std::span<const std::uint8_t> cells() const noexcept { return cells_; }
    std::vector<std::uint8_t> take() && {
        if (own_.empty()) return {cells_.begin(), cells_.end()};
        return std::move(own_);
    }

private:
    std::vector<std::uint8_t> own_;
    std::span<const std::uint8_t> cells_;
};

/// 255·(v − low)/(high − low) to the nearest level; outside values get the nearer end, never a
/// wrapped one. low == high is a threshold: below it 0, else 255. NaN gives any level.
Levels levels_of(const BandValues& band, const style::Rescale& rescale);

/// Alpha 0 to 255 of each cell: its weight, and 0 where an output is NaN.
/// Shape: empty when every cell is opaque.
std::vector<std::uint8_t> alpha_of(const Grid& grid, std::span<const BandValues> outputs);

/// level·alpha/255 to the nearest: a premultiplied level, never above alpha.
constexpr std::uint8_t premultiplied(std::uint8_t level, std::uint8_t alpha) noexcept {
    // (t + t/256)/256 with t = product + 128 equals the rounded quotient by 255 for every pair of
    // bytes, and stays in 16 bits, eight to a register.
    const auto t = static_cast<std::uint16_t>(level * alpha + 128);
    return static_cast<std::uint8_t>(static_cast<std::uint16_t>(t + (t >> 8U)) >> 8U);
}

}  // namespace relief::render
