#pragma once
// The public keys of an identity provider, as it publishes them.

#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// OpenSSL's name for a key of any kind.
using EVP_PKEY = struct evp_pkey_st;

namespace relief::access {

/// The algorithms that are taken; each has one kind of key (RFC 7518, 3.1; RFC 8037, 3.1).
enum class SigningAlgorithm : std::uint8_t {
    rs256,  ///< RSA, PKCS#1 v1.5, 2048 to 8192 bits
    es256,  ///< ECDSA on P-256
    eddsa,  ///< Ed25519
};

struct PublicKey {
    std::string id;  ///< "kid"; empty: it has none
    SigningAlgorithm algorithm;
    std::shared_ptr<const EVP_PKEY> key;
};

/// Frozen; for any thread.
class KeySet {
public:
    static constexpr std::size_t longest_document = std::size_t{256} << 10U;  ///< bytes
    static constexpr std::size_t most_keys = 100;

    /// A JWK Set (RFC 7517, 5). Keys of other kinds, sizes, curves, uses and algorithms are left
    /// out, as the standard asks. Errors: bad_request for what is no such document, or beyond the
    /// bounds.
    static Result<KeySet> read(std::string_view document);

    /// That of the name, where one is given. Without a name: the only one of the algorithm. Null:
    /// there is none.
    const PublicKey* find(std::string_view id, SigningAlgorithm algorithm) const noexcept;
    std::size_t size() const noexcept { return keys_.size(); }

private:
    std::vector<PublicKey> keys_;
};

}  // namespace relief::access
