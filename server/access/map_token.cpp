#include "server/access/map_token.hpp"

#include "server/access/secret.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>

namespace relief::access {
namespace {

using PayloadJson = nlohmann::ordered_json;

constexpr std::string_view beginning = "relief_map_";

std::string signature_of(std::string_view text, const MapKey& key) {
    std::array<std::uint8_t, 32> digest{};
    unsigned int length = 0;
    HMAC(EVP_sha256(),
         key.data(),
         static_cast<int>(key.size()),
         reinterpret_cast<const std::uint8_t*>(text.data()),
         text.size(),
         digest.data(),
         &length);
    return base64url(digest);
}

std::optional<MapTokenTerms> read_payload(std::string_view text) {
    const auto bytes = from_base64url(text);
    if (!bytes) return std::nullopt;
    const auto payload = PayloadJson::parse(*bytes, nullptr, false);
    if (!payload.is_object() || !payload.contains("p") || !payload.contains("x"))
        return std::nullopt;
    MapTokenTerms terms;
    terms.parent = payload["p"].get<std::string>();
    terms.expires = Instant{payload["x"].get<std::int64_t>()};
    if (payload.contains("l")) terms.layers = payload["l"].get<std::vector<std::string>>();
    return terms;
}

}  // namespace

std::string sign(const MapTokenTerms& terms, const MapKey& key) {
    PayloadJson payload{{"p", terms.parent}, {"x", terms.expires.milliseconds}};
    if (terms.layers) payload["l"] = *terms.layers;
    const std::string json = payload.dump();
    std::string text(beginning);
    text += base64url({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
    const std::string signature = signature_of(text, key);
    return text + '.' + signature;
}

bool looks_like_map_token(std::string_view text) noexcept {
    return text.starts_with(beginning);
}

std::optional<MapTokenTerms> read_signed(std::string_view text, const MapKey& key) {
    if (text.size() > longest_map_token || !looks_like_map_token(text)) return std::nullopt;
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view said = text.substr(dot + 1);
    const std::string meant = signature_of(text.substr(0, dot), key);
    // The letters are compared, not what they stand for: the last one has two bits to spare, and
    // one token shall have one text.
    if (said.size() != meant.size() || CRYPTO_memcmp(said.data(), meant.data(), said.size()) != 0)
        return std::nullopt;
    return read_payload(text.substr(beginning.size(), dot - beginning.size()));
}

}  // namespace relief::access
