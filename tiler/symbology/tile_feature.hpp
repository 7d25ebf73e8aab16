#pragma once
// A feature of a tile, as expressions see it.

#include "tiler/core/features.hpp"
#include "tiler/expression/feature_view.hpp"
#include "tiler/symbology/tagged_values.hpp"

#include <cstdint>
#include <vector>

namespace relief::symbology {

/// Which key of a tile each property is that a style asks for: found once for all its features.
class TileKeys {
public:
    TileKeys(const FeatureTile& tile, const expression::PropertyKeys& asked);

    /// TaggedValues::no_key when the tile has no such property.
    std::uint32_t key_of(const expression::PropertyKey& property) const noexcept;
    const FeatureTile& tile() const noexcept { return *tile_; }

private:
    const FeatureTile* tile_;
    std::vector<std::uint32_t> keys_;  ///< by the number of the property
};

/// Looks at one feature after the other. The tile and its keys outlive it.
class TileFeatureView final : public expression::FeatureView {
public:
    explicit TileFeatureView(const TileKeys& keys) noexcept : keys_(&keys) {}

    void look_at(const TileFeature& feature) noexcept { feature_ = &feature; }

    std::optional<expression::Value> property(const expression::PropertyKey& key) const override;
    expression::Value properties(expression::Scratch& scratch) const override;
    /// Null for id 0, which features without one have.
    expression::Value id() const override;
    std::string_view geometry_type() const override;
    std::optional<expression::TileGeometry> geometry(expression::Scratch& scratch) const override;

private:
    TaggedValues values() const;

    const TileKeys* keys_;
    const TileFeature* feature_ = nullptr;
};

}  // namespace relief::symbology
