#include "tiler/exact/exact_schema.hpp"

#include <array>

namespace relief::exact {
namespace {

constexpr std::array<const char*, 1> exact_steps{R"(
    CREATE TABLE reports (
        number       INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order of arrival; never used again
        id           TEXT NOT NULL UNIQUE,
        source_key   BLOB UNIQUE,                        -- hash of origin and its id there, or NULL
        longitude    REAL NOT NULL,
        latitude     REAL NOT NULL,
        precision    INTEGER NOT NULL,                   -- report::Precision
        title        TEXT NOT NULL,
        description  TEXT NOT NULL,
        category     TEXT NOT NULL,
        severity     INTEGER NOT NULL,                   -- report::Severity
        time         INTEGER,                            -- ms since 1970 UTC; NULL: not said
        time_end     INTEGER,
        stated       INTEGER,                            -- Sensitivity asked for; NULL: none
        properties   TEXT NOT NULL,                      -- JSON object
        contact      TEXT NOT NULL,                      -- keyed hash
        origin       TEXT NOT NULL,
        origin_id    TEXT NOT NULL,
        licence      TEXT NOT NULL,
        attribution  TEXT NOT NULL,
        level        INTEGER NOT NULL,                   -- Sensitivity in force
        status       INTEGER NOT NULL,                   -- report::Status
        duplicate_of TEXT NOT NULL,
        confidence   TEXT NOT NULL,
        assigned     TEXT NOT NULL,
        received     INTEGER NOT NULL,                   -- ms since 1970 UTC
        changed      INTEGER NOT NULL,
        content      BLOB NOT NULL                       -- hash of what was said, with its photos
    ) STRICT;
    CREATE INDEX reports_by_original ON reports (duplicate_of) WHERE duplicate_of <> '';
    CREATE TABLE photos (
        report   INTEGER NOT NULL,
        position INTEGER NOT NULL,
        sha256   TEXT NOT NULL,
        PRIMARY KEY (report, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX photos_by_hash ON photos (sha256);
    CREATE TABLE history (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        report INTEGER NOT NULL,
        time   INTEGER NOT NULL,
        who    TEXT NOT NULL,
        what   TEXT NOT NULL,
        before TEXT NOT NULL,
        after  TEXT NOT NULL
    ) STRICT;
    CREATE INDEX history_by_report ON history (report);
    -- Hashes only. An empty body: the report was erased, and what comes under the key once more is
    -- not taken again.
    CREATE TABLE idempotency (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        key    BLOB NOT NULL UNIQUE,
        body   BLOB NOT NULL,
        report INTEGER NOT NULL,
        id     TEXT NOT NULL,
        time   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX idempotency_by_report ON idempotency (report);
    -- So that a page goes on after a report that is gone, and an import does not bring it back.
    CREATE TABLE erased (
        number     INTEGER PRIMARY KEY,
        id         TEXT NOT NULL UNIQUE,
        source_key BLOB UNIQUE
    ) STRICT;
    -- Each report once, where its last change stands.
    CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        report   INTEGER NOT NULL UNIQUE
    ) STRICT;
)"};

}  // namespace

const workspace::Schema& exact_db() {
    static constexpr std::int64_t rlx1 = 0x526c7831;  // "Rlx1"
    static constexpr workspace::Schema schema{"exact.db", rlx1, exact_steps};
    return schema;
}

}  // namespace relief::exact
