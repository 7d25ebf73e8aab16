#include "tiler/pipeline/vector_budget.hpp"

#include "tiler/encode/mvt_writer.hpp"
#include "tiler/vector/thinning.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace relief::pipeline {
namespace {

/// Values that no feature has any more would fill the tile in place of features.
void drop_unused_values(FeatureTile& tile) {
    constexpr std::uint32_t unused = 0xFFFF'FFFFU;
    std::vector<std::uint32_t> numbers(tile.values.size(), unused);
    std::vector<AttributeValue> values;
    for (const TileFeature& feature : tile.features) {
        for (std::uint32_t i = 1; i < feature.tags; i += 2) {
            std::uint32_t& tag = tile.tags[feature.first_tag + i];
            std::uint32_t& number = numbers[tag];
            if (number == unused) {
                number = static_cast<std::uint32_t>(values.size());
                values.push_back(std::move(tile.values[tag]));
            }
            tag = number;
        }
    }
    tile.values = std::move(values);
}

/// The others keep their order.
void keep_heaviest(FeatureTile& tile, std::size_t most) {
    std::vector<std::size_t> numbers(tile.features.size());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    std::stable_sort(numbers.begin(), numbers.end(), [&](std::size_t a, std::size_t b) {
        return tile.features[a].weight > tile.features[b].weight;
    });
    numbers.resize(most);
    std::sort(numbers.begin(), numbers.end());
    std::vector<TileFeature> kept;
    kept.reserve(most);
    for (const std::size_t number : numbers) kept.push_back(tile.features[number]);
    tile.left_out += tile.features.size() - most;
    tile.features = std::move(kept);
    drop_unused_values(tile);
}

}  // namespace

Bytes encode_within_budget(FeatureTile& tile) {
    Bytes bytes = encode::encode_mvt(std::span(&tile, 1));
    while (bytes.size() > vector::tile_budget && tile.features.size() > 1) {
        const double share =
            0.9 * static_cast<double>(vector::tile_budget) / static_cast<double>(bytes.size());
        const double most = share * static_cast<double>(tile.features.size());
        keep_heaviest(tile, std::max<std::size_t>(1, static_cast<std::size_t>(most)));
        bytes = encode::encode_mvt(std::span(&tile, 1));
    }
    return bytes;
}

}  // namespace relief::pipeline
