#include "server/access/token.hpp"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>

namespace relief::access {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t id_bytes = 6;

template <std::size_t count>
std::array<std::uint8_t, count> random_bytes() {
    std::array<std::uint8_t, count> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random numbers");
    return bytes;
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// RFC 4648, 5, without padding.
std::string base64url(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        held = held << 8U | byte;
        for (bits += 8; bits >= 6; bits -= 6) text += digits[held >> (bits - 6) & 63U];
    }
    if (bits > 0) text += digits[held << (6 - bits) & 63U];
    return text;
}

}  // namespace

NewToken new_token() {
    NewToken token;
    token.text = "relief_" + base64url(random_bytes<secret_bytes>());
    token.id = hexadecimal(random_bytes<id_bytes>());
    token.fingerprint = fingerprint_of(token.text);
    return token;
}

std::string fingerprint_of(std::string_view token) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const std::uint8_t*>(token.data()), token.size(), digest.data());
    return hexadecimal(digest);
}

}  // namespace relief::access
