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
    return symbology::id_value(feature_->id);
}

std::string_view WorldFeatureView::geometry_type() const {
    return symbology::geometry_name(feature_->kind);
}

}  // namespace relief::atlas
