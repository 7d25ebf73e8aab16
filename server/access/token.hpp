#pragma once
// An API token: a secret that stands for a role.

#include <string>
#include <string_view>

namespace relief::access {

/// Shown once to who made it; only its fingerprint is kept.
struct NewToken {
    std::string text;         ///< "relief_" and 43 characters of A-Z a-z 0-9 - _: 256 random bits
    std::string id;           ///< 12 of 0-9 a-f: names it in lists and logs, opens nothing
    std::string fingerprint;  ///< as fingerprint_of(text)
};

/// Bits from the system's source of randomness.
NewToken new_token();

/// SHA-256, hexadecimal. A token has more bits than can be tried, so that no slow hash is needed;
/// looking up a fingerprint takes as long for a token that is nearly right as for any other.
std::string fingerprint_of(std::string_view token);

}  // namespace relief::access
