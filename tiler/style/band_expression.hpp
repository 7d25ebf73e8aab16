#pragma once
// Arithmetic on bands as analysts write it: "(b8-b4)/(b8+b4)".

#include "tiler/core/result.hpp"
#include "tiler/style/expression_limits.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::style {

/// A checked formula, loosest first: | & (conditions), one of < <= > >= == !=, + -, * / %, unary -
/// !, and ** or ^ (right-associative, above a sign on its left: -b1^2 is -(b1^2)); where(condition,
/// a, b), min and max of two or more, abs sqrt log log10 exp pow floor ceil round sin cos tan atan;
/// bands b1…bN, of which at least one. Comparisons give 1 or 0, and NaN where a side is NaN: no
/// answer is not "no". Several formulas divided by ";" (one trailing ";" is wrong) give several
/// output bands (at most 4). Immutable; share freely between threads.
class BandExpression {
public:
    /// Errors: bad_request naming the part that is wrong and its position; `band_count` bounds the
    ///         bands. More than 64 powers, logarithms and the like are refused for their cost.
    static Result<BandExpression> parse(std::string_view text,
                                        int band_count,
                                        ExpressionLimits limits = {});

    const std::string& text() const noexcept;
    /// 1-based numbers of the bands it reads, ascending, without repeats.
    const std::vector<int>& bands() const noexcept;
    std::size_t outputs() const noexcept;

    /// Shape: inputs[i] are the cells of bands()[i]; outputs()[k] get the k-th formula; all the
    /// same length. A result that is not finite (division by zero, log of a negative) is NaN: the
    /// painter makes it transparent. Works in blocks that stay in the first-level cache, each step
    /// a loop that the compiler vectorises.
    void evaluate(std::span<const std::span<const float>> inputs,
                  std::span<const std::span<float>> results) const;
    void evaluate(std::span<const std::span<const double>> inputs,
                  std::span<const std::span<double>> results) const;

    struct Program;

private:
    explicit BandExpression(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> program_;
};

}  // namespace relief::style
