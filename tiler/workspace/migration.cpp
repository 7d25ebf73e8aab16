#include "tiler/workspace/migration.hpp"

#include <chrono>
#include <string>
#include <thread>

namespace relief::workspace {
namespace {

struct Identity {
    std::int64_t application = 0;
    std::int64_t version = 0;
    std::int64_t tables = 0;

    bool is_new() const { return application == 0 && version == 0 && tables == 0; }
};

/// In one statement: of several, another process could fill the database in between.
Result<Identity> identify(Connection& connection) {
    Statement statement(connection,
                        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) "
                        "FROM pragma_application_id, pragma_user_version");
    const auto row = statement.step();
    if (!row) return row.error();
    return Identity{statement.number(0), statement.number(1), statement.number(2)};
}

Result<void> check_identity(const Identity& identity, const Schema& schema) {
    if (identity.application != schema.application) {
        return source_broken(
            std::string(schema.file) +
            " belongs to another program; choose another workspace or move it away");
    }
    if (identity.version > schema.version()) {
        return source_broken(
            std::string(schema.file) + " was written by a later version of Relief; use that one",
            "schema " + std::to_string(identity.version) + ", known up to " +
                std::to_string(schema.version()));
    }
    return {};
}

/// SQLite answers BUSY at once, without its patience, when two connections change the mode
/// together.
Result<void> choose_wal(Connection& connection) {
    constexpr int tries = 250;
    for (int i = 0;; ++i) {
        auto done = connection.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        if (done || done.error().fault != Fault::too_busy || i == tries) return done;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Result<void> migrate(Connection& connection, const Schema& schema) {
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    const auto found = identify(connection);  // another process may have been quicker
    if (!found) return found.error();
    std::int64_t version = found->version;
    for (; version < schema.version(); ++version) {
        const char* step = schema.steps[static_cast<std::size_t>(version)];
        if (auto done = connection.run(step); !done) return done;
    }
    const std::string identity = "PRAGMA application_id = " + std::to_string(schema.application) +
                                 "; PRAGMA user_version = " + std::to_string(version);
    if (auto done = connection.run(identity.c_str()); !done) return done;
    return transaction->commit();
}

}  // namespace

Result<void> prepare(Connection& connection, const Schema& schema) {
    const auto identity = identify(connection);
    if (!identity) return identity.error();
    if (!identity->is_new()) {
        if (auto known = check_identity(*identity, schema); !known) return known;
    }
    if (auto chosen = choose_wal(connection); !chosen) return chosen;
    const bool is_present =
        identity->application == schema.application && identity->version == schema.version();
    if (is_present) return {};
    return migrate(connection, schema);
}

Result<bool> is_outdated(Connection& connection, const Schema& schema) {
    const auto identity = identify(connection);
    if (!identity) return identity.error();
    if (auto known = check_identity(*identity, schema); !known) return known.error();
    return identity->version < schema.version();
}

}  // namespace relief::workspace
