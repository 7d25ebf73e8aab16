#pragma once
// Addresses of the web as a configuration states them, and as others tell them.

#include <string_view>

namespace relief::workspace {

bool has_control_or_space(std::string_view text) noexcept;

/// http or https, a host at least, and nothing behind the path; no user.
bool is_web_address(std::string_view text);

/// Scheme, host and port of an address; empty for one that names a user, or has letters that
/// readers of addresses take in two ways (backslashes, blanks, controls).
std::string_view origin_of(std::string_view address) noexcept;

/// Nobody in between can read or change what goes there: https, or http to this machine.
bool is_confidential_address(std::string_view address) noexcept;

}  // namespace relief::workspace
