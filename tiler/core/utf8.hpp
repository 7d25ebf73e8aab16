#pragma once
// Characters of texts.

#include <cstddef>
#include <string_view>

namespace relief {

/// Bytes of the character at the front of a text; 0 when no well-formed one is there: none, a
/// sequence that is cut short or longer than it need be, a surrogate, or beyond U+10FFFF.
/// Source: the Unicode standard, table 3-7.
std::size_t utf8_length(std::string_view text) noexcept;

}  // namespace relief
