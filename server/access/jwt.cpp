#include "server/access/jwt.hpp"

#include "server/access/secret.hpp"
#include "server/access/strict_json.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace relief::access {
namespace {

using ClaimsJson = nlohmann::json;

constexpr std::int64_t skew_ms = 60'000;
constexpr double last_second = 253'402'300'799;  // of the year 9999
constexpr std::size_t es256_half = 32;           // RFC 7518, 3.4
constexpr std::size_t longest_key_id = 256;

std::optional<SigningAlgorithm> algorithm_named(std::string_view name) noexcept {
    if (name == "RS256") return SigningAlgorithm::rs256;
    if (name == "ES256") return SigningAlgorithm::es256;
    if (name == "EdDSA") return SigningAlgorithm::eddsa;
    return std::nullopt;
}

/// RFC 7515, 4.1.9: letters of either case, "application/" may be left out.
std::string type_of(std::string_view text) {
    std::string type(text);
    std::transform(type.begin(), type.end(), type.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::string_view family = "application/";
    if (type.starts_with(family)) type.erase(0, family.size());
    return type;
}

/// Fills in what the header says. Errors: as read_signed_text().
Result<SignedText> read_header(std::string_view part) {
    const auto bytes = from_base64url(part);
    const auto header = bytes ? read_strictly(*bytes) : std::nullopt;
    if (!header || !header->is_object()) return bad_request("its header is no JSON object");
    if (header->contains("crit")) return bad_request("its header asks for extensions (crit)");
    const auto algorithm = algorithm_named(text_member(*header, "alg").value_or(""));
    if (!algorithm) return bad_request("its algorithm is not RS256, ES256 or EdDSA");
    SignedText text{*algorithm, {}, {}, {}, {}, {}};
    if (header->contains("kid")) {
        text.key_id = text_member(*header, "kid").value_or("");
        if (text.key_id.empty() || text.key_id.size() > longest_key_id)
            return bad_request("its key has no proper name (kid)");
    }
    if (header->contains("typ")) {
        text.type = type_of(text_member(*header, "typ").value_or(""));
        if (text.type != "jwt" && text.type != "at+jwt")
            return bad_request("its type (typ) is not JWT or at+jwt");
    }
    return text;
}

struct FreeSignature {
    void operator()(ECDSA_SIG* signature) const noexcept { ECDSA_SIG_free(signature); }
};
struct FreeDigestContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

const std::uint8_t* octets_of(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

/// Two numbers one behind the other, as the form that OpenSSL reads; empty when they are not.
std::string der_of(std::string_view signature) {
    if (signature.size() != 2 * es256_half) return {};
    const std::unique_ptr<ECDSA_SIG, FreeSignature> pair(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(octets_of(signature), es256_half, nullptr);
    BIGNUM* s = BN_bin2bn(octets_of(signature.substr(es256_half)), es256_half, nullptr);
    if (!pair || r == nullptr || s == nullptr || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    constexpr std::size_t longest = 80;
    std::array<std::uint8_t, longest> der{};
    std::uint8_t* end = der.data();
    const int length = i2d_ECDSA_SIG(pair.get(), nullptr);
    if (length <= 0 || static_cast<std::size_t>(length) > der.size() ||
        i2d_ECDSA_SIG(pair.get(), &end) != length)
        return {};
    return {der.begin(), der.begin() + length};
}

bool is_signed_with(const SignedText& text, const EVP_PKEY& key) {
    const bool own_digest = text.algorithm == SigningAlgorithm::eddsa;
    const std::string signature =
        text.algorithm == SigningAlgorithm::es256 ? der_of(text.signature) : text.signature;
    const std::unique_ptr<EVP_MD_CTX, FreeDigestContext> context(EVP_MD_CTX_new());
    // OpenSSL counts references in the key and changes nothing else.
    auto* shared = const_cast<EVP_PKEY*>(&key);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return context &&
           EVP_DigestVerifyInit(
               context.get(), nullptr, own_digest ? nullptr : EVP_sha256(), nullptr, shared) == 1 &&
           EVP_DigestVerify(context.get(),
                            octets_of(signature),
                            signature.size(),
                            octets_of(text.signed_part),
                            text.signed_part.size()) == 1;
}

/// A NumericDate (RFC 7519, 2) as milliseconds. `fallback` where the claim is not stated.
Result<std::int64_t> moment_of(const ClaimsJson& claims, const char* name, std::int64_t fallback) {
    const auto found = claims.find(name);
    if (found == claims.end()) return fallback;
    const double seconds = found->is_number() ? found->get<double>() : -1;
    if (!(seconds >= 0 && seconds <= last_second))
        return bad_request(std::string("its \"") + name + "\" is no time");
    return static_cast<std::int64_t>(seconds) * 1000;
}

bool names_audience(const ClaimsJson& claims, const std::string& wanted) {
    const auto found = claims.find("aud");
    if (found == claims.end()) return false;
    if (found->is_string()) return *found == wanted;
    return found->is_array() && std::find(found->begin(), found->end(), wanted) != found->end();
}

Result<void> check_times(const ClaimsJson& claims, Instant now) {
    if (!claims.contains("exp")) return bad_request(R"(it does not say when it ends ("exp"))");
    const auto end = moment_of(claims, "exp", 0);
    const auto begin = moment_of(claims, "nbf", 0);
    const auto issued = moment_of(claims, "iat", 0);
    for (const auto* const moment : {&end, &begin, &issued})
        if (!*moment) return moment->error();
    if (*begin > now.milliseconds + skew_ms || *issued > now.milliseconds + skew_ms)
        return bad_request("it begins in the future; the clocks differ by more than a minute");
    if (*end + skew_ms <= now.milliseconds) return Error{Fault::unknown_asker, "it has ended"};
    return {};
}

}  // namespace

bool looks_like_jwt(std::string_view text) noexcept {
    // What every header begins with: {" in base64url.
    return text.starts_with("eyJ") && std::count(text.begin(), text.end(), '.') == 2;
}

Result<SignedText> read_signed_text(std::string_view text) {
    if (text.size() > longest_jwt) return bad_request("it is too long");
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (first == last || text.find('.', first + 1) != last)
        return bad_request("it has not three parts");
    auto read = read_header(text.substr(0, first));
    if (!read) return read;
    auto payload = from_base64url(text.substr(first + 1, last - first - 1));
    auto signature = from_base64url(text.substr(last + 1));
    if (!payload || !signature) return bad_request("it is not written in base64url");
    read->signed_part = text.substr(0, last);
    read->payload = std::move(*payload);
    read->signature = std::move(*signature);
    return read;
}

SignatureCheck check_signature(const SignedText& text, const KeySet& keys) {
    const PublicKey* key = keys.find(text.key_id, text.algorithm);
    if (key == nullptr) return SignatureCheck::unknown_key;
    return is_signed_with(text, *key->key) ? SignatureCheck::good : SignatureCheck::wrong;
}

Result<nlohmann::json> check_claims(std::string_view payload, const ClaimsWanted& wanted) {
    auto claims = read_strictly(payload);
    if (!claims || !claims->is_object()) return bad_request("its claims are no JSON object");
    if (text_member(*claims, "iss") != wanted.issuer)
        return bad_request("it comes from another issuer");
    if (wanted.audience.empty() || !names_audience(*claims, wanted.audience))
        return bad_request("it is meant for another audience");
    if (auto timely = check_times(*claims, wanted.now); !timely) return timely.error();
    return std::move(*claims);
}

Instant end_of(const nlohmann::json& claims) {
    return Instant{moment_of(claims, "exp", 0).value() + skew_ms};
}

std::string half_hash(std::string_view token, SigningAlgorithm algorithm) {
    const EVP_MD* digest = algorithm == SigningAlgorithm::eddsa ? EVP_sha512() : EVP_sha256();
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes{};
    unsigned int length = 0;
    EVP_Digest(token.data(), token.size(), bytes.data(), &length, digest, nullptr);
    return base64url(std::span(bytes).first(length / 2));
}

}  // namespace relief::access
