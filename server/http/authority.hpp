#pragma once
// What a Host field or an absolute target may name.

#include <string_view>

namespace relief::http {

/// A name, an IPv4 address or a bracketed IPv6 address, with or without a port from 1 to 65535
/// (RFC 9112 3.2); nothing that could break out of a link made from it.
bool is_authority(std::string_view text) noexcept;

}  // namespace relief::http
