#pragma once
// The functions of fixed signature, by family.

#include "tiler/expression/signature.hpp"

#include <string_view>
#include <vector>

namespace relief::expression {

struct NamedFunction {
    std::string_view name;
    Function function;
};

std::vector<NamedFunction> number_functions();
std::vector<NamedFunction> truth_functions();
/// What is read from the view, the feature and its state; but `get` and `has`.
std::vector<NamedFunction> input_functions();
std::vector<NamedFunction> text_functions();
std::vector<NamedFunction> color_functions();

}  // namespace relief::expression
