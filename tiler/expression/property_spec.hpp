#pragma once
// What a style property may be.

#include "tiler/expression/type.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::expression {

/// Source: MapLibre Style Specification v8, "type" and "expression" of each property.
struct PropertySpec {
    enum class Form : std::uint8_t {
        any,
        number,
        string,
        boolean,
        color,
        enumeration,
        array,
        formatted,
        padding,
        number_array,
        color_array,
        projection,
        image,
        anchor_offsets,
    };

    Form form = Form::any;
    Form item = Form::any;                                  ///< of an array
    std::optional<std::size_t> length{};                    ///< of an array
    std::shared_ptr<const nlohmann::json> default_value{};  ///< null: there is none
    std::vector<std::string> values{};  ///< of an enumeration, or of an array of them
    std::optional<double> minimum{};
    std::optional<double> maximum{};
    bool of_feature = true;    ///< may differ from feature to feature
    bool of_zoom = true;       ///< may differ from zoom to zoom
    bool interpolated = true;  ///< has values between values
    bool tokens = false;       ///< {name} in a text stands for the property

    bool has_default() const noexcept { return default_value != nullptr; }
};

/// "numberArray", "enum", "array"; `any` for a name that there is not.
PropertySpec::Form form_named(std::string_view name);
std::string_view name_of(PropertySpec::Form form);

/// What an expression for the property is to give; nothing when anything will do.
std::optional<Type> expected_type(const PropertySpec& spec);

}  // namespace relief::expression
