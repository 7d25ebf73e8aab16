#pragma once
// The address of a table or view in PostgreSQL, in one spelling, without anything secret.

#include "tiler/core/result.hpp"

#include <string>
#include <string_view>

namespace relief {

/// True for what begins with "postgresql://" or "postgres://".
bool names_database(std::string_view text) noexcept;

/// Which database, and as whom. What is empty is libpq's to fill in: from PGUSER, PGPORT, the
/// socket of this machine, …; a password comes from PGPASSFILE, ~/.pgpass or PGPASSWORD only.
struct DatabaseAddress {
    std::string user;
    std::string host;  ///< name, address, or the folder of a socket; no list
    std::string port;
    std::string database;
    std::string sslmode;
    bool operator==(const DatabaseAddress&) const = default;

    /// Reads postgresql://[USER@][HOST[:PORT]]/[DB][?host=FOLDER&sslmode=…], as the key `sources`
    /// has it. Errors: bad_request, never showing what may be secret.
    static Result<DatabaseAddress> make(std::string_view text);

    /// As make() reads it.
    std::string text() const;
    /// The same server; where the root names a database, that one; where it names a user, that one.
    bool stands_under(const DatabaseAddress& root) const noexcept;
};

/// Reads postgresql://…/DB?table=[SCHEMA.]TABLE[&geometry=COLUMN][&key=COLUMN] and what
/// DatabaseAddress reads. Names are as the catalogue has them, case and all.
struct TableAddress {
    DatabaseAddress database;
    std::string schema = "public";
    std::string table;
    std::string geometry;  ///< column; empty: the only one
    std::string key;       ///< column whose values name rows; empty: the primary key

    /// Errors: bad_request, never showing what may be secret.
    static Result<TableAddress> make(std::string_view text);
    /// As make() reads it: equal text means the same table.
    std::string text() const;
};

}  // namespace relief
