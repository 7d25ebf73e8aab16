#pragma once
// Operations whose arguments have fixed types: most of the language.

#include "tiler/expression/grammar.hpp"

#include <initializer_list>
#include <span>

namespace relief::expression {

/// An operation that is being evaluated.
class Call {
public:
    Call(const Node& node, const Run& run) : node_(&node), run_(&run) {}

    std::size_t count() const noexcept { return node_->children().size(); }
    Value argument(std::size_t index) const { return node_->children()[index]->evaluate(*run_); }
    const Evaluation& with() const noexcept { return run_->with; }
    Scratch& scratch() const noexcept { return run_->scratch(); }
    /// The text kept, as a value.
    Value keep(std::string_view text) const { return run_->keep(*node_, text); }
    Value out_of_room() const { return run_->out_of_room(node_->key()); }
    template <typename Say>
    Value fail(const Say& say) const {
        return run_->fail(node_->key(), say);
    }

private:
    const Node* node_;
    const Run* run_;
};

/// The types of the arguments: so many, or any number of one type.
struct Signature {
    std::vector<Type> types;
    bool repeated = false;  ///< any number of the one type
};

struct Function {
    Type result;
    std::vector<Signature> signatures;
    Value (*evaluate)(const Call& call);
    std::uint32_t reads = reads_nothing;
    Node::Role role = Node::Role::ordinary;
};

/// Parses an operation of the function. Null after an error.
NodePointer parse_call(Parser& parser, const Json& json, const Function& function);

}  // namespace relief::expression
