#pragma once
// Passwords: hashed slowly with argon2id, so that a stolen file of hashes is worth little.

#include "tiler/core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace relief::access {

/// OWASP ASVS 4.0, 2.1.1 and 2.1.2: 12 characters at least, 128 allowed; counted in bytes here,
/// with room for letters of several.
inline constexpr std::size_t shortest_password = 12;
inline constexpr std::size_t longest_password = 512;

/// Errors: bad_request that says how long one is.
Result<void> check_password(std::string_view password);

/// With its salt and cost inside: RFC 9106, 4, second choice (64 MiB, three passes; one lane is
/// what libsodium has). Takes about a tenth of a second and that memory. Errors: too_busy when the
/// memory is not there.
Result<std::string> hash_password(std::string_view password);

/// As long for a wrong one as for the right one.
bool is_password(std::string_view password, const std::string& hash);

}  // namespace relief::access
