#pragma once
// Keys of a workspace: files that only their owner reads.

#include "tiler/core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace relief::access {

using SecretKey = std::array<std::uint8_t, 32>;

struct KeyName {
    const char* file;  ///< in the workspace
    const char* what;  ///< "the key for …", for messages
};

/// Errors: not_found when none was made yet; source_broken when the file is not as it was made, or
/// others than its owner may read it.
Result<SecretKey> read_key(const std::filesystem::path& workspace, const KeyName& name);

/// The one that is there, else a new one; of two that make one at once, both get the same. Durable
/// when it returns. Errors: as above; source_broken when the folder takes no file.
Result<SecretKey> ensure_key(const std::filesystem::path& workspace, const KeyName& name);

/// A new one in the place of that before.
Result<SecretKey> replace_key(const std::filesystem::path& workspace, const KeyName& name);

}  // namespace relief::access
