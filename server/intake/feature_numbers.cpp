#include "server/intake/feature_numbers.hpp"

#include <array>
#include <cstring>
#include <sodium.h>

namespace relief::intake {

Result<access::SecretKey> FeatureNumbers::key() {
    const std::lock_guard lock(mutex_);
    if (key_) return *key_;
    const auto key = access::ensure_key(
        workspace_, {"report-layer.key", "the key for the numbers of reports in tiles"});
    if (!key) return key.error();
    key_ = *key;
    return *key_;
}

Result<std::uint64_t> FeatureNumbers::of(std::string_view id) {
    const auto key = this->key();
    if (!key) return key.error();
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> hash{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key->data(), key->size());
    crypto_auth_hmacsha256_update(
        &state,
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of a text
        reinterpret_cast<const unsigned char*>(id.data()),
        id.size());
    crypto_auth_hmacsha256_final(&state, hash.data());
    std::uint64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof(number));
    return number >> 11U;
}

}  // namespace relief::intake
