#pragma once
// A table or view as its database's catalogue describes it.

#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/core/version.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/postgis/table_facts.hpp"

#include <string>

namespace relief::postgis {

/// `time_column`: the one that says when features were; empty: the only one of a time type, of
/// several the one whose name is that of a time.
struct TableWish {
    const TableAddress& address;
    std::string time_column;
};

/// Errors: not_found for no such table, or none that we may read; bad_request for columns that are
/// not there or not of the kind; those of Connection::ask().
Result<TableFacts> read_facts(Connection& connection,
                              const TableWish& wish,
                              const Deadline& deadline);

struct TableDescription {
    TableFacts facts;
    VectorDescription description;
    Version version;
};

/// Facts, extents and counts, as exact as a few seconds allow: what had to be estimated is among
/// the findings. Errors: those of read_facts().
Result<TableDescription> describe_table(Connection& connection,
                                        const TableWish& wish,
                                        const Deadline& deadline);

/// Of the columns and of what the database counts of changes, in the table and in those that a view
/// or its parts take rows from. It may lag behind a change by some seconds. Never the same twice
/// where foreign tables are among them: nothing counts their changes. Errors: not_found for no such
/// table; those of Connection::ask().
Result<Version> version_of(Connection& connection,
                           const TableAddress& address,
                           const Deadline& deadline);

}  // namespace relief::postgis
