#include "tiler/workspace/schema.hpp"

#include <array>
#include <chrono>
#include <thread>

namespace relief::workspace {
namespace {

// Entry n takes a database from user_version n to n + 1. Never change one that was released.
constexpr std::array<const char*, schema_version> migrations{R"(
    CREATE TABLE layers (
        id          INTEGER PRIMARY KEY,
        name        TEXT NOT NULL UNIQUE,
        title       TEXT NOT NULL,
        sensitivity TEXT NOT NULL CHECK (sensitivity IN ('low', 'moderate', 'high', 'severe')),
        source      TEXT NOT NULL,
        licence     TEXT NOT NULL,
        acquired    TEXT NOT NULL,
        processed   TEXT NOT NULL,
        method      TEXT NOT NULL,
        confidence  TEXT NOT NULL,
        supersedes  TEXT NOT NULL,
        preliminary INTEGER NOT NULL CHECK (preliminary IN (0, 1)),
        style       TEXT NOT NULL                        -- JSON: [[word, value], …]
    ) STRICT;
    CREATE TABLE observations (
        id          INTEGER PRIMARY KEY,
        layer       INTEGER NOT NULL REFERENCES layers (id) ON DELETE CASCADE,
        time        INTEGER,                             -- ms since 1970 UTC; NULL: no time
        version     TEXT NOT NULL,
        file        TEXT NOT NULL,                       -- relative to the workspace when added
        added       INTEGER NOT NULL CHECK (added IN (0, 1)),
        modified    INTEGER NOT NULL,                    -- ms since 1970 UTC
        description TEXT NOT NULL                        -- JSON
    ) STRICT;
    CREATE UNIQUE INDEX observations_with_time ON observations (layer, time)
        WHERE time IS NOT NULL;
    CREATE UNIQUE INDEX observations_without_time ON observations (layer) WHERE time IS NULL;
    CREATE INDEX observations_by_file ON observations (file);
)",
                                                             R"(
    CREATE TABLE mosaics (
        layer    INTEGER PRIMARY KEY REFERENCES layers (id) ON DELETE CASCADE,
        ordering TEXT NOT NULL CHECK (ordering IN ('newest', 'clearest', 'priority')),
        bands    INTEGER NOT NULL,                       -- of the overview
        depth    INTEGER NOT NULL                        -- most scenes over one place
    ) STRICT;
    CREATE TABLE scene_forms (
        id          INTEGER PRIMARY KEY,
        description TEXT NOT NULL UNIQUE                 -- JSON: bands, palette and kind
    ) STRICT;
    CREATE TABLE scenes (
        id           INTEGER PRIMARY KEY,
        mosaic       TEXT NOT NULL,                      -- name of the layer, which may come later
        shown        INTEGER NOT NULL CHECK (shown IN (0, 1)), -- 0: converted, not yet in the layer
        name         TEXT NOT NULL,
        origin       TEXT NOT NULL,                      -- fingerprint of the file it was made from
        version      TEXT NOT NULL,                      -- sha-256 of its own file
        file         TEXT NOT NULL,                      -- relative to the workspace
        time         INTEGER,                            -- ms since 1970 UTC; NULL: no time
        cloud        INTEGER,                            -- hundredths of a percent; NULL: not known
        priority     INTEGER NOT NULL,
        minimum_zoom INTEGER NOT NULL,
        maximum_zoom INTEGER NOT NULL,
        footprint    TEXT NOT NULL,                      -- "lon lat lon lat …;lon lat …"
        kept         INTEGER NOT NULL,                   -- when it was converted, ms since 1970 UTC
        form         INTEGER NOT NULL REFERENCES scene_forms (id)
    ) STRICT;
    CREATE UNIQUE INDEX scenes_by_content ON scenes (mosaic, version);
    CREATE INDEX scenes_by_file ON scenes (file);

    -- A layer may be without a level of its own (NULL).
    ALTER TABLE layers
        ADD COLUMN level TEXT CHECK (level IN ('low', 'moderate', 'high', 'severe'));
    UPDATE layers SET level = sensitivity;
    ALTER TABLE layers DROP COLUMN sensitivity;
    ALTER TABLE layers RENAME COLUMN level TO sensitivity;
)"};

struct Identity {
    std::int64_t application = 0;
    std::int64_t version = 0;
    std::int64_t tables = 0;

    bool is_new() const { return application == 0 && version == 0 && tables == 0; }
};

Result<Identity> identify(Connection& connection) {
    const auto application = connection.number("PRAGMA application_id");
    if (!application) return application.error();
    const auto version = connection.number("PRAGMA user_version");
    if (!version) return version.error();
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    return Identity{*application, *version, *tables};
}

Result<void> check_identity(const Identity& identity) {
    if (identity.application != application_id) {
        return source_broken(
            "relief.db belongs to another program; choose another workspace or move it away");
    }
    if (identity.version > schema_version) {
        return source_broken("relief.db was written by a later version of Relief; use that one",
                             "schema " + std::to_string(identity.version) + ", known up to " +
                                 std::to_string(schema_version));
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

Result<void> migrate(Connection& connection) {
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    const auto found = identify(connection);  // another process may have been quicker
    if (!found) return found.error();
    std::int64_t version = found->version;
    for (; version < schema_version; ++version) {
        const char* step = migrations.at(static_cast<std::size_t>(version));
        if (auto done = connection.run(step); !done) return done;
    }
    const std::string identity = "PRAGMA application_id = " + std::to_string(application_id) +
                                 "; PRAGMA user_version = " + std::to_string(version);
    if (auto done = connection.run(identity.c_str()); !done) return done;
    return transaction->commit();
}

}  // namespace

Result<void> prepare_schema(Connection& connection) {
    const auto identity = identify(connection);
    if (!identity) return identity.error();
    if (!identity->is_new()) {
        if (auto known = check_identity(*identity); !known) return known;
    }
    if (auto chosen = choose_wal(connection); !chosen) return chosen;
    if (identity->application == application_id && identity->version == schema_version) return {};
    return migrate(connection);
}

Result<void> check_schema(Connection& connection) {
    const auto identity = identify(connection);
    if (!identity) return identity.error();
    if (auto known = check_identity(*identity); !known) return known;
    if (identity->version < schema_version) {
        return source_broken(
            "relief.db was written by an earlier version of Relief; run "
            "\"relief layers\" once to bring it up to date");
    }
    return {};
}

}  // namespace relief::workspace
