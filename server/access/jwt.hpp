#pragma once
// JSON Web Tokens: read, their signature checked, their claims held against what is expected.

#include "server/access/jwk.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace relief::access {

inline constexpr std::size_t longest_jwt = std::size_t{16} << 10U;  ///< bytes

/// A signed token as it was sent; nothing in it is true yet.
struct SignedText {
    SigningAlgorithm algorithm;
    std::string key_id;  ///< "kid"; empty: it names none
    std::string type;    ///< "typ" in small letters, without "application/"; empty: it states none
    std::string signed_part;  ///< the first two parts and the dot between them
    std::string payload;
    std::string signature;
};

/// Three parts of base64url, of which the first begins as a JSON object does.
bool looks_like_jwt(std::string_view text) noexcept;

/// The compact form (RFC 7515, 3.1). Errors: bad_request, in words for the log, for one that is
/// longer than longest_jwt, malformed, signed with another algorithm ("none" and those with a
/// shared secret are no signatures of a provider), or has "crit": no extension is understood here.
Result<SignedText> read_signed_text(std::string_view text);

enum class SignatureCheck { good, wrong, unknown_key };
SignatureCheck check_signature(const SignedText& text, const KeySet& keys);

struct ClaimsWanted {
    std::string issuer;
    std::string audience;
    Instant now;
};
/// "iss" and "aud" as wanted, "exp" stated, the token neither ended nor to begin: give or take a
/// minute, since clocks differ (RFC 7519, 4.1.4 to 4.1.6). Gives the claims.
/// Errors: bad_request in words for the log; unknown_asker when it was good and has ended.
Result<nlohmann::json> check_claims(std::string_view payload, const ClaimsWanted& wanted);

/// When claims that were checked hold no more: "exp" without fractions of a second, and the minute.
Instant end_of(const nlohmann::json& claims);

/// The left half of a digest, as ID tokens name other tokens by (OpenID Connect Core, 3.1.3.6);
/// the digest is that of the algorithm: SHA-512 for Ed25519, else SHA-256.
std::string half_hash(std::string_view token, SigningAlgorithm algorithm);

}  // namespace relief::access
