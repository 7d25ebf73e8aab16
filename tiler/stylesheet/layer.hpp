#pragma once
// A layer of a style: what is drawn, when, and how.

#include "tiler/stylesheet/layer_type.hpp"
#include "tiler/stylesheet/property.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace relief::stylesheet {

/// Immutable once read; used by any number of threads at once.
struct Layer {
    std::string id{};
    LayerType type = LayerType::background;
    std::string source{};        ///< empty: a background
    std::string source_layer{};  ///< of a vector source
    double minzoom = 0;          ///< drawn from here on
    double maxzoom = 24;         ///< and no more from here on
    std::optional<expression::Expression> filter{};
    std::optional<Property> visibility{};
    /// Layout and paint, those stated and those that hold by default; a property that has no
    /// default and is not stated is absent.
    std::map<std::string, Property, std::less<>> properties{};
    /// Names of the properties that the style states.
    std::vector<std::string> stated{};

    /// Null when the layer has no such property, or nothing is stated and there is no default.
    const Property* property(std::string_view name) const;
    /// Null for a property that is absent.
    expression::Value value(std::string_view name, const expression::Evaluation& with) const;
    bool is_visible(const expression::Evaluation& with) const;
    /// Whether the feature passes the filter. What cannot be told does not pass.
    bool takes(const expression::Evaluation& with) const;
};

}  // namespace relief::stylesheet
