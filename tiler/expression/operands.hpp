#pragma once
// The operands of an operation: how the first two are parsed and evaluated, and what a wrong count
// of them is called.

#include "tiler/expression/parser.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relief::expression {

/// "Expected 2 arguments, but found 3 instead."
std::string wrong_count(std::string_view wanted, const Json& json);

/// The first two parts of the types; nothing after an error, which both may have.
std::vector<NodePointer> parse_two(Parser& parser,
                                   const Json& json,
                                   const std::array<Type, 2>& types);

/// What `use` makes of the values of the first two children; of one that fails, its failure, and
/// those after it are not evaluated.
template <typename Use>
Value with_two(const Run& run, const std::vector<NodePointer>& children, const Use& use) {
    const Value first = children[0]->evaluate(run);
    if (first.failed()) return first;
    const Value second = children[1]->evaluate(run);
    if (second.failed()) return second;
    return use(first, second);
}

/// A place in a list or text of that size: counted from its end when negative; 0 to size.
/// Source: ECMA-262, ToIntegerOrInfinity.
std::size_t position_in(double index, std::size_t size);

}  // namespace relief::expression
