#pragma once
// What CQL2 asks of a feature, as a tree, and how it is answered.

#include "tiler/core/instant.hpp"
#include "tiler/query/row.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace relief::query {

/// Null, a truth, a number, a text or a moment.
using Scalar = std::variant<std::monostate, bool, std::int64_t, double, std::string, InstantRange>;

enum class Operation : std::uint8_t {
    literal,
    attribute,
    both,      ///< AND
    either,    ///< OR
    opposite,  ///< NOT
    equal,
    unequal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    like,     ///< the pattern is the second part: % is any text, _ any character
    between,  ///< the first lies between the second and the third, both inside
    among,    ///< the first is one of the others
    is_null,
    add,
    subtract,
    multiply,
    divide,
    fold_case,  ///< CASEI
};

/// A part of a condition. Immutable once parsed; answered by any number of threads at once.
struct Condition {
    Operation operation = Operation::literal;
    Scalar literal{};
    std::size_t attribute = 0;  ///< place in the layer's list
    std::vector<Condition> parts{};
};

/// A moment is a span of its precision: it is equal to what lies inside. What is null, or of kinds
/// that do not compare, makes a comparison null, and null is neither true nor false.
/// Source: OGC 21-065r2, 6.3.2 and the truth tables of ISO/IEC 9075-2, 8.21.
Scalar answer(const Condition& condition, const Row& row);

/// Whether a text is as a pattern says: `%` any text, `_` any one character, `\` takes the next one
/// as it is. Characters are those of UTF-8. Time: at most the product of the lengths.
bool is_like(std::string_view text, std::string_view pattern);

}  // namespace relief::query
