#include "server/access/sealed_text.hpp"

#include "server/access/secret.hpp"

#include <array>
#include <cstdint>
#include <sodium.h>
#include <stdexcept>

namespace relief::access {
namespace {

using BoxKey = std::array<std::uint8_t, crypto_secretbox_KEYBYTES>;

static_assert(std::tuple_size_v<MapKey> == crypto_kdf_KEYBYTES);

/// Another number makes another key; that of tokens for maps is the workspace's itself.
BoxKey box_key(const MapKey& key) {
    constexpr std::uint64_t number = 1;
    constexpr const char* purpose = "relfseal";  // libsodium takes eight letters
    BoxKey derived{};
    if (sodium_init() < 0 || crypto_kdf_derive_from_key(
                                 derived.data(), derived.size(), number, purpose, key.data()) != 0)
        throw std::runtime_error("libsodium derives no key");
    return derived;
}

}  // namespace

std::string seal(std::string_view text, const MapKey& key) {
    const BoxKey derived = box_key(key);
    std::string box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
    auto* bytes = reinterpret_cast<std::uint8_t*>(box.data());
    const std::span whole(bytes, box.size());
    fill_randomly(whole.first(crypto_secretbox_NONCEBYTES));
    crypto_secretbox_easy(whole.subspan(crypto_secretbox_NONCEBYTES).data(),
                          reinterpret_cast<const std::uint8_t*>(text.data()),
                          text.size(),
                          bytes,
                          derived.data());
    return base64url(whole);
}

std::optional<std::string> unseal(std::string_view sealed, const MapKey& key) {
    constexpr std::size_t least = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const auto box = from_base64url(sealed);
    if (!box || box->size() < least) return std::nullopt;
    const std::span whole(reinterpret_cast<const std::uint8_t*>(box->data()), box->size());
    std::string text(box->size() - least, '\0');
    const auto closed = whole.subspan(crypto_secretbox_NONCEBYTES);
    if (crypto_secretbox_open_easy(reinterpret_cast<std::uint8_t*>(text.data()),
                                   closed.data(),
                                   closed.size(),
                                   whole.data(),
                                   box_key(key).data()) != 0)
        return std::nullopt;
    return text;
}

}  // namespace relief::access
