#include "tiler/expression/signature.hpp"

#include <nlohmann/json.hpp>

namespace relief::expression {
namespace {

class CallNode final : public Node {
public:
    CallNode(Facts facts, Value (*function)(const Call& call))
        : Node(std::move(facts)), function_(function) {}

    Value evaluate(const Run& run) const override { return function_(Call(*this, run)); }

private:
    Value (*function_)(const Call& call);
};

std::string shown(const Signature& signature) {
    std::string text;
    for (const Type& type : signature.types) {
        if (!text.empty()) text += ", ";
        text += type.name();
    }
    return "(" + text + (signature.repeated ? "...)" : ")");
}

bool takes(const Signature& signature, std::size_t count) {
    return signature.repeated || signature.types.size() == count;
}

/// Nothing after an error.
std::optional<std::vector<NodePointer>> parse_arguments(Parser& parser,
                                                        const Json& json,
                                                        const Signature& signature) {
    std::vector<NodePointer> arguments;
    for (std::size_t i = 1; i < json.size(); ++i) {
        const Type& type = signature.repeated ? signature.types[0] : signature.types[i - 1];
        NodePointer argument = parser.parse_child(json[i], i, {type});
        if (!argument) return std::nullopt;
        arguments.push_back(std::move(argument));
    }
    return arguments;
}

/// None of the signatures fits: says which there are and what was found.
NodePointer refuse(Parser& parser, const Json& json, const std::vector<Signature>& signatures) {
    std::string wanted;
    for (const Signature& signature : signatures)
        wanted += (wanted.empty() ? "" : " | ") + shown(signature);
    std::string found;
    for (std::size_t i = 1; i < json.size(); ++i) {
        const NodePointer argument = parser.parse_child(json[i], i, {});
        if (!argument) return nullptr;
        found += (found.empty() ? "" : ", ") + argument->type().name();
    }
    return parser.fail("Expected arguments of type " + wanted + ", but found (" + found +
                       ") instead.");
}

}  // namespace

NodePointer parse_call(Parser& parser, const Json& json, const Function& function) {
    std::vector<Signature> fitting;
    for (const Signature& signature : function.signatures)
        if (takes(signature, json.size() - 1)) fitting.push_back(signature);
    for (const Signature& signature : fitting) {
        const std::size_t errors = parser.errors().size();
        auto arguments = parse_arguments(parser, json, signature);
        if (arguments)
            return std::make_shared<CallNode>(Node::Facts{.type = function.result,
                                                          .key = parser.key(),
                                                          .children = std::move(*arguments),
                                                          .reads = function.reads,
                                                          .role = function.role},
                                              function.evaluate);
        if (fitting.size() == 1) return nullptr;
        parser.forget_errors(errors);
    }
    return refuse(parser, json, fitting.empty() ? function.signatures : fitting);
}

}  // namespace relief::expression
