#pragma once
// relief.db as the stores of users, of tokens and of the audit log open it.

#include "tiler/core/result.hpp"
#include "tiler/workspace/database.hpp"

#include <filesystem>

namespace relief::access {

/// Makes the folder and the tables where they are missing. Errors: those of LayerStore::open().
Result<workspace::Connection> open_for_writing(const std::filesystem::path& workspace);

/// Brings what an earlier Relief wrote up to date; of a workspace that cannot be written it is read
/// as it stands. Errors: those of LayerStore::open_existing().
Result<workspace::Connection> open_for_reading(const std::filesystem::path& workspace);

}  // namespace relief::access
