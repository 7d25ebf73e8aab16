#pragma once
// A feature that is written as JSON.

#include "tiler/core/tile_id.hpp"
#include "tiler/expression/feature_view.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace relief::expression {

/// Looks at {"properties", "geometry", "id"}; a GeoJSON feature is such JSON.
class JsonFeature final : public FeatureView {
public:
    /// The geometry is given in the tile; without tile only its type is known.
    JsonFeature(const nlohmann::json& feature, const std::optional<TileId>& tile);

    std::optional<Value> property(const PropertyKey& key) const override;
    Value properties(Scratch& scratch) const override;
    Value id() const override { return id_; }
    std::string_view geometry_type() const override { return type_; }
    std::optional<TileGeometry> geometry(Scratch& scratch) const override;

private:
    void place(const nlohmann::json& geometry, const TileId& tile);

    Scratch kept_;
    Value properties_;
    Value id_;
    std::string type_;
    bool placed_ = false;
    std::vector<Position> positions_;
    std::vector<TilePath> paths_;
};

}  // namespace relief::expression
