#pragma once
// The tables of exact.db.

#include "tiler/workspace/migration.hpp"

namespace relief::exact {

/// No column of content has an index: SQLite leaves copies of a key in the inner pages of an index
/// after its row was erased (measured with secure_delete: 2 of 1,900), and none of what only the
/// table holds.
const workspace::Schema& exact_db();

}  // namespace relief::exact
