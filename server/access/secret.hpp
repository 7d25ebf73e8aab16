#pragma once
// Random secrets and the letters that they are written in.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relief::access {

/// RFC 4648, 5, without padding.
std::string base64url(std::span<const std::uint8_t> bytes);
/// Nothing for a text that base64url() does not write: other letters, padding, or spare bits that
/// are not zero (RFC 4648, 3.5), so that one value has one text.
std::optional<std::string> from_base64url(std::string_view text);
std::string hexadecimal(std::span<const std::uint8_t> bytes);

std::array<std::uint8_t, 32> sha256(std::string_view text);

/// From the system's source of randomness; throws std::runtime_error when it gives none.
void fill_randomly(std::span<std::uint8_t> bytes);

/// 43 characters of A-Z a-z 0-9 - _: 256 random bits, more than can be tried.
std::string random_secret();
/// 12 of 0-9 a-f: names something in lists and logs, opens nothing.
std::string random_id();

}  // namespace relief::access
