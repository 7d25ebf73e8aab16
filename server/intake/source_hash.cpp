#include "server/intake/source_hash.hpp"

#include "server/access/secret.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <sodium.h>

namespace relief::intake {
namespace {

constexpr access::KeyName contact_key{"contact.key", "the key for contacts of reporters"};
constexpr std::size_t kept_of_ipv4 = 3;  // bytes
constexpr std::size_t kept_of_ipv6 = 6;

std::string block_of(const std::string& address) {
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1)
        return "4:" + access::hexadecimal({bytes.data(), kept_of_ipv4});
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
    // IPv4 over IPv6 (RFC 4291, 2.5.5.2): the block of ::ffff:192.0.2.1 would be that of everyone.
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin()))
        return "4:" + access::hexadecimal({bytes.data() + mapped.size(), kept_of_ipv4});
    return "6:" + access::hexadecimal({bytes.data(), kept_of_ipv6});
}

std::string keyed(std::string_view text, const access::SecretKey& key) {
    static_assert(crypto_auth_hmacsha256_KEYBYTES == std::tuple_size_v<access::SecretKey>);
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> hash{};
    crypto_auth_hmacsha256(
        hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data());
    return access::hexadecimal(hash);
}

}  // namespace

Result<access::SecretKey> ensure_contact_key(const std::filesystem::path& workspace) {
    return access::ensure_key(workspace, contact_key);
}

std::string contact_hash(std::string_view contact, const access::SecretKey& key) {
    return keyed("contact\n" + std::string(contact), key);
}

std::string network_hash(std::string_view address, Instant now, const access::SecretKey& key) {
    constexpr std::int64_t day = std::int64_t{24} * 3600 * 1000;
    return keyed("network\n" + block_of(std::string(address)) + '\n' +
                     std::to_string(now.milliseconds / day),
                 key);
}

}  // namespace relief::intake
