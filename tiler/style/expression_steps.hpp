#pragma once
// The single steps of a formula over a block of cells, each one loop.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::style {

/// NaN, the value of a cell without one, goes through every step: also a comparison with it is
/// NaN, not "no", so that a cell without an answer never looks like a safe one. Only `select`
/// looks no further than the branch it takes.
enum class Operation : std::uint8_t {
    negate,
    invert,
    absolute,
    square_root,
    logarithm,
    logarithm10,
    exponential,
    floor,
    ceil,
    round,
    sine,
    cosine,
    tangent,
    arc_tangent,
    add,
    subtract,
    multiply,
    divide,
    remainder,  ///< of the floored quotient: has the divisor's sign
    power,
    less,
    less_equal,
    equal,
    not_equal,
    both,
    either,
    minimum,
    maximum,
    select,  ///< where(condition, a, b)
};

/// 1, 2 or 3.
int operand_count(Operation operation) noexcept;

/// A library call for each cell instead of a vector instruction.
bool is_slow(Operation operation) noexcept;

/// A block of cells, or with `cells` null the same constant for all of them.
template <typename Number>
struct Operand {
    const Number* cells = nullptr;
    Number constant = 0;
};

/// Shape: cell operands have results.size() cells and do not overlap the results; operands behind
///        operand_count() are not looked at.
template <typename Number>
void run_step(Operation operation,
              const std::array<Operand<Number>, 3>& operands,
              std::span<Number> results);

extern template void run_step<float>(Operation,
                                     const std::array<Operand<float>, 3>&,
                                     std::span<float>);
extern template void run_step<double>(Operation,
                                      const std::array<Operand<double>, 3>&,
                                      std::span<double>);

}  // namespace relief::style
