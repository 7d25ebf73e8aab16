#include "tiler/pipeline/make_vector_tile.hpp"

#include "tiler/pipeline/vector_budget.hpp"
#include "tiler/vector/tile_features.hpp"

#include <algorithm>
#include <chrono>
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

/// A feature of an index, as a filter asks for it. What cannot be read is not there.
class IndexRow final : public query::Row {
public:
    IndexRow(const vector::VectorIndex& index, std::uint32_t feature, GeometryKind kind)
        : index_(index), feature_(feature), kind_(kind) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        const std::uint32_t number = index_.value_number(feature_, attribute);
        if (number == 0) return std::nullopt;
        auto value = index_.value(number);
        return value ? std::optional(std::move(*value)) : std::nullopt;
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override { return index_.id_of(feature_); }

private:
    const vector::VectorIndex& index_;
    std::uint32_t feature_;
    GeometryKind kind_;
};

Result<FeatureTile> read_part(vector::IndexPool& indexes,
                              const VectorTileOrder& order,
                              const VectorPart& part) {
    const auto index = indexes.open({part.observation->file, part.observation->version});
    if (!index) return index.error();
    vector::TileWish wish{part.name, std::nullopt, order.deadline};
    if (part.filter)
        wish.wanted = [&](std::uint32_t feature, GeometryKind kind) {
            return part.filter->holds(IndexRow(**index, feature, kind), order.tile.zoom());
        };
    if (order.fields) wish.attributes = attributes_named((*index)->attributes(), *order.fields);
    return vector::tile_features(**index, order.tile, wish);
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
