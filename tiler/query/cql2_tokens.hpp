#pragma once
// CQL2 text, cut into words.

#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relief::query {

enum class TokenKind : std::uint8_t { word, quoted_name, text, number, sign, end };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;    ///< without quotes; a word as it stands
    double number = 0;   ///< of a number
    std::size_t at = 0;  ///< characters before it, for messages

    bool is_sign(std::string_view sign) const { return kind == TokenKind::sign && text == sign; }
    /// Keywords are the same in capitals and small letters.
    bool is_word(std::string_view upper_case) const;
};

/// The last one is the end. Errors: bad_request naming the character that is none of CQL2, or the
/// text that does not end.
/// Source: OGC 21-065r2 (CQL2), annex B.
Result<std::vector<Token>> tokens_of(std::string_view text);

}  // namespace relief::query
