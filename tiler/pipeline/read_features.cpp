#include "tiler/pipeline/read_features.hpp"

#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/tile_features.hpp"
#include "tiler/vector/unit_grid.hpp"

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

/// Cells are counted from every point around them, in full detail.
FeatureReach reach_of(const VectorPart& part, const FeatureOrder& order) {
    if (part.choice.aggregate)
        return {vector::aggregate_reach(order.tile, *part.choice.aggregate),
                deepest_zoom,
                order.tile.zoom(),
                part.choice,
                order.fields,
                order.deadline};
    const TileWindow& window = order.window;
    return {vector::UnitGrid(order.tile)
                .steps_of({window.left, window.top, window.right, window.bottom}),
            order.tile.zoom(),
            order.tile.zoom(),
            part.choice,
            order.fields,
            order.deadline,
            order.labels};
}

}  // namespace

Result<FeatureTile> read_features(FeatureSources& sources,
                                  const VectorPart& part,
                                  const FeatureOrder& order) {
    const auto opened = sources.open(*part.observation, reach_of(part, order));
    if (!opened) return opened.error();
    const vector::VectorIndex& index = *opened->index;
    vector::TileWish wish{part.name, std::nullopt, order.deadline};
    wish.window = order.window;
    wish.labels = order.labels;
    wish.wanted = wanted_by(opened->choice, index, order.tile.zoom());
    if (order.fields) wish.attributes = attributes_named(index.attributes(), *order.fields);
    if (opened->choice.aggregate)
        return vector::aggregated_features(index, order.tile, wish, *opened->choice.aggregate);
    auto tile = vector::tile_features(index, order.tile, wish);
    if (tile) tile->left_out += opened->left_out;
    return tile;
}

}  // namespace relief::pipeline
