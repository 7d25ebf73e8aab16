#pragma once
// A text that is handed to a browser, which can neither read nor change it.

#include "server/access/map_key.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relief::access {

/// base64url of a random nonce and libsodium's secretbox (XSalsa20, Poly1305), under a key that is
/// derived from the workspace's for this alone.
std::string seal(std::string_view text, const MapKey& key);

/// Nothing for what was not sealed with this key.
std::optional<std::string> unseal(std::string_view sealed, const MapKey& key);

}  // namespace relief::access
