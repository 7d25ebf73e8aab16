#pragma once
// The operators and functions of formulas, and how tightly each binds.

#include "tiler/style/expression_steps.hpp"

#include <array>
#include <string_view>

namespace relief::style {

struct Symbol {
    int level;  ///< the loosest binding is level 0
    std::string_view text;
    Operation operation;
    bool swapped = false;  ///< a > b is b < a
};

inline constexpr int comparisons = 2;
inline constexpr int tightest = 5;
inline constexpr std::array<Symbol, 13> symbols{{
    {0, "|", Operation::either},
    {1, "&", Operation::both},
    {comparisons, "<=", Operation::less_equal},
    {comparisons, ">=", Operation::less_equal, true},
    {comparisons, "==", Operation::equal},
    {comparisons, "!=", Operation::not_equal},
    {comparisons, "<", Operation::less},
    {comparisons, ">", Operation::less, true},
    {3, "+", Operation::add},
    {3, "-", Operation::subtract},
    {4, "*", Operation::multiply},
    {4, "/", Operation::divide},
    {4, "%", Operation::remainder},
}};

struct Function {
    std::string_view name;
    Operation operation;
    bool any_number = false;  ///< two operands or more, taken in turn
};

inline constexpr std::array<Function, 16> functions{{
    {"abs", Operation::absolute},
    {"atan", Operation::arc_tangent},
    {"ceil", Operation::ceil},
    {"cos", Operation::cosine},
    {"exp", Operation::exponential},
    {"floor", Operation::floor},
    {"log", Operation::logarithm},
    {"log10", Operation::logarithm10},
    {"max", Operation::maximum, true},
    {"min", Operation::minimum, true},
    {"pow", Operation::power},
    {"round", Operation::round},
    {"sin", Operation::sine},
    {"sqrt", Operation::square_root},
    {"tan", Operation::tangent},
    {"where", Operation::select},
}};

inline constexpr std::string_view function_names =
    "abs, atan, ceil, cos, exp, floor, log, log10, max, min, pow, round, sin, sqrt, tan, where";

}  // namespace relief::style
