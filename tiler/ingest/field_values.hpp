#pragma once
// The fields of a feature as OGR reads them, as attributes.

#include "tiler/core/features.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/ingest/findings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

class OGRFeature;
class OGRFeatureDefn;
class OGRLayer;

namespace relief::ingest {

/// Which fields become attributes, under names that are each there once.
struct FieldPlan {
    std::vector<int> fields;
    std::vector<AttributeDescription> attributes;
    std::vector<std::string> skipped;
    bool table = false;  ///< cells are texts, whatever the attributes' types
};

FieldPlan plan_fields(const OGRFeatureDefn& schema, std::string_view driver);

/// A table says nothing of types: its cells do, all of them.
void detect_types(OGRLayer& layer, FieldPlan& plan);

/// One for each attribute of the plan; what had to be mended is counted.
std::vector<std::optional<AttributeValue>> values_of(const OGRFeature& feature,
                                                     const FieldPlan& plan,
                                                     Findings& findings);

}  // namespace relief::ingest
