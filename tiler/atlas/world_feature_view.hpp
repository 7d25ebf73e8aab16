#pragma once
// A feature of a document, as expressions see it.

#include "tiler/atlas/geojson_features.hpp"
#include "tiler/expression/feature_view.hpp"
#include "tiler/symbology/tagged_values.hpp"

#include <optional>
#include <string_view>

namespace relief::atlas {

/// Looks at one feature after the other. The document outlives it.
class WorldFeatureView final : public expression::FeatureView {
public:
    explicit WorldFeatureView(const WorldFeatures& document) : document_(&document) {}

    void look_at(const WorldFeature& feature) noexcept { feature_ = &feature; }

    std::optional<expression::Value> property(const expression::PropertyKey& key) const override;
    expression::Value properties(expression::Scratch& scratch) const override;
    /// Null for id 0, which features without one have.
    expression::Value id() const override;
    std::string_view geometry_type() const override;

private:
    symbology::TaggedValues values() const;

    const WorldFeatures* document_;
    const WorldFeature* feature_ = nullptr;
};

}  // namespace relief::atlas
