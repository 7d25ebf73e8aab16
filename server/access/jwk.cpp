#include "server/access/jwk.hpp"

#include "server/access/secret.hpp"
#include "server/access/strict_json.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace relief::access {
namespace {

using KeyJson = nlohmann::json;

constexpr int least_rsa_bits = 2048;
constexpr int most_rsa_bits = 8192;
constexpr std::size_t longest_exponent = 8;  // bytes; 65537 has three
constexpr std::size_t coordinate_bytes = 32;

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};
struct FreeNumber {
    void operator()(BIGNUM* number) const noexcept { BN_free(number); }
};
struct FreeBuilder {
    void operator()(OSSL_PARAM_BLD* builder) const noexcept { OSSL_PARAM_BLD_free(builder); }
};
struct FreeParameters {
    void operator()(OSSL_PARAM* parameters) const noexcept { OSSL_PARAM_free(parameters); }
};
using OwnKey = std::unique_ptr<EVP_PKEY, FreeKey>;
using Number = std::unique_ptr<BIGNUM, FreeNumber>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreeBuilder>;

const std::uint8_t* octets(const std::string& bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::optional<std::string> bytes_of(const KeyJson& key, const char* member) {
    const auto text = text_member(key, member);
    return text ? from_base64url(*text) : std::nullopt;
}

/// Null when it is no such key.
OwnKey key_from(const char* kind, OSSL_PARAM_BLD* builder) {
    const std::unique_ptr<OSSL_PARAM, FreeParameters> parameters(OSSL_PARAM_BLD_to_param(builder));
    const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(
        EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return OwnKey(key);
}

OwnKey rsa_key(const KeyJson& described) {
    const auto modulus = bytes_of(described, "n");
    const auto exponent = bytes_of(described, "e");
    if (!modulus || !exponent || modulus->size() > most_rsa_bits / 8 + 1 ||
        exponent->size() > longest_exponent)
        return nullptr;
    const Number n(BN_bin2bn(octets(*modulus), static_cast<int>(modulus->size()), nullptr));
    const Number e(BN_bin2bn(octets(*exponent), static_cast<int>(exponent->size()), nullptr));
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder) return nullptr;
    const int bits = BN_num_bits(n.get());
    const bool good = bits >= least_rsa_bits && bits <= most_rsa_bits && BN_is_odd(n.get()) == 1 &&
                      BN_is_odd(e.get()) == 1 && BN_is_one(e.get()) == 0;
    if (!good || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return key_from("RSA", builder.get());
}

/// A point that is not on the curve gives no key (RFC 8725, 3.4).
OwnKey p256_key(const KeyJson& described) {
    const auto x = bytes_of(described, "x");
    const auto y = bytes_of(described, "y");
    if (text_member(described, "crv") != "P-256" || !x || !y || x->size() != coordinate_bytes ||
        y->size() != coordinate_bytes)
        return nullptr;
    const std::string point = '\x04' + *x + *y;  // uncompressed (SEC 1, 2.3.3)
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(
            builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(
            builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    OwnKey key = key_from("EC", builder.get());
    const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(
        key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    if (!context || EVP_PKEY_public_check(context.get()) != 1) return nullptr;
    return key;
}

OwnKey ed25519_key(const KeyJson& described) {
    const auto x = bytes_of(described, "x");
    if (text_member(described, "crv") != "Ed25519" || !x || x->size() != coordinate_bytes)
        return nullptr;
    return OwnKey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(*x), coordinate_bytes));
}

struct KindOfKey {
    std::string_view type;
    SigningAlgorithm algorithm;
    std::string_view name;
    OwnKey (*make)(const KeyJson&);
};
constexpr std::array<KindOfKey, 3> kinds_of_keys{
    {{"RSA", SigningAlgorithm::rs256, "RS256", rsa_key},
     {"EC", SigningAlgorithm::es256, "ES256", p256_key},
     {"OKP", SigningAlgorithm::eddsa, "EdDSA", ed25519_key}}};

/// RFC 7517, 4.2 and 4.3: a key that says what it is for is for nothing else.
bool is_for_signatures(const KeyJson& described) {
    const auto use = described.find("use");
    if (use != described.end() && *use != "sig") return false;
    const auto operations = described.find("key_ops");
    return operations == described.end() ||
           (operations->is_array() &&
            std::find(operations->begin(), operations->end(), "verify") != operations->end());
}

std::optional<PublicKey> read_key(const KeyJson& described) {
    if (!described.is_object() || !is_for_signatures(described)) return std::nullopt;
    const auto type = text_member(described, "kty");
    const auto kind = std::find_if(kinds_of_keys.begin(),
                                   kinds_of_keys.end(),
                                   [&](const KindOfKey& one) { return one.type == type; });
    if (kind == kinds_of_keys.end()) return std::nullopt;
    const auto algorithm = described.find("alg");
    if (algorithm != described.end() && *algorithm != kind->name) return std::nullopt;
    const auto id = described.find("kid");
    if (id != described.end() && !id->is_string()) return std::nullopt;
    OwnKey key = kind->make(described);
    if (!key) return std::nullopt;
    return PublicKey{id != described.end() ? id->get<std::string>() : std::string(),
                     kind->algorithm,
                     std::shared_ptr<const EVP_PKEY>(key.release(), FreeKey{})};
}

}  // namespace

Result<KeySet> KeySet::read(std::string_view document) {
    if (document.size() > longest_document)
        return bad_request("a set of keys has at most " + std::to_string(longest_document) +
                           " bytes");
    const auto parsed = read_strictly(document);
    if (!parsed || !parsed->is_object() || !parsed->contains("keys") ||
        !parsed->at("keys").is_array())
        return bad_request(R"(a set of keys is a JSON object with a list "keys")");
    const KeyJson& listed = parsed->at("keys");
    if (listed.size() > most_keys)
        return bad_request("a set of keys has at most " + std::to_string(most_keys) + " of them");
    KeySet set;
    for (const KeyJson& described : listed)
        if (auto key = read_key(described)) set.keys_.push_back(std::move(*key));
    return set;
}

const PublicKey* KeySet::find(std::string_view id, SigningAlgorithm algorithm) const noexcept {
    const PublicKey* found = nullptr;
    for (const PublicKey& key : keys_) {
        if (key.algorithm != algorithm || (!id.empty() && key.id != id)) continue;
        // Which of two was meant is for the token to say, not to be tried out.
        if (found != nullptr) return nullptr;
        found = &key;
    }
    return found;
}

}  // namespace relief::access
