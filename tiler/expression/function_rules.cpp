// The rules of all functions, and get and has, which look up a property by number.

#include "tiler/expression/functions.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace relief::expression {
namespace {

Value found_in_object(const Call& call) {
    const Value name = call.argument(0);
    if (name.failed()) return name;
    const Value object = call.argument(1);
    if (object.failed()) return object;
    const Value* const member = find_member(object, name.as_text());
    return member == nullptr ? Value() : *member;
}

Value stands_in_object(const Call& call) {
    const Value name = call.argument(0);
    if (name.failed()) return name;
    const Value object = call.argument(1);
    if (object.failed()) return object;
    return Value::boolean(find_member(object, name.as_text()) != nullptr);
}

std::optional<Value> property_of(const Run& run, const PropertyKey& key) {
    if (run.with.feature == nullptr) return std::nullopt;
    return run.with.feature->property(key);
}

/// A property whose name is known: the common case.
class Property final : public Node {
public:
    Property(Facts facts, const PropertyKey& name)
        : Node(std::move(facts)), text_(name.name), number_(name.number) {}

    Value evaluate(const Run& run) const override {
        const auto value = property_of(run, {number_, text_});
        if (type().is(Kind::boolean)) return Value::boolean(value.has_value());
        return value.value_or(Value());
    }

private:
    std::string text_;
    std::uint32_t number_;
};

Value named_property(const Call& call) {
    const Value name = call.argument(0);
    if (name.failed() || call.with().feature == nullptr) return name.failed() ? name : Value();
    return call.with()
        .feature->property({PropertyKey::unnumbered, name.as_text()})
        .value_or(Value());
}

Value has_named_property(const Call& call) {
    const Value name = call.argument(0);
    if (name.failed()) return name;
    const FeatureView* const feature = call.with().feature;
    return Value::boolean(feature != nullptr &&
                          feature->property({PropertyKey::unnumbered, name.as_text()}));
}

/// With one argument of the feature, with two of an object.
NodePointer parse_lookup(Parser& parser, const Json& json, const Type& type) {
    const bool is_get = type.is(Kind::value);
    if (json.size() == 2 && json[1].is_string()) {
        const auto& name = json[1].get_ref<const std::string&>();
        return std::make_shared<Property>(
            Node::Facts{.type = type, .key = parser.key(), .reads = reads_feature},
            PropertyKey{parser.keys().number_of(name), name});
    }
    const Signature of_feature{{Kind::string}};
    const Signature of_object{{Kind::string, Kind::object}};
    if (json.size() == 3)
        return parse_call(
            parser, json, {type, {of_object}, is_get ? found_in_object : stands_in_object});
    parser.keys().ask_for_any();
    if (json.size() == 2)
        return parse_call(
            parser,
            json,
            {type, {of_feature}, is_get ? named_property : has_named_property, reads_feature});
    return parse_call(parser, json, {type, {of_feature, of_object}, found_in_object});
}

NodePointer parse_get(Parser& parser, const Json& json) {
    return parse_lookup(parser, json, Kind::value);
}

NodePointer parse_has(Parser& parser, const Json& json) {
    return parse_lookup(parser, json, Kind::boolean);
}

using FunctionTable = std::map<std::string_view, Function>;

FunctionTable make_functions() {
    FunctionTable table;
    for (const auto& family : {number_functions(),
                               truth_functions(),
                               input_functions(),
                               text_functions(),
                               color_functions()})
        for (const NamedFunction& each : family) table.emplace(each.name, each.function);
    return table;
}

/// Never changes once made.
const FunctionTable& all_functions() {
    static const FunctionTable table = make_functions();
    return table;
}

NodePointer parse_properties(Parser& parser, const Json& json) {
    parser.keys().ask_for_any();
    return parse_call(parser, json, all_functions().at("properties"));
}

NodePointer parse_function(Parser& parser, const Json& json) {
    return parse_call(parser, json, all_functions().at(json[0].get_ref<const std::string&>()));
}

std::vector<Rule> make_function_rules() {
    std::vector<Rule> rules{{"get", parse_get}, {"has", parse_has}};
    for (const auto& [name, function] : all_functions())
        rules.push_back({name, name == "properties" ? parse_properties : parse_function});
    return rules;
}

}  // namespace

std::span<const Rule> function_rules() {
    static const std::vector<Rule> rules = make_function_rules();
    return rules;
}

}  // namespace relief::expression
