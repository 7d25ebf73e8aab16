#pragma once
// How a database of the workspace gets its tables, and an older one becomes the present one.

#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <span>

namespace relief::workspace {

/// Entry n of the steps takes a database from user_version n to n + 1; a step that was released is
/// never changed.
struct Schema {
    const char* file;          ///< its name, for messages
    std::int64_t application;  ///< PRAGMA application_id: tells it from any other SQLite file
    std::span<const char* const> steps;

    std::int64_t version() const { return static_cast<std::int64_t>(steps.size()); }
};

/// Makes or migrates the tables; WAL, synchronous FULL. Errors: source_broken for a database of
/// another program or of a later Relief.
Result<void> prepare(Connection& connection, const Schema& schema);

/// For readers: nothing is changed. True when an earlier Relief wrote it, and prepare() must come
/// first. Errors: as prepare().
Result<bool> is_outdated(Connection& connection, const Schema& schema);

}  // namespace relief::workspace
