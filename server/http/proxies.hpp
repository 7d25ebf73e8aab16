#pragma once
// Who the client is when a proxy that we know speaks for it.

#include "server/http/request.hpp"
#include "tiler/core/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::http {

/// IPv4 as ::ffff:a.b.c.d, so that one comparison serves both families.
using AddressBytes = std::array<std::uint8_t, 16>;

/// "192.0.2.1", "2001:db8::1", "[2001:db8::1]:443", "192.0.2.1:80"; nothing for other texts.
std::optional<AddressBytes> parse_address(std::string_view text) noexcept;
/// The usual notation; an IPv4 address that came over IPv6 as IPv4.
std::string to_text(const AddressBytes& address);

/// Whom a limit by address means: the IPv4 address, or the IPv6 /64, which is what one household or
/// one machine gets (RFC 6177). A text that is no address stands for itself.
std::string network_of(std::string_view address);
/// Of this machine: 127.0.0.0/8 and ::1.
bool is_loopback(std::string_view address) noexcept;

class ProxyList {
public:
    /// Addresses and CIDR blocks: "10.0.0.1", "10.0.0.0/8", "fd00::/8".
    /// Errors: bad_request naming the entry that is neither.
    static Result<ProxyList> parse(const std::vector<std::string>& entries);

    bool holds(const AddressBytes& address) const noexcept;

private:
    struct Block {
        AddressBytes address{};
        int bits = 0;
    };
    std::vector<Block> blocks_;
};

/// Whence a request came, as far as it can be believed.
struct Origin {
    std::string address;
    std::string scheme;     ///< of the forwarded request; empty: nothing believable was said
    std::string authority;  ///< the same
};

/// Follows Forwarded (RFC 7239), or else X-Forwarded-For/-Proto/-Host, from the nearest proxy
/// backwards as long as the sender is listed. Fields of a peer that is not listed are not looked
/// at.
Origin origin_of(std::string_view peer,
                 const std::vector<NameValue>& headers,
                 const ProxyList& proxies);

}  // namespace relief::http
