#pragma once
// The text of a formula, read symbol by symbol; what is wrong in it is named with its place.

#include "tiler/core/result.hpp"
#include "tiler/style/expression_grammar.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace relief::style {

/// The view must outlive it.
class FormulaText {
public:
    explicit FormulaText(std::string_view text) : text_(text) {}

    std::size_t at() const noexcept { return at_; }
    bool ended() const noexcept { return at_ >= text_.size(); }
    /// The character after blanks, which are passed; NUL at the end.
    char next() noexcept;

    /// Passes blanks, and the symbol when it follows.
    bool take(std::string_view symbol) noexcept;
    /// An operator that binds so tightly; null when none follows. A power is none of them.
    const Symbol* take_symbol(int level) noexcept;
    /// Letters, digits and "_"; empty when none follow.
    std::string_view take_name() noexcept;
    /// Errors: bad_request for what begins like a number and is none.
    Result<double> take_number();

    /// bad_request: what stands here, where something else was wanted.
    Error unexpected(std::string_view wanted) const;
    /// bad_request: the part of the text at that place, counted from 0, and what is wrong with it.
    static Error wrong(const std::string& part, std::size_t at, const std::string& reason);

private:
    std::string_view name_here() const noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace relief::style
