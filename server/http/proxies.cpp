#include "server/http/proxies.hpp"

#include "server/http/authority.hpp"
#include "server/http/letters.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace relief::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_ipv4(const AddressBytes& address) noexcept {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.begin());
}

std::optional<AddressBytes> parse_bare_address(std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> zero_ended{};
    if (text.empty() || text.size() >= zero_ended.size()) return std::nullopt;
    std::copy(text.begin(), text.end(), zero_ended.begin());
    AddressBytes bytes{};
    if (inet_pton(AF_INET6, zero_ended.data(), bytes.data()) == 1) return bytes;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
    if (inet_pton(AF_INET, zero_ended.data(), &bytes[12]) == 1) return bytes;
    return std::nullopt;
}

/// One hop as some header tells it; empty members were not said.
struct Hop {
    std::string_view sender;
    std::string_view scheme;
    std::string_view authority;
};

/// All values of a field, split at commas outside of quotes.
std::vector<std::string_view> list_of(const std::vector<NameValue>& headers,
                                      std::string_view name) {
    std::vector<std::string_view> items;
    for (const auto& [field, value] : headers) {
        if (field != name) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            bool quoted = false;
            const auto end = std::find_if(rest.begin(), rest.end(), [&](char c) {
                quoted = quoted != (c == '"');
                return c == ',' && !quoted;
            });
            const auto length = static_cast<std::size_t>(end - rest.begin());
            items.push_back(trimmed(rest.substr(0, length)));
            rest.remove_prefix(std::min(length + 1, rest.size()));
        }
    }
    return items;
}

std::string_view unquoted(std::string_view text) noexcept {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// "for=192.0.2.43;proto=https;host=maps.example.org"
Hop read_forwarded(std::string_view element) noexcept {
    Hop hop;
    while (!element.empty()) {
        auto value = take_until(element, ';');
        const auto name = trimmed(take_until(value, '='));
        value = unquoted(trimmed(value));
        if (same_ignoring_case(name, "for")) hop.sender = value;
        if (same_ignoring_case(name, "proto")) hop.scheme = value;
        if (same_ignoring_case(name, "host")) hop.authority = value;
    }
    return hop;
}

/// The item of a shorter list that belongs to hop `index` of `count`: the lists end together,
/// since every proxy appends; one that was written by the outermost alone belongs to all.
std::string_view aligned(const std::vector<std::string_view>& items,
                         std::size_t index,
                         std::size_t count) noexcept {
    if (items.empty()) return {};
    const auto from_end = count - 1 - index;
    return items[from_end < items.size() ? items.size() - 1 - from_end : 0];
}

std::vector<Hop> hops_of(const std::vector<NameValue>& headers) {
    std::vector<Hop> hops;
    for (const auto element : list_of(headers, "forwarded"))
        hops.push_back(read_forwarded(element));
    if (!hops.empty()) return hops;
    const auto senders = list_of(headers, "x-forwarded-for");
    const auto schemes = list_of(headers, "x-forwarded-proto");
    const auto authorities = list_of(headers, "x-forwarded-host");
    const std::size_t count =
        !senders.empty() ? senders.size() : std::max(schemes.size(), authorities.size());
    for (std::size_t i = 0; i < count; ++i) {
        hops.push_back({senders.empty() ? std::string_view{} : senders[i],
                        aligned(schemes, i, count),
                        aligned(authorities, i, count)});
    }
    return hops;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) noexcept {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        return parse_bare_address(text.substr(1, end - 1));
    }
    const auto colon = text.find(':');
    const bool has_port = colon != std::string_view::npos && colon == text.rfind(':');
    return parse_bare_address(has_port ? text.substr(0, colon) : text);
}

std::string to_text(const AddressBytes& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool v4 = is_ipv4(address);
    inet_ntop(v4 ? AF_INET : AF_INET6,
              v4 ? static_cast<const void*>(&address[12]) : address.data(),
              text.data(),
              text.size());
    return text.data();
}

std::string network_of(std::string_view address) {
    auto bytes = parse_bare_address(address);
    if (!bytes) return std::string(address);
    if (is_ipv4(*bytes)) return to_text(*bytes);
    std::fill(bytes->begin() + 8, bytes->end(), std::uint8_t{0});
    return to_text(*bytes) + "/64";
}

bool is_loopback(std::string_view address) noexcept {
    const auto bytes = parse_bare_address(address);
    if (!bytes) return false;
    if (is_ipv4(*bytes)) return (*bytes)[12] == 127;
    return bytes->back() == 1 &&
           std::all_of(bytes->begin(), bytes->end() - 1, [](std::uint8_t b) { return b == 0; });
}

Result<ProxyList> ProxyList::parse(const std::vector<std::string>& entries) {
    ProxyList list;
    for (const auto& entry : entries) {
        const auto slash = entry.find('/');
        const auto address = parse_bare_address(std::string_view(entry).substr(0, slash));
        const int most = address && is_ipv4(*address) ? 32 : 128;
        int bits = most;
        bool good = address.has_value();
        if (slash != std::string::npos) {
            const auto* end = entry.data() + entry.size();
            const auto read = std::from_chars(entry.data() + slash + 1, end, bits);
            good = good && read.ec == std::errc{} && read.ptr == end && bits >= 0 && bits <= most;
        }
        if (!good) {
            return bad_request("proxies: \"" + entry +
                               "\" is neither an address nor a block such as 10.0.0.0/8");
        }
        list.blocks_.push_back({*address, bits + 128 - most});
    }
    return list;
}

bool ProxyList::holds(const AddressBytes& address) const noexcept {
    return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
        const auto whole = static_cast<std::size_t>(block.bits / 8);
        const int rest = block.bits % 8;
        if (!std::equal(address.begin(), address.begin() + whole, block.address.begin()))
            return false;
        if (rest == 0) return true;
        const auto mask = 0xFFU << (8U - static_cast<unsigned>(rest));
        return ((address[whole] ^ block.address[whole]) & mask & 0xFFU) == 0;
    });
}

Origin origin_of(std::string_view peer,
                 const std::vector<NameValue>& headers,
                 const ProxyList& proxies) {
    Origin origin{std::string(peer), {}, {}};
    auto sender = parse_address(peer);
    if (!sender) return origin;
    // An IPv4 peer of a server that listens on [::] comes as ::ffff:192.0.2.1.
    origin.address = to_text(*sender);
    if (!proxies.holds(*sender)) return origin;
    const auto hops = hops_of(headers);
    for (auto hop = hops.rbegin(); hop != hops.rend() && proxies.holds(*sender); ++hop) {
        if (hop->scheme == "http" || hop->scheme == "https") origin.scheme = hop->scheme;
        if (is_authority(hop->authority)) origin.authority = hop->authority;
        const auto before = parse_address(hop->sender);
        if (!before) break;  // "unknown" or an obfuscated name: the trail ends here
        sender = before;
        origin.address = to_text(*sender);
    }
    return origin;
}

}  // namespace relief::http
