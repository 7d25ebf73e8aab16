#pragma once
// Tables of PostgreSQL as layers: looked at and registered, never copied.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/ingest/add.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/workspace/layer.hpp"

#include <string>

namespace relief::ingest {

/// `time_attribute`: the column that says when features were; empty: found out.
/// Errors: those of postgis::describe_table().
Result<workspace::Observation> inspect_table(postgis::Connection& connection,
                                             const TableAddress& address,
                                             const std::string& time_attribute,
                                             const Deadline& deadline);

/// The same over a connection of its own, within half a minute.
Result<workspace::Observation> inspect_table(const TableAddress& address,
                                             const std::string& time_attribute);

/// Registers the table under the order's id, else its stem.
/// Errors: those of inspect_table() and registering; bad_request for what is said of rasters.
Result<Added> add_table(const AddOrder& order, const TableAddress& address);

}  // namespace relief::ingest
