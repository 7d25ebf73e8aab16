#include "tiler/expression/expression_case.hpp"

#include "tiler/expression/expression.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace relief::expression {
namespace {

class ListedImages final : public ImageNames {
public:
    explicit ListedImages(const Json& names) {
        for (const Json& name : names)
            if (name.is_string()) names_.insert(name.get<std::string>());
    }
    bool has(std::string_view name) const override { return names_.contains(name); }

private:
    std::set<std::string, std::less<>> names_;
};

/// The member, or null.
const Json& member_of(const Json& object, const char* name) {
    static const Json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_in(const Json& object, const char* name) {
    const Json& text = member_of(object, name);
    return text.is_string() ? text.get<std::string>() : "";
}

double number_in(const Json& object, const char* name, double otherwise) {
    const Json& number = member_of(object, name);
    return number.is_number() ? number.get<double>() : otherwise;
}

bool lists(const Json& list, const char* word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// The names of an object's members, or the texts of a list.
std::vector<std::string> words_of(const Json& values) {
    std::vector<std::string> words;
    for (const auto& [name, value] : values.items()) {
        if (values.is_object()) words.push_back(name);
        if (values.is_array() && value.is_string()) words.push_back(value.get<std::string>());
    }
    return words;
}

/// As in the specification's tests: what is left out is what allows most.
PropertySpec spec_of(const Json& json) {
    PropertySpec spec;
    spec.form = form_named(text_in(json, "type"));
    spec.item = form_named(text_in(json, "value"));
    const double length = number_in(json, "length", -1);
    if (length >= 0 && length < 1e6) spec.length = static_cast<std::size_t>(length);
    if (const Json& stated = member_of(json, "default"); !stated.is_null())
        spec.default_value = std::make_shared<const Json>(stated);
    if (member_of(json, "values").is_structured()) spec.values = words_of(json["values"]);
    spec.tokens = member_of(json, "tokens") == true;
    const std::string variation = text_in(json, "property-type");
    spec.of_feature =
        variation.empty() || variation == "data-driven" || variation == "cross-faded-data-driven";
    const Json& expression = member_of(json, "expression");
    if (expression.is_object()) {
        spec.of_zoom = lists(member_of(expression, "parameters"), "zoom");
        spec.interpolated = member_of(expression, "interpolated") == true;
    }
    return spec;
}

std::optional<TileId> tile_of(const Json& id) {
    const auto part = [&](const char* name) {
        return static_cast<std::uint32_t>(std::clamp(number_in(id, name, 0), 0.0, 4e9));
    };
    if (!id.is_object()) return std::nullopt;
    auto tile = TileId::make({.zoom = part("z"), .column = part("x"), .row = part("y")});
    return tile ? std::optional(*tile) : std::nullopt;
}

/// The input belongs to the test, which has the global state.
Json output_of(const Expression& expression, const Json& input, const Value& global_state) {
    const Json& globals = input.is_array() && !input.empty() ? input[0] : member_of(input, "");
    const Json& feature = input.is_array() && input.size() > 1 ? input[1] : member_of(input, "");
    Scratch scratch;
    Evaluation with;
    with.scratch = &scratch;
    with.explain = true;
    with.tile = tile_of(member_of(globals, "canonicalID"));
    const JsonFeature view(feature, with.tile);
    const ListedImages images(member_of(globals, "availableImages"));
    with.feature = &view;
    with.images = &images;
    with.zoom = number_in(globals, "zoom", with.zoom);
    with.heatmap_density = number_in(globals, "heatmapDensity", 0);
    with.line_progress = number_in(globals, "lineProgress", 0);
    with.elevation = number_in(globals, "elevation", 0);
    with.sky_radial_progress = number_in(globals, "skyRadialProgress", 0);
    const auto value = [&](const Json& json) { return value_of(json, scratch).value_or(Value()); };
    with.accumulated = value(member_of(globals, "accumulated"));
    with.feature_state = value(member_of(feature, "featureState"));
    with.global_state = global_state;
    const Value result = expression.evaluate(with);
    if (!result.failed()) return json_of(result);
    const Failure failure = result.as_failure();
    return {{"error",
             std::string(failure.key) + (failure.key.empty() ? "" : ": ") +
                 std::string(failure.message)}};
}

Json errors_of(const std::vector<ParseError>& errors) {
    Json list = Json::array();
    for (const ParseError& error : errors)
        list.push_back({{"key", error.key}, {"error", error.message}});
    return {{"compiled", {{"result", "error"}, {"errors", std::move(list)}}}};
}

}  // namespace

Json run_case(const Json& test) {
    PropertyKeys keys;
    const Compiled compiled =
        compile(member_of(test, "expression"), spec_of(member_of(test, "propertySpec")), keys);
    if (const auto* const errors = std::get_if<std::vector<ParseError>>(&compiled))
        return errors_of(*errors);
    const auto& expression = std::get<Expression>(compiled);
    Scratch kept;
    const Value state = value_of(member_of(test, "globalState"), kept).value_or(Value());
    Json outputs = Json::array();
    for (const Json& input : member_of(test, "inputs"))
        outputs.push_back(output_of(expression, input, state));
    return {{"compiled",
             {{"result", "success"},
              {"isFeatureConstant", expression.is_feature_constant()},
              {"isZoomConstant", expression.is_zoom_constant()},
              {"type", expression.type().name()}}},
            {"outputs", std::move(outputs)}};
}

}  // namespace relief::expression
