#include "tiler/atlas/world_feature_view.hpp"

namespace relief::atlas {

using expression::Value;
using symbology::TaggedValues;

TaggedValues WorldFeatureView::values() const {
    return {document_->keys,
            document_->values,
            {document_->tags.data() + feature_->first_tag, feature_->tags}};
}

std::optional<Value> WorldFeatureView::property(const expression::PropertyKey& key) const {
    return values().of(symbology::key_named(document_->keys, key.name));
}

Value WorldFeatureView::properties(expression::Scratch& scratch) const {
    return values().all(scratch);
}

Value WorldFeatureView::id() const {
    return feature_->id == 0 ? Value() : Value::number(static_cast<double>(feature_->id));
}

std::string_view WorldFeatureView::geometry_type() const {
    switch (feature_->kind) {
        case GeometryKind::point: return "Point";
        case GeometryKind::line: return "LineString";
        case GeometryKind::area: return "Polygon";
    }
    return {};
}

}  // namespace relief::atlas
