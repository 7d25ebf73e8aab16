#pragma once
// UTF-8 text by characters (code points), as `length`, `slice` and `index-of` count it.

#include <cstddef>
#include <string_view>

namespace relief::expression {

/// Whether a character begins at the byte; a stray continuation byte belongs to the one before.
constexpr bool begins_character(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t count_characters(std::string_view text) noexcept;

/// The byte at which so many characters have passed; the text's end when it has fewer.
std::size_t byte_after(std::string_view text, std::size_t characters) noexcept;

/// Where the part first stands from the byte `from` on, as std::string_view::find says it, but in
/// time that grows with the text alone, whatever the part: both may come from a stranger.
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0) noexcept;

}  // namespace relief::expression
