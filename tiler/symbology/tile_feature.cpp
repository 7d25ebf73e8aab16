#include "tiler/symbology/tile_feature.hpp"

namespace relief::symbology {
using expression::Value;

TileKeys::TileKeys(const FeatureTile& tile, const expression::PropertyKeys& asked) : tile_(&tile) {
    keys_.reserve(asked.names().size());
    for (const std::string& name : asked.names()) keys_.push_back(key_named(tile.keys, name));
}

std::uint32_t TileKeys::key_of(const expression::PropertyKey& property) const noexcept {
    if (property.number < keys_.size()) return keys_[property.number];
    return key_named(tile_->keys, property.name);
}

TaggedValues TileFeatureView::values() const {
    const FeatureTile& tile = keys_->tile();
    return {tile.keys, tile.values, {tile.tags.data() + feature_->first_tag, feature_->tags}};
}

std::optional<Value> TileFeatureView::property(const expression::PropertyKey& key) const {
    const std::uint32_t wanted = keys_->key_of(key);
    return wanted == TaggedValues::no_key ? std::nullopt : values().of(wanted);
}

Value TileFeatureView::properties(expression::Scratch& scratch) const {
    return values().all(scratch);
}

Value TileFeatureView::id() const {
    return id_value(feature_->id);
}

std::string_view TileFeatureView::geometry_type() const {
    return geometry_name(feature_->kind);
}

std::optional<expression::TileGeometry> TileFeatureView::geometry(
    expression::Scratch& scratch) const {
    const FeatureTile& tile = keys_->tile();
    const std::span<const TilePath> all(tile.paths.data() + feature_->first_path, feature_->paths);
    std::size_t count = 0;
    for (const TilePath& path : all) count += path.count;
    const auto positions = scratch.take<expression::Position>(count);
    const auto paths = scratch.take<TilePath>(all.size());
    if (positions.size() != count || paths.size() != all.size()) return std::nullopt;
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        paths[i] = {next, all[i].count};
        for (std::uint32_t point = 0; point < all[i].count; ++point) {
            const TilePoint& at = tile.points[all[i].first + point];
            positions[next++] = {static_cast<double>(at.x), static_cast<double>(at.y)};
        }
    }
    return expression::TileGeometry{positions, paths};
}

}  // namespace relief::symbology
