#include "tiler/style/expression_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace relief::style {
namespace {

bool is_constant(const Place& place) noexcept {
    return place.kind == Place::Kind::constant;
}

Place folded(const Step& step) {
    Place result;
    std::array<Operand<double>, 3> operands;
    for (std::size_t i = 0; i < operands.size(); ++i)
        operands[i].cells = &step.operands[i].constant;
    run_step<double>(step.operation, operands, std::span(&result.constant, 1));
    return result;
}

/// A square is a multiplication, which takes a hundredth of the time of a power.
Step simplified(Step step) {
    const bool square = step.operation == Operation::power && is_constant(step.operands[1]) &&
                        step.operands[1].constant == 2;
    if (square) {
        step.operation = Operation::multiply;
        step.operands[1] = step.operands[0];
    }
    return step;
}

}  // namespace

Place StepList::add(Operation operation, const std::array<Place, 3>& operands) {
    const auto count = operand_count(operation);
    if (std::all_of(operands.begin(), operands.begin() + count, is_constant))
        return folded({operation, operands});
    // where() with a known condition is one of its branches.
    if (operation == Operation::select && is_constant(operands[0]))
        return !std::isnan(operands[0].constant) ? operands[operands[0].constant != 0 ? 1 : 2]
                                                 : operands[0];
    const Step step = simplified({operation, operands});
    const auto found = std::find(steps_.begin(), steps_.end(), step);
    const auto index = static_cast<std::uint32_t>(found - steps_.begin());
    if (found == steps_.end()) steps_.push_back(step);
    return {.kind = Place::Kind::step, .index = index};
}

}  // namespace relief::style
