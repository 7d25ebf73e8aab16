#include "server/http/response.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace relief::http {
namespace {

/// 128 bits of SHA-256 as hexadecimal digits: two documents never share a strong validator.
std::string fingerprint(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
        return {};
    }
    constexpr std::size_t bytes = 16;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown;
    for (std::size_t i = 0; i < bytes; ++i)
        shown += {digits[digest[i] >> 4U], digits[digest[i] & 15U]};
    return shown;
}

}  // namespace

SharedBytes shared_text(std::string_view text) {
    return std::make_shared<const Bytes>(text.begin(), text.end());
}

Response json(std::string_view document) {
    return text(document, "application/json");
}

// The order of a sentence: this content, of that type.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters)
Response text(std::string_view content, std::string_view content_type) {
    Response response;
    response.content_type = content_type;
    response.body = shared_text(content);
    response.etag = fingerprint(content);
    response.cache_control = "no-cache";
    response.compressible = true;
    return response;
}

}  // namespace relief::http
