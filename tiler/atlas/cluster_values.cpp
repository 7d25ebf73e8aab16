#include "tiler/atlas/cluster_values.hpp"

#include <algorithm>

namespace relief::atlas {
namespace {

using expression::Kind;
using expression::Value;

std::optional<AttributeValue> kept(const Value& value) {
    if (value.is(Kind::number)) return value.as_number();
    if (value.is(Kind::boolean)) return value.as_boolean();
    if (value.is(Kind::string)) return std::string(value.as_text());
    return std::nullopt;
}

/// What is added to a sum, as expressions see it: a point with the clusters' properties alone.
class SummandView final : public expression::FeatureView {
public:
    SummandView(const std::vector<std::string>& names, const ClusterValues& values)
        : names_(names), values_(values) {}

    std::optional<Value> property(const expression::PropertyKey& key) const override {
        const auto found = std::find(names_.begin(), names_.end(), key.name);
        if (found == names_.end()) return std::nullopt;
        const auto& value = values_[static_cast<std::size_t>(found - names_.begin())];
        return value ? std::optional(symbology::value_of(*value)) : std::nullopt;
    }
    Value properties(expression::Scratch& scratch) const override {
        const auto members = scratch.take<expression::Member>(names_.size());
        for (std::size_t i = 0; i < members.size(); ++i)
            members[i] = {names_[i], values_[i] ? symbology::value_of(*values_[i]) : Value()};
        return Value::object(members);
    }
    std::string_view geometry_type() const override { return "Point"; }

private:
    const std::vector<std::string>& names_;
    const ClusterValues& values_;
};

}  // namespace

ClusterSums::ClusterSums(const WorldFeatures& document,
                         const std::vector<stylesheet::ClusterProperty>& properties)
    : document_(document), properties_(properties) {
    for (const auto& property : properties) names_.push_back(property.name);
}

ClusterValues ClusterSums::of_feature(std::uint32_t feature) {
    WorldFeatureView view(document_);
    view.look_at(document_.features[feature]);
    expression::Evaluation with;
    with.scratch = &scratch_;
    with.feature = &view;
    ClusterValues values;
    values.reserve(properties_.size());
    for (const auto& property : properties_) {
        scratch_.clear();
        values.push_back(kept(property.of_feature.evaluate(with)));
    }
    return values;
}

void ClusterSums::add(ClusterValues& sum, const ClusterValues& next) {
    const SummandView view(names_, next);
    expression::Evaluation with;
    with.scratch = &scratch_;
    with.feature = &view;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
        scratch_.clear();
        with.accumulated = sum[i] ? symbology::value_of(*sum[i]) : Value();
        auto both = kept(properties_[i].together.evaluate(with));
        sum[i] = std::move(both);
    }
}

}  // namespace relief::atlas
