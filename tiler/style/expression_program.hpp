#pragma once
// The steps of formulas, laid out on as few blocks of memory as they need.

#include "tiler/style/band_expression.hpp"
#include "tiler/style/expression_parser.hpp"

namespace relief::style {

/// Where an instruction finds a block.
struct Source {
    enum class Kind : std::uint8_t { constant, input, block };
    Kind kind = Kind::constant;
    std::uint32_t index = 0;  ///< of the input or the block
    double constant = 0;
};

struct Instruction {
    Operation operation = Operation::add;
    std::array<Source, 3> sources{};
    std::uint32_t target = 0;  ///< a block that none of the sources uses
};

struct BandExpression::Program {
    std::string text;
    std::vector<int> bands;
    std::vector<Instruction> instructions;
    std::vector<Source> outputs;
    std::size_t blocks = 0;
};

/// Shape: inputs follow formulas.bands.
BandExpression::Program lay_out(std::string_view text, const Formulas& formulas);

}  // namespace relief::style
