#pragma once
// Short-lived tokens for maps: signed, kept nowhere, so that an address can carry one.

#include "server/access/map_key.hpp"
#include "tiler/core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::access {

/// What it opens follows the token or session that it was made from, and ends with it.
struct MapTokenTerms {
    std::string parent;                              ///< its id
    Instant expires;                                 ///< the first moment at which it opens nothing
    std::optional<std::vector<std::string>> layers;  ///< none: all that the parent opens
};

/// Longer ones are not looked at: an address has to carry it.
inline constexpr std::size_t longest_map_token = 2000;

/// "relief_map_" PAYLOAD "." SIGNATURE: base64url of JSON, and of HMAC-SHA256 (RFC 2104) over all
/// that stands before the dot.
std::string sign(const MapTokenTerms& terms, const MapKey& key);

bool looks_like_map_token(std::string_view text) noexcept;

/// Nothing for a text that was not signed with this key; how far it was right is not told by the
/// clock. That it ended is for the caller to see.
std::optional<MapTokenTerms> read_signed(std::string_view text, const MapKey& key);

}  // namespace relief::access
