#include "tiler/expression/property_spec.hpp"

#include "tiler/core/enum_names.hpp"

namespace relief::expression {
namespace {

constexpr EnumNames<14> form_names{"*",
                                   "number",
                                   "string",
                                   "boolean",
                                   "color",
                                   "enum",
                                   "array",
                                   "formatted",
                                   "padding",
                                   "numberArray",
                                   "colorArray",
                                   "projectionDefinition",
                                   "resolvedImage",
                                   "variableAnchorOffsetCollection"};

std::optional<Kind> kind_of(PropertySpec::Form form) {
    using Form = PropertySpec::Form;
    switch (form) {
        case Form::any: return std::nullopt;
        case Form::number: return Kind::number;
        case Form::string:
        case Form::enumeration: return Kind::string;
        case Form::boolean: return Kind::boolean;
        case Form::color: return Kind::color;
        case Form::array: return Kind::array;
        case Form::formatted: return Kind::formatted;
        case Form::padding: return Kind::padding;
        case Form::number_array: return Kind::number_array;
        case Form::color_array: return Kind::color_array;
        case Form::projection: return Kind::projection;
        case Form::image: return Kind::image;
        case Form::anchor_offsets: return Kind::anchor_offsets;
    }
    return std::nullopt;
}

}  // namespace

PropertySpec::Form form_named(std::string_view name) {
    return find_name<PropertySpec::Form>(form_names, name).value_or(PropertySpec::Form::any);
}

std::string_view name_of(PropertySpec::Form form) {
    return relief::name_of(form_names, form);
}

std::optional<Type> expected_type(const PropertySpec& spec) {
    const auto kind = kind_of(spec.form);
    if (!kind) return std::nullopt;
    if (*kind != Kind::array) return Type(*kind);
    return Type::array(kind_of(spec.item).value_or(Kind::value), spec.length);
}

}  // namespace relief::expression
