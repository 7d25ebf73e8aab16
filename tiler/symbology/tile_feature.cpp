#include "tiler/symbology/tile_feature.hpp"

#include <algorithm>

namespace relief::symbology {
namespace {

using expression::Value;

Value value_of(const AttributeValue& value) {
    if (const auto* const truth = std::get_if<bool>(&value)) return Value::boolean(*truth);
    if (const auto* const whole = std::get_if<std::int64_t>(&value))
        return Value::number(static_cast<double>(*whole));
    if (const auto* const number = std::get_if<double>(&value)) return Value::number(*number);
    return Value::text(std::get<std::string>(value));
}

std::uint32_t key_named(const FeatureTile& tile, std::string_view name) noexcept {
    const auto found = std::find(tile.keys.begin(), tile.keys.end(), name);
    return found == tile.keys.end() ? TileKeys::none
                                    : static_cast<std::uint32_t>(found - tile.keys.begin());
}

}  // namespace

TileKeys::TileKeys(const FeatureTile& tile, const expression::PropertyKeys& asked) : tile_(&tile) {
    keys_.reserve(asked.names().size());
    for (const std::string& name : asked.names()) keys_.push_back(key_named(tile, name));
}

std::uint32_t TileKeys::key_of(const expression::PropertyKey& property) const noexcept {
    if (property.number < keys_.size()) return keys_[property.number];
    return key_named(*tile_, property.name);
}

std::optional<Value> TileFeatureView::property(const expression::PropertyKey& key) const {
    const std::uint32_t wanted = keys_->key_of(key);
    if (wanted == TileKeys::none) return std::nullopt;
    const FeatureTile& tile = keys_->tile();
    const std::uint32_t* const tags = tile.tags.data() + feature_->first_tag;
    for (std::uint32_t i = 0; i + 1 < feature_->tags; i += 2)
        if (tags[i] == wanted) return value_of(tile.values[tags[i + 1]]);
    return std::nullopt;
}

Value TileFeatureView::properties(expression::Scratch& scratch) const {
    const FeatureTile& tile = keys_->tile();
    const auto members = scratch.take<expression::Member>(feature_->tags / 2);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::size_t tag = feature_->first_tag + 2 * i;
        members[i] = {tile.keys[tile.tags[tag]], value_of(tile.values[tile.tags[tag + 1]])};
    }
    return Value::object(members);
}

Value TileFeatureView::id() const {
    return feature_->id == 0 ? Value() : Value::number(static_cast<double>(feature_->id));
}

std::string_view TileFeatureView::geometry_type() const {
    switch (feature_->kind) {
        case GeometryKind::point: return "Point";
        case GeometryKind::line: return "LineString";
        case GeometryKind::area: return "Polygon";
    }
    return {};
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
