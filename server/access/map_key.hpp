#pragma once
// The key that a workspace signs tokens for maps with: a file that only its owner reads.

#include "server/access/key_file.hpp"
#include "tiler/core/result.hpp"

#include <filesystem>

namespace relief::access {

using MapKey = SecretKey;

/// All as read_key(), ensure_key() and replace_key().
Result<MapKey> read_map_key(const std::filesystem::path& workspace);

Result<MapKey> ensure_map_key(const std::filesystem::path& workspace);

/// No token that was signed with the one before opens anything more.
Result<MapKey> replace_map_key(const std::filesystem::path& workspace);

}  // namespace relief::access
