#pragma once
// The tables of relief.db and how an older one becomes the present one.

#include "tiler/workspace/database.hpp"

namespace relief::workspace {

/// "Rlf1": tells a Relief database from any other SQLite file (PRAGMA application_id).
inline constexpr std::int64_t application_id = 0x526c6631;
/// PRAGMA user_version of this build.
inline constexpr std::int64_t schema_version = 8;

/// Makes or migrates the tables. Errors: source_broken for a database of another program or of a
/// later Relief.
Result<void> prepare_schema(Connection& connection);

/// For readers: nothing is changed. True when an earlier Relief wrote it, and prepare_schema() must
/// come first. Errors: as prepare_schema().
Result<bool> is_outdated(Connection& connection);

}  // namespace relief::workspace
