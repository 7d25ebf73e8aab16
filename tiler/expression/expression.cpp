#include "tiler/expression/expression.hpp"

#include "tiler/expression/curve.hpp"
#include "tiler/expression/filter_writing.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/legacy_filter.hpp"
#include "tiler/expression/legacy_function.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace relief::expression {
namespace {

constexpr std::size_t slots_at_hand = 8;

/// The one curve over the zoom in a tree, or why there cannot be one.
struct ZoomCurve {
    const Node* curve = nullptr;
    const char* problem = nullptr;
    bool found() const { return curve != nullptr || problem != nullptr; }
};

constexpr const char* only_on_top =
    R"("zoom" expression may only be used as input to a top-level "step" or "interpolate" expression.)";
constexpr const char* only_one =
    R"(Only one zoom-based "step" or "interpolate" subexpression may be used in an expression.)";

ZoomCurve find_zoom_curve(const Node& node);

/// The curve that a part may hand on as its own.
ZoomCurve handed_on(const Node& node, const std::vector<ZoomCurve>& parts) {
    switch (node.role()) {
        case Node::Role::let: return parts.back();
        case Node::Role::coalesce: {
            const auto found = std::find_if(
                parts.begin(), parts.end(), [](const ZoomCurve& part) { return part.found(); });
            return found == parts.end() ? ZoomCurve{} : *found;
        }
        case Node::Role::step:
        case Node::Role::interpolate: return {&node, nullptr};
        default: return {};
    }
}

ZoomCurve find_zoom_curve(const Node& node) {
    std::vector<ZoomCurve> parts;
    for (const NodePointer& part : node.children()) parts.push_back(find_zoom_curve(*part));
    ZoomCurve result = handed_on(node, parts);
    for (const ZoomCurve& part : parts) {
        if (result.problem != nullptr) return result;
        if (part.problem != nullptr)
            result = part;
        else if (part.curve != nullptr && result.curve == nullptr)
            result = {nullptr, only_on_top};
        else if (part.curve != nullptr && part.curve != result.curve)
            result = {nullptr, only_one};
    }
    return result;
}

std::vector<double> stops_of_curve(const Node* curve) {
    const auto* const stops = dynamic_cast<const Curve*>(curve);
    return stops == nullptr ? std::vector<double>{} : stops->stops();
}

/// What is wrong with the expression for the property; null when nothing is.
const char* unfit_for(const PropertySpec& spec, const Node& root, const ZoomCurve& curve) {
    if ((root.reads() & reads_feature) != 0 && !spec.of_feature)
        return "data expressions not supported";
    const bool of_zoom = (root.reads() & reads_zoom) != 0;
    if (of_zoom && !spec.of_zoom) return "zoom expressions not supported";
    if (of_zoom && !curve.found()) return only_on_top;
    if (curve.problem != nullptr) return curve.problem;
    if (curve.curve != nullptr && curve.curve->role() == Node::Role::interpolate &&
        !spec.interpolated)
        return "\"interpolate\" expressions cannot be used with this property";
    return nullptr;
}

std::vector<ParseError> whole(const std::string& message) {
    return {{"", message}};
}

}  // namespace

Expression::Expression(Program program)
    : program_(std::make_shared<const Program>(std::move(program))) {}

Value Expression::evaluate(const Evaluation& with) const {
    if (program_->slots > 0) return evaluate_with_variables(with);
    return program_->root->evaluate(Run{with, nullptr});
}

Value Expression::evaluate_with_variables(const Evaluation& with) const {
    std::array<Value, slots_at_hand> at_hand;
    Value* slots = at_hand.data();
    if (program_->slots > slots_at_hand) {
        const auto room = with.scratch->take<Value>(program_->slots);
        slots = room.data();
        if (room.empty()) return Run{with, nullptr}.out_of_room("");
    }
    std::fill_n(slots, program_->slots, Value::unknown());
    return program_->root->evaluate(Run{with, slots});
}

Variation Expression::variation() const noexcept {
    if (is_zoom_constant())
        return is_feature_constant() ? Variation::constant : Variation::by_feature;
    return is_feature_constant() ? Variation::by_zoom : Variation::by_feature_and_zoom;
}

std::optional<Value> Expression::constant() const noexcept {
    const Value* const value = literal_value(*program_->root);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

Compiled compile(const Json& json, const PropertySpec& spec, PropertyKeys& keys) {
    if (json.is_object()) {
        const auto converted = converted_function(json, spec);
        if (!converted) return whole(converted.error().what);
        return compile(*converted, spec, keys);
    }
    Parser parser(keys);
    const bool text = spec.form == PropertySpec::Form::string;
    const NodePointer root = parser.parse(
        json, {expected_type(spec), text ? Annotation::convert : Annotation::as_usual});
    if (!root) return parser.take_errors();
    const ZoomCurve curve = find_zoom_curve(*root);
    if (const char* const problem = unfit_for(spec, *root, curve)) return whole(problem);
    return Expression(
        {root, parser.share_constants(), parser.slot_count(), stops_of_curve(curve.curve)});
}

Compiled compile_filter(const Json& json, PropertyKeys& keys, const ParseLimits& limits) {
    Parser parser(keys, limits);
    const NodePointer root = is_legacy_filter(json) ? parse_legacy_filter(parser, json)
                                                    : parser.parse(json, {Kind::boolean});
    if (!root) return parser.take_errors();
    return Expression({root, parser.share_constants(), parser.slot_count()});
}

bool is_expression(const Json& json) {
    if (json.is_object()) return true;
    return json.is_array() && !json.empty() && json[0].is_string() &&
           find_rule(json[0].get_ref<const std::string&>()) != nullptr;
}

}  // namespace relief::expression
