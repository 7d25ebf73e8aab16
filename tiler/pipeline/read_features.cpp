#include "tiler/pipeline/read_features.hpp"

#include "tiler/vector/tile_features.hpp"

#include <algorithm>

namespace relief::pipeline {
namespace {

/// Numbers of the attributes that are asked for and there.
std::vector<std::size_t> attributes_named(const std::vector<AttributeDescription>& attributes,
                                          const std::vector<std::string>& names) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < attributes.size(); ++i)
        if (std::find(names.begin(), names.end(), attributes[i].name) != names.end())
            numbers.push_back(i);
    return numbers;
}

}  // namespace

Result<FeatureTile> read_features(vector::IndexPool& indexes,
                                  const VectorPart& part,
                                  const FeatureOrder& order) {
    const auto index = indexes.open({part.observation->file, part.observation->version});
    if (!index) return index.error();
    vector::TileWish wish{part.name, std::nullopt, order.deadline};
    wish.window = order.window;
    wish.wanted = wanted_by(part.choice, **index, order.tile.zoom());
    if (order.fields) wish.attributes = attributes_named((*index)->attributes(), *order.fields);
    if (part.choice.aggregate)
        return vector::aggregated_features(**index, order.tile, wish, *part.choice.aggregate);
    return vector::tile_features(**index, order.tile, wish);
}

}  // namespace relief::pipeline
