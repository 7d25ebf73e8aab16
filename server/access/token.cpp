#include "server/access/token.hpp"

#include "server/access/secret.hpp"

namespace relief::access {

NewToken new_token() {
    NewToken token;
    token.text = "relief_" + random_secret();
    token.id = random_id();
    token.fingerprint = fingerprint_of(token.text);
    return token;
}

std::string fingerprint_of(std::string_view token) {
    return hexadecimal(sha256(token));
}

}  // namespace relief::access
