#pragma once
// JSON that decides who somebody is: read in one way only.

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace relief::access {

/// Nothing for what is no JSON (RFC 8259), for an object that names a member twice, of which two
/// readers may take another one (RFC 7515, 4; RFC 7519, 4), and for more than 16 levels.
std::optional<nlohmann::json> read_strictly(std::string_view text);

/// The text of a member; nothing when there is none, or it is no text.
std::optional<std::string_view> text_member(const nlohmann::json& object, const char* name);

}  // namespace relief::access
