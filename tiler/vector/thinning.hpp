#pragma once
// Which features a tile does without when it would be too large.

#include "tiler/vector/index_format.hpp"
#include "tiler/vector/level_draft.hpp"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace relief::vector {

/// Bytes that a tile may have before it is compressed.
inline constexpr std::size_t tile_budget = 500'000;

/// The rule: a feature belongs to the tile of each zoom in which its middle lies. Where those of
/// one tile would need more than the budget, the largest areas, then the longest lines, then points
/// evenly along the Hilbert curve stay; the others are not shown at this zoom or any before it.
/// Since no tile decides for the middle of another, neighbours agree on what lies over their edge.
class Thinning {
public:
    /// `row_bytes`: what each feature's attributes need in a tile, about.
    explicit Thinning(const std::vector<std::uint32_t>& row_bytes)
        : row_bytes_(row_bytes), first_zooms_(row_bytes.size(), 0) {}

    /// Zooms come one by one, from the deepest to 0.
    void thin(const LevelDraft& level, std::uint32_t zoom);
    bool shown(const DraftShape& shape) const { return first_zooms_[shape.feature] == 0; }

    /// Of each feature, the zoom from which it is shown.
    const std::vector<std::uint8_t>& first_zooms() const noexcept { return first_zooms_; }
    /// In the order of the zooms given; by row and column within one.
    const std::vector<ThinnedTile>& tiles() const noexcept { return tiles_; }
    /// The first zoom at which nothing is left out.
    std::uint32_t whole_from() const noexcept { return whole_from_; }

private:
    using Run = std::vector<const DraftShape*>;
    /// How many features of the run go.
    std::uint32_t thin_tile(const Run& run, std::uint32_t zoom);
    std::size_t bytes_of(const DraftShape& shape) const;

    const std::vector<std::uint32_t>& row_bytes_;
    std::vector<std::uint8_t> first_zooms_;
    /// Left out of the tiles of the zoom looked at last, by row and column.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> left_out_;
    std::vector<ThinnedTile> tiles_;
    std::uint32_t whole_from_ = 0;
};

}  // namespace relief::vector
