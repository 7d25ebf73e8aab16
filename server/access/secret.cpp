#include "server/access/secret.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace relief::access {

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

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

void fill_randomly(std::span<std::uint8_t> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system gives no random numbers");
}

std::string random_secret() {
    std::array<std::uint8_t, 32> bytes{};
    fill_randomly(bytes);
    return base64url(bytes);
}

std::string random_id() {
    std::array<std::uint8_t, 6> bytes{};
    fill_randomly(bytes);
    return hexadecimal(bytes);
}

}  // namespace relief::access
