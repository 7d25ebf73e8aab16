#pragma once
// Texts of others, made fit to keep: valid UTF-8, no control characters, within a bound.

#include <cstddef>
#include <string>
#include <string_view>

namespace relief::report {

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;

/// Length of the well-formed sequence that `text` begins with; 0: there is none.
std::size_t sequence_length(std::string_view text) noexcept;

/// ASCII blanks and no-break spaces at both ends are gone.
std::string_view trimmed(std::string_view text) noexcept;

/// ASCII letters in lower case.
std::string lower_case(std::string_view text);
bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Controls but tab, line feed and carriage return.
bool has_controls(std::string_view text) noexcept;

struct CleanText {
    std::string text;
    bool cut = false;  ///< it was longer than allowed
};
/// Trimmed, with line feeds as the only line ends; controls but line feed and tab are gone, and
/// bytes that are not UTF-8 too. At most `most` bytes, never half a character.
CleanText clean_text(std::string_view text, std::size_t most);

/// The beginning of what was sent, fit for a message: one line, without controls.
std::string shown(std::string_view text);

/// A contact as it is compared and hashed, however it was typed and wherever it came from: cut at
/// 500 bytes, in lower case, and a number without its marks and what stands for abroad: "+254
/// 700-1" and "00254 7001" are "2547001".
std::string contact_text(std::string_view typed);

}  // namespace relief::report
