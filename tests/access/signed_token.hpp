#pragma once
// Tokens as an identity provider signs them, for tests: with the key of RFC 8037, A.1.

#include "server/access/secret.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace relief::access {

inline constexpr const char* signing_key_set =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","alg":"EdDSA","use":"sig",)"
    R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

inline std::string encoded(std::string_view text) {
    return base64url(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

/// By that key, whatever the header says.
inline std::string signed_text(std::string_view header, std::string_view payload) {
    const std::string text = encoded(header) + "." + encoded(payload);
    const std::string seed = *from_base64url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519,
                                     nullptr,
                                     reinterpret_cast<const std::uint8_t*>(seed.data()),
                                     seed.size()),
        EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    std::array<std::uint8_t, 64> signature{};
    std::size_t length = signature.size();
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
    EVP_DigestSign(context.get(),
                   signature.data(),
                   &length,
                   reinterpret_cast<const std::uint8_t*>(text.data()),
                   text.size());
    return text + "." + base64url(signature);
}

/// The same with a shared secret (HS256), which a provider's public key is to whoever reads it so.
inline std::string mac_text(std::string_view header,
                            // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the text first
                            std::string_view payload,
                            std::string_view secret) {
    const std::string text = encoded(header) + "." + encoded(payload);
    std::array<std::uint8_t, 32> mac{};
    HMAC(EVP_sha256(),
         secret.data(),
         static_cast<int>(secret.size()),
         reinterpret_cast<const std::uint8_t*>(text.data()),
         text.size(),
         mac.data(),
         nullptr);
    return text + "." + base64url(mac);
}

inline std::string signed_token(const nlohmann::json& claims) {
    return signed_text(R"({"alg":"EdDSA","kid":"ed","typ":"JWT"})", claims.dump());
}

}  // namespace relief::access
