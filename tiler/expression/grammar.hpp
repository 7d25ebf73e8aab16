#pragma once
// The words of the expression language, each with how it is parsed.

#include "tiler/expression/parser.hpp"

#include <span>
#include <string_view>

namespace relief::expression {

/// How an operation is parsed; json[0] is its name. Null after an error.
struct Rule {
    std::string_view name;
    NodePointer (*parse)(Parser& parser, const Json& json);
};

/// Null when the language has no such word.
const Rule* find_rule(std::string_view name);

// The rules of each family; no rule stands in two.
std::span<const Rule> literal_rules();     ///< literal, semiliteral
std::span<const Rule> conversion_rules();  ///< string, number, array, to-color, …
std::span<const Rule> decision_rules();    ///< case, match, coalesce
std::span<const Rule> comparison_rules();  ///< ==, <, …, collator
std::span<const Rule> curve_rules();       ///< step, interpolate, …
std::span<const Rule> binding_rules();     ///< let, var, global-state
std::span<const Rule> lookup_rules();      ///< at, slice, length
std::span<const Rule> search_rules();      ///< in, index-of
std::span<const Rule> label_rules();       ///< format, image, number-format
std::span<const Rule> place_rules();       ///< within, distance
std::span<const Rule> function_rules();    ///< everything with a fixed signature

}  // namespace relief::expression
