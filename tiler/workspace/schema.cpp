#include "tiler/workspace/schema.hpp"

#include "tiler/workspace/migration.hpp"

#include <array>

namespace relief::workspace {
namespace {

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
)",
                                                             R"(
    -- A time is from `time` to `time_end`, the same for an instant. What is older than this column
    -- was stored as the instant at which it begins.
    ALTER TABLE observations ADD COLUMN time_end INTEGER;
    UPDATE observations SET time_end = time;
    DROP INDEX observations_with_time;
    CREATE UNIQUE INDEX observations_with_time ON observations (layer, time, time_end)
        WHERE time IS NOT NULL;
    ALTER TABLE scenes ADD COLUMN time_end INTEGER;
    UPDATE scenes SET time_end = time;
)",
                                                             R"(
    CREATE TABLE tokens (
        id      TEXT PRIMARY KEY,                        -- shown in lists and in the audit log
        hash    TEXT NOT NULL UNIQUE,                    -- sha-256 of the token, hexadecimal
        role    TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'moderator', 'admin')),
        layers  TEXT,                                    -- JSON: [name, …]; NULL: no grants
        created INTEGER NOT NULL,                        -- ms since 1970 UTC
        expires INTEGER,                                 -- the same; NULL: never
        revoked INTEGER                                  -- the same; NULL: it is not
    ) STRICT;
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY,                      -- 1, 2, 3, …
        time   INTEGER NOT NULL,                         -- ms since 1970 UTC
        actor  TEXT NOT NULL,
        role   TEXT NOT NULL,
        action TEXT NOT NULL,
        object TEXT NOT NULL,
        level  TEXT NOT NULL,
        reason TEXT NOT NULL,
        count  INTEGER NOT NULL,
        result TEXT NOT NULL,
        prev   TEXT NOT NULL,                            -- hash of the entry before; zeros at first
        hash   TEXT NOT NULL                             -- sha-256 of all the others
    ) STRICT;
)",
                                                             R"(
    CREATE TABLE users (
        id      TEXT PRIMARY KEY,                        -- stands for the name in the audit log
        name    TEXT NOT NULL UNIQUE,
        role    TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'moderator', 'admin')),
        layers  TEXT,                                    -- JSON: [name, …]; NULL: no grants
        hash    TEXT NOT NULL,                           -- argon2id with its salt and cost
        created INTEGER NOT NULL                         -- ms since 1970 UTC
    ) STRICT;
    CREATE TABLE sessions (
        id      TEXT PRIMARY KEY,
        hash    TEXT NOT NULL UNIQUE,                    -- sha-256 of the cookie, hexadecimal
        user    TEXT NOT NULL REFERENCES users (id),
        created INTEGER NOT NULL,                        -- ms since 1970 UTC
        expires INTEGER NOT NULL                         -- the same
    ) STRICT;
    CREATE INDEX sessions_by_user ON sessions (user);
)",
                                                             R"(
    -- By name: a layer of a served folder has no row among the layers.
    CREATE TABLE suspensions (
        layer TEXT PRIMARY KEY,
        since INTEGER NOT NULL                           -- ms since 1970 UTC
    ) STRICT;
)",
                                                             R"(
    -- What everyone may know of reports, derived from exact.db.
    CREATE TABLE shown_progress (
        id       INTEGER PRIMARY KEY CHECK (id = 1),
        sequence INTEGER NOT NULL,                       -- of the outbox, followed so far
        batch    INTEGER NOT NULL,                       -- ms since 1970 UTC
        revision INTEGER NOT NULL,
        changed  INTEGER NOT NULL,                       -- ms since 1970 UTC
        epoch    TEXT NOT NULL                           -- fingerprint of the privacy rules
    ) STRICT;
    CREATE TABLE shown_reports (
        number      INTEGER PRIMARY KEY,
        feature     INTEGER NOT NULL,                    -- id in tiles
        id          TEXT NOT NULL UNIQUE,
        longitude   REAL NOT NULL,
        latitude    REAL NOT NULL,
        area_zoom   INTEGER,                             -- NULL: known to the point
        area_path   INTEGER,
        title       TEXT NOT NULL,
        description TEXT NOT NULL,
        category    TEXT NOT NULL,
        severity    INTEGER NOT NULL,
        status      INTEGER NOT NULL,
        level       INTEGER NOT NULL,
        time        INTEGER NOT NULL,                    -- ms since 1970 UTC, as all that follow
        time_end    INTEGER NOT NULL,
        received    INTEGER NOT NULL,
        changed     INTEGER NOT NULL,
        photos      TEXT NOT NULL,                       -- JSON: [sha-256, …]
        licence     TEXT NOT NULL,
        attribution TEXT NOT NULL
    ) STRICT;
    CREATE TABLE shown_groups (
        zoom     INTEGER NOT NULL,                       -- of the cell
        path     INTEGER NOT NULL,
        level    INTEGER NOT NULL,
        time     INTEGER NOT NULL,                       -- minutes since 1970 UTC
        time_end INTEGER NOT NULL,
        category TEXT NOT NULL,                          -- empty: not told
        count    INTEGER NOT NULL
    ) STRICT;

    -- Tells a change of what layers there are from all others: reports, sessions, the audit log.
    CREATE TABLE catalogue (revision INTEGER NOT NULL) STRICT;
    INSERT INTO catalogue VALUES (0);
    CREATE TRIGGER layers_insert AFTER INSERT ON layers
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER layers_update AFTER UPDATE ON layers
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER layers_delete AFTER DELETE ON layers
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER observations_insert AFTER INSERT ON observations
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER observations_update AFTER UPDATE ON observations
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER observations_delete AFTER DELETE ON observations
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER mosaics_insert AFTER INSERT ON mosaics
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER mosaics_update AFTER UPDATE ON mosaics
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER mosaics_delete AFTER DELETE ON mosaics
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER scenes_insert AFTER INSERT ON scenes
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER scenes_update AFTER UPDATE ON scenes
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER scenes_delete AFTER DELETE ON scenes
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER suspensions_insert AFTER INSERT ON suspensions
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER suspensions_update AFTER UPDATE ON suspensions
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
    CREATE TRIGGER suspensions_delete AFTER DELETE ON suspensions
        BEGIN UPDATE catalogue SET revision = revision + 1; END;
)",
                                                             R"(
    -- Who signs in by an identity provider has an id that stands for issuer and subject, "@id" as
    -- name, which nobody can be given, and no hash of a password ('').
    ALTER TABLE users ADD COLUMN shown TEXT;             -- name that the provider gives; NULL: local
)"};

constexpr Schema relief_db{"relief.db", application_id, migrations};

}  // namespace

Result<void> prepare_schema(Connection& connection) {
    return prepare(connection, relief_db);
}

Result<bool> is_outdated(Connection& connection) {
    return is_outdated(connection, relief_db);
}

}  // namespace relief::workspace
