#include "server/access/password.hpp"

#include <array>
#include <sodium.h>
#include <string>

namespace relief::access {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = std::size_t{64} << 20U;

}  // namespace

Result<void> check_password(std::string_view password) {
    if (password.size() >= shortest_password && password.size() <= longest_password) return {};
    return bad_request("a password has " + std::to_string(shortest_password) + " to " +
                       std::to_string(longest_password) + " characters");
}

Result<std::string> hash_password(std::string_view password) {
    if (sodium_init() < 0) return source_broken("passwords cannot be hashed on this machine");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(),
                              password.data(),
                              password.size(),
                              passes,
                              memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Error{Fault::too_busy, "there is no memory to hash a password; try again"};
    return std::string(hash.data());
}

bool is_password(std::string_view password, const std::string& hash) {
    return sodium_init() >= 0 && password.size() <= longest_password &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace relief::access
