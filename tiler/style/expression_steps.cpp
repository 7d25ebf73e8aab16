#include "tiler/style/expression_steps.hpp"

#include <cmath>
#include <limits>

namespace relief::style {
namespace {

template <typename Number>
constexpr Number nothing = std::numeric_limits<Number>::quiet_NaN();

bool known(auto a) noexcept {
    return !std::isnan(a);
}
bool known(auto a, auto b) noexcept {
    return !std::isunordered(a, b);
}

template <typename Number>
Number answer(bool yes, bool known) noexcept {
    const Number value = yes ? Number{1} : Number{0};
    return known ? value : nothing<Number>;
}

// Steps of one operand.
struct Negate {
    static auto of(auto a) noexcept { return -a; }
};
struct Invert {
    template <typename Number>
    static Number of(Number a) noexcept {
        return answer<Number>(a == 0, known(a));
    }
};
struct Absolute {
    static auto of(auto a) noexcept { return std::abs(a); }
};
struct SquareRoot {
    static auto of(auto a) noexcept { return std::sqrt(a); }
};
struct Logarithm {
    static auto of(auto a) noexcept { return std::log(a); }
};
struct Logarithm10 {
    static auto of(auto a) noexcept { return std::log10(a); }
};
struct Exponential {
    static auto of(auto a) noexcept { return std::exp(a); }
};
struct Floor {
    static auto of(auto a) noexcept { return std::floor(a); }
};
struct Ceil {
    static auto of(auto a) noexcept { return std::ceil(a); }
};
struct Round {
    static auto of(auto a) noexcept { return std::round(a); }
};
struct Sine {
    static auto of(auto a) noexcept { return std::sin(a); }
};
struct Cosine {
    static auto of(auto a) noexcept { return std::cos(a); }
};
struct Tangent {
    static auto of(auto a) noexcept { return std::tan(a); }
};
struct ArcTangent {
    static auto of(auto a) noexcept { return std::atan(a); }
};

// Steps of two operands.
struct Add {
    static auto of(auto a, auto b) noexcept { return a + b; }
};
struct Subtract {
    static auto of(auto a, auto b) noexcept { return a - b; }
};
struct Multiply {
    static auto of(auto a, auto b) noexcept { return a * b; }
};
struct Divide {
    static auto of(auto a, auto b) noexcept { return a / b; }
};
struct Remainder {
    static auto of(auto a, auto b) noexcept { return a - b * std::floor(a / b); }
};
struct Power {
    static auto of(auto a, auto b) noexcept { return std::pow(a, b); }
};
struct Less {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a < b, known(a, b));
    }
};
struct LessEqual {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a <= b, known(a, b));
    }
};
struct Equal {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a == b, known(a, b));
    }
};
struct NotEqual {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a != b, known(a, b));
    }
};
struct Both {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a != 0 && b != 0, known(a, b));
    }
};
struct Either {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        return answer<Number>(a != 0 || b != 0, known(a, b));
    }
};
struct Minimum {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        const Number lower = a < b ? a : b;
        return known(a) ? lower : a;
    }
};
struct Maximum {
    template <typename Number>
    static Number of(Number a, Number b) noexcept {
        const Number higher = a > b ? a : b;
        return known(a) ? higher : a;
    }
};

template <typename Number>
using Operands = std::array<Operand<Number>, 3>;

template <typename Step, typename Number>
void unary(const Operands<Number>& operands, std::span<Number> results) {
    Number* const __restrict out = results.data();
    const Number* const a = operands[0].cells;
    const std::size_t count = results.size();
    for (std::size_t i = 0; i < count; ++i) out[i] = Step::of(a[i]);
}

// A constant stays in a register instead of filling a block of its own.
template <typename Step, typename Number>
void binary(const Operands<Number>& operands, std::span<Number> results) {
    Number* const __restrict out = results.data();
    const Number* const a = operands[0].cells;
    const Number* const b = operands[1].cells;
    const std::size_t count = results.size();
    if (a == nullptr) {
        const Number left = operands[0].constant;
        for (std::size_t i = 0; i < count; ++i) out[i] = Step::of(left, b[i]);
    } else if (b == nullptr) {
        const Number right = operands[1].constant;
        for (std::size_t i = 0; i < count; ++i) out[i] = Step::of(a[i], right);
    } else {
        for (std::size_t i = 0; i < count; ++i) out[i] = Step::of(a[i], b[i]);
    }
}

template <typename Number>
void fill(const Operand<Number>& operand, std::span<Number> results) {
    for (std::size_t i = 0; i < results.size(); ++i)
        results[i] = operand.cells == nullptr ? operand.constant : operand.cells[i];
}

/// In two passes over the results, which are at home in the first-level cache: first the branch
/// for "no", then the other one laid over it.
template <typename Number>
void select(const Operands<Number>& operands, std::span<Number> results) {
    fill(operands[2], results);
    Number* const __restrict out = results.data();
    const Number* const condition = operands[0].cells;
    const Number* const yes = operands[1].cells;
    const Number constant = operands[1].constant;
    const std::size_t count = results.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Number other = out[i];
        const Number taken = yes == nullptr ? constant : yes[i];
        const Number chosen = condition[i] != 0 ? taken : other;
        out[i] = known(condition[i]) ? chosen : nothing<Number>;
    }
}

template <typename Number>
using Loop = void (*)(const Operands<Number>&, std::span<Number>);

template <typename Number>
Loop<Number> loop_of(Operation operation) noexcept {
    switch (operation) {
        case Operation::negate: return unary<Negate, Number>;
        case Operation::invert: return unary<Invert, Number>;
        case Operation::absolute: return unary<Absolute, Number>;
        case Operation::square_root: return unary<SquareRoot, Number>;
        case Operation::logarithm: return unary<Logarithm, Number>;
        case Operation::logarithm10: return unary<Logarithm10, Number>;
        case Operation::exponential: return unary<Exponential, Number>;
        case Operation::floor: return unary<Floor, Number>;
        case Operation::ceil: return unary<Ceil, Number>;
        case Operation::round: return unary<Round, Number>;
        case Operation::sine: return unary<Sine, Number>;
        case Operation::cosine: return unary<Cosine, Number>;
        case Operation::tangent: return unary<Tangent, Number>;
        case Operation::arc_tangent: return unary<ArcTangent, Number>;
        case Operation::add: return binary<Add, Number>;
        case Operation::subtract: return binary<Subtract, Number>;
        case Operation::multiply: return binary<Multiply, Number>;
        case Operation::divide: return binary<Divide, Number>;
        case Operation::remainder: return binary<Remainder, Number>;
        case Operation::power: return binary<Power, Number>;
        case Operation::less: return binary<Less, Number>;
        case Operation::less_equal: return binary<LessEqual, Number>;
        case Operation::equal: return binary<Equal, Number>;
        case Operation::not_equal: return binary<NotEqual, Number>;
        case Operation::both: return binary<Both, Number>;
        case Operation::either: return binary<Either, Number>;
        case Operation::minimum: return binary<Minimum, Number>;
        case Operation::maximum: return binary<Maximum, Number>;
        case Operation::select: return select<Number>;
    }
    return nullptr;
}

}  // namespace

int operand_count(Operation operation) noexcept {
    if (operation == Operation::select) return 3;
    return operation < Operation::add ? 1 : 2;
}

bool is_slow(Operation operation) noexcept {
    switch (operation) {
        case Operation::logarithm:
        case Operation::logarithm10:
        case Operation::exponential:
        case Operation::sine:
        case Operation::cosine:
        case Operation::tangent:
        case Operation::arc_tangent:
        case Operation::power: return true;
        default: return false;
    }
}

template <typename Number>
void run_step(Operation operation,
              const std::array<Operand<Number>, 3>& operands,
              std::span<Number> results) {
    loop_of<Number>(operation)(operands, results);
}

template void run_step<float>(Operation, const std::array<Operand<float>, 3>&, std::span<float>);
template void run_step<double>(Operation, const std::array<Operand<double>, 3>&, std::span<double>);

}  // namespace relief::style
