#include "tiler/style/band_expression.hpp"

#include "tiler/style/expression_program.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace relief::style {
namespace {

// Blocks of this size, two inputs and a few results, stay in a first-level cache of 32 kB.
constexpr std::size_t block_size = 512;

template <typename Number>
using Inputs = std::span<const std::span<const Number>>;

/// A constant beyond float becomes infinite (the language leaves the plain cast undefined).
template <typename Number>
Number to_number(double constant) noexcept {
    constexpr double largest = std::numeric_limits<Number>::max();
    if (std::abs(constant) <= largest) return static_cast<Number>(constant);
    return constant < 0   ? -std::numeric_limits<Number>::infinity()
           : constant > 0 ? std::numeric_limits<Number>::infinity()
                          : std::numeric_limits<Number>::quiet_NaN();
}

template <typename Number>
class Run {
public:
    Run(const BandExpression::Program& program, Inputs<Number> inputs)
        : program_(program), inputs_(inputs), blocks_(program.blocks * block_size) {}

    void compute(std::size_t begin, std::size_t count) {
        for (const auto& instruction : program_.instructions) {
            std::array<Operand<Number>, 3> operands;
            for (std::size_t i = 0; i < operands.size(); ++i)
                operands[i] = operand_of(instruction.sources[i], begin);
            Number* const target = blocks_.data() + instruction.target * block_size;
            run_step<Number>(instruction.operation, operands, std::span(target, count));
        }
    }

    void write(std::size_t output, std::size_t begin, std::span<Number> cells) const {
        const auto operand = operand_of(program_.outputs[output], begin);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Number value = operand.cells == nullptr ? operand.constant : operand.cells[i];
            // No comparison holds for NaN, so that only finite values pass.
            const bool finite = std::abs(value) <= std::numeric_limits<Number>::max();
            cells[i] = finite ? value : std::numeric_limits<Number>::quiet_NaN();
        }
    }

private:
    Operand<Number> operand_of(const Source& source, std::size_t begin) const {
        switch (source.kind) {
            case Source::Kind::constant: break;
            case Source::Kind::input: return {inputs_[source.index].data() + begin, 0};
            case Source::Kind::block: return {blocks_.data() + source.index * block_size, 0};
        }
        return {nullptr, to_number<Number>(source.constant)};
    }

    const BandExpression::Program& program_;
    Inputs<Number> inputs_;
    std::vector<Number> blocks_;
};

template <typename Number>
void evaluate_as(const BandExpression::Program& program,
                 Inputs<Number> inputs,
                 std::span<const std::span<Number>> results) {
    assert(inputs.size() == program.bands.size());
    assert(results.size() == program.outputs.size());
    const std::size_t cells = results.front().size();
    Run<Number> run(program, inputs);
    for (std::size_t begin = 0; begin < cells; begin += block_size) {
        const std::size_t count = std::min(block_size, cells - begin);
        run.compute(begin, count);
        for (std::size_t k = 0; k < results.size(); ++k)
            run.write(k, begin, results[k].subspan(begin, count));
    }
}

}  // namespace

BandExpression::BandExpression(std::shared_ptr<const Program> program)
    : program_(std::move(program)) {}

Result<BandExpression> BandExpression::parse(std::string_view text,
                                             int band_count,
                                             ExpressionLimits limits) {
    const auto formulas = parse_formulas(text, band_count, limits);
    if (!formulas) return formulas.error();
    return BandExpression(std::make_shared<const Program>(lay_out(text, *formulas)));
}

const std::string& BandExpression::text() const noexcept {
    return program_->text;
}
const std::vector<int>& BandExpression::bands() const noexcept {
    return program_->bands;
}
std::size_t BandExpression::outputs() const noexcept {
    return program_->outputs.size();
}

void BandExpression::evaluate(std::span<const std::span<const float>> inputs,
                              std::span<const std::span<float>> results) const {
    evaluate_as<float>(*program_, inputs, results);
}

void BandExpression::evaluate(std::span<const std::span<const double>> inputs,
                              std::span<const std::span<double>> results) const {
    evaluate_as<double>(*program_, inputs, results);
}

}  // namespace relief::style
