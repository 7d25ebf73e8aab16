#pragma once
// The key that a workspace signs tokens for maps with: a file that only its owner reads.

#include "tiler/core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace relief::access {

using MapKey = std::array<std::uint8_t, 32>;

/// Errors: not_found when none was made yet; source_broken when the file is not as it was made, or
/// others than its owner may read it.
Result<MapKey> read_map_key(const std::filesystem::path& workspace);

/// The one that is there, else a new one; of two that make one at once, both get the same. Durable
/// when it returns. Errors: as above; source_broken when the folder takes no file.
Result<MapKey> ensure_map_key(const std::filesystem::path& workspace);

/// A new one in the place of that before: no token that was signed with it opens anything more.
Result<MapKey> replace_map_key(const std::filesystem::path& workspace);

}  // namespace relief::access
