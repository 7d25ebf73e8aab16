#include "tiler/pipeline/make_vector_tile.hpp"

#include "tiler/encode/mvt_writer.hpp"
#include "tiler/vector/thinning.hpp"
#include "tiler/vector/tile_features.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace relief::pipeline {
namespace {

using SteadyClock = std::chrono::steady_clock;

double milliseconds_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

/// Numbers of the attributes that are asked for and there.
std::vector<std::size_t> attributes_named(const std::vector<AttributeDescription>& attributes,
                                          const std::vector<std::string>& names) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < attributes.size(); ++i)
        if (std::find(names.begin(), names.end(), attributes[i].name) != names.end())
            numbers.push_back(i);
    return numbers;
}

Result<FeatureTile> read_part(vector::IndexPool& indexes,
                              const VectorTileOrder& order,
                              const VectorPart& part) {
    const auto index = indexes.open({part.observation->file, part.observation->version});
    if (!index) return index.error();
    vector::TileWish wish{part.name, std::nullopt, order.deadline};
    if (order.fields) wish.attributes = attributes_named((*index)->attributes(), *order.fields);
    return vector::tile_features(**index, order.tile, wish);
}

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

/// The index was thinned by an estimate: where a tile is larger after all, its lightest features
/// go. Areas that reach in from other tiles are its heaviest, so neighbours differ in small ones
/// only.
Bytes encode_within_budget(FeatureTile& tile) {
    Bytes bytes = encode::encode_mvt(std::span(&tile, 1));
    while (bytes.size() > vector::tile_budget && tile.features.size() > 1) {
        std::vector<double> weights;
        for (const TileFeature& feature : tile.features) weights.push_back(feature.weight);
        const double share =
            0.9 * static_cast<double>(vector::tile_budget) / static_cast<double>(bytes.size());
        const auto kept = static_cast<std::size_t>(share * static_cast<double>(weights.size()));
        std::sort(weights.begin(), weights.end(), std::greater<>());
        const double least = weights[kept];
        const std::size_t before = tile.features.size();
        std::erase_if(tile.features,
                      [&](const TileFeature& feature) { return feature.weight <= least; });
        tile.left_out += before - tile.features.size();
        drop_unused_values(tile);
        bytes = encode::encode_mvt(std::span(&tile, 1));
    }
    return bytes;
}

}  // namespace

Result<EncodedVectorTile> make_vector_tile(vector::IndexPool& indexes,
                                           const VectorTileOrder& order) {
    EncodedVectorTile made;
    Bytes all;
    for (const VectorPart& part : order.parts) {
        const auto begin = SteadyClock::now();
        auto tile = read_part(indexes, order, part);
        if (!tile) return tile.error();
        made.read_ms += milliseconds_since(begin);
        const auto encoding = SteadyClock::now();
        // Layers of a tile are a repeated field: their messages stand one after the other.
        const Bytes bytes = encode_within_budget(*tile);
        all.insert(all.end(), bytes.begin(), bytes.end());
        made.encode_ms += milliseconds_since(encoding);
        made.features += tile->features.size();
        made.left_out += tile->left_out;
    }
    if (!all.empty()) made.bytes = std::make_shared<const Bytes>(std::move(all));
    return made;
}

}  // namespace relief::pipeline
