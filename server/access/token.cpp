#include "server/access/token.hpp"

#include "server/access/secret.hpp"

#include <openssl/sha.h>

#include <array>
#include <cstdint>

namespace relief::access {

NewToken new_token() {
    NewToken token;
    token.text = "relief_" + random_secret();
    token.id = random_id();
    token.fingerprint = fingerprint_of(token.text);
    return token;
}

std::string fingerprint_of(std::string_view token) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const std::uint8_t*>(token.data()), token.size(), digest.data());
    return hexadecimal(digest);
}

}  // namespace relief::access
