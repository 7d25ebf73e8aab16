#pragma once
// The content version of an input: in cache keys, ETags and ?v= of TileJSON.

#include <compare>
#include <string>
#include <string_view>

namespace relief {

/// Hexadecimal text; equal text means equal content.
struct Version {
    std::string text;
    auto operator<=>(const Version&) const = default;
};

/// 64-bit FNV-1a of some bytes in hexadecimal: to fold several versions and settings into one.
/// Not a defence against an attacker; added layers are named by sha-256.
std::string fingerprint(std::string_view bytes);

}  // namespace relief
