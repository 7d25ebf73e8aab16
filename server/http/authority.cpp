#include "server/http/authority.hpp"

#include "server/http/letters.hpp"

#include <arpa/inet.h>
#include <array>
#include <string>

namespace relief::http {
namespace {

bool is_port(std::string_view text) noexcept {
    if (text.empty() || text.size() > 5) return false;
    int number = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        number = number * 10 + (c - '0');
    }
    return number >= 1 && number <= 65535;
}

bool is_name(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_';
    });
}

bool is_ipv6(std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> zero_ended{};
    if (text.size() >= zero_ended.size()) return false;
    std::copy(text.begin(), text.end(), zero_ended.begin());
    in6_addr address{};
    return inet_pton(AF_INET6, zero_ended.data(), &address) == 1;
}

}  // namespace

bool is_authority(std::string_view text) noexcept {
    constexpr std::size_t longest = 253 + 6;  // a DNS name (RFC 1035 2.3.4) and ":65535"
    if (text.empty() || text.size() > longest) return false;
    std::string_view rest = text;
    if (text.front() == '[') {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !is_ipv6(text.substr(1, end - 1))) return false;
        rest.remove_prefix(end + 1);
    } else {
        const auto end = text.find(':');
        if (!is_name(text.substr(0, end))) return false;
        rest.remove_prefix(end == std::string_view::npos ? text.size() : end);
    }
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

}  // namespace relief::http
