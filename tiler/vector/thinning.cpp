#include "tiler/vector/thinning.hpp"

#include "tiler/vector/shape.hpp"

#include <algorithm>
#include <utility>

namespace relief::vector {
namespace {

/// Estimates are off by a fifth at most where they were compared with real tiles.
constexpr std::size_t estimated_budget = tile_budget * 4 / 5;
/// A command, a point and the way to it.
constexpr std::size_t bytes_of_feature = 14;
constexpr std::size_t bytes_of_point = 3;
/// A larger shape is spread over several tiles.
constexpr std::size_t most_points_of_tile = 4096;

}  // namespace

std::size_t Thinning::bytes_of(const DraftShape& shape) const {
    return bytes_of_feature + row_bytes_[shape.feature] +
           bytes_of_point * std::min<std::size_t>(shape.points, most_points_of_tile);
}

std::uint32_t Thinning::thin_tile(const Run& run, std::uint32_t zoom) {
    Run shown_shapes;
    std::size_t bytes = 0;
    for (const DraftShape* shape : run) {
        if (!shown(*shape)) continue;
        shown_shapes.push_back(shape);
        bytes += bytes_of(*shape);
    }
    if (bytes <= estimated_budget) return 0;
    std::stable_sort(shown_shapes.begin(), shown_shapes.end(), [](const auto* a, const auto* b) {
        return a->weight > b->weight;
    });
    std::size_t kept = 0;
    std::uint32_t gone = 0;
    for (const DraftShape* shape : shown_shapes) {
        kept += bytes_of(*shape);
        if (kept <= estimated_budget) continue;
        first_zooms_[shape->feature] = static_cast<std::uint8_t>(zoom + 1);
        ++gone;
    }
    return gone;
}

void Thinning::thin(const LevelDraft& level, std::uint32_t zoom) {
    decltype(left_out_) here;
    for (const auto& [tile, count] : left_out_) here[{tile.first / 2, tile.second / 2}] += count;
    const auto step = [&](std::uint32_t at) { return zoom == 0 ? 0U : at >> (world_bits - zoom); };
    const auto tile_of = [&](const DraftShape& shape) {
        return std::pair(step(shape.middle_y), step(shape.middle_x));
    };
    Run run;
    const auto close = [&] {
        if (run.empty()) return;
        if (const std::uint32_t gone = thin_tile(run, zoom); gone != 0)
            here[tile_of(*run.front())] += gone;
        run.clear();
    };
    // On the Hilbert curve the places of a tile come one after the other.
    for (const DraftShape& shape : level.shapes) {
        if (!run.empty() && tile_of(*run.front()) != tile_of(shape)) close();
        run.push_back(&shape);
    }
    close();
    for (const auto& [tile, count] : here) tiles_.push_back({zoom, tile.first, tile.second, count});
    if (!here.empty()) whole_from_ = std::max(whole_from_, zoom + 1);
    left_out_ = std::move(here);
}

}  // namespace relief::vector
