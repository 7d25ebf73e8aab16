#include "tiler/workspace/layer_writes.hpp"

#include "tiler/workspace/layer_rows.hpp"
#include "tiler/workspace/stored_time.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <set>
#include <utility>

namespace relief::workspace {
namespace fs = std::filesystem;
namespace {

Statement& bind_provenance(Statement& statement, const Provenance& provenance) {
    return statement.bind(provenance.source)
        .bind(provenance.licence)
        .bind(provenance.acquired)
        .bind(provenance.processed)
        .bind(provenance.method)
        .bind(provenance.confidence)
        .bind(provenance.supersedes)
        .bind(std::int64_t{provenance.preliminary ? 1 : 0});
}

Result<FoundLayer> insert_layer(const Connection& connection, const NewObservation& entry) {
    Statement insert(connection, R"(
        INSERT INTO layers (name, title, sensitivity, source, licence, acquired, processed, method,
                            confidence, supersedes, preliminary, style)
        VALUES (?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?))");
    insert.bind(entry.layer.text())
        .bind(entry.title.empty() ? entry.layer.text() : entry.title)
        .bind(entry.sensitivity ? to_text(*entry.sensitivity) : std::string_view{});
    if (auto done =
            bind_provenance(insert, entry.provenance).bind(style_text(entry.style_words)).finish();
        !done) {
        return done.error();
    }
    return FoundLayer{connection.last_row()};
}

/// What is not stated, an empty text, leaves the column as it is.
Result<void> update_layer(const Connection& connection,
                          FoundLayer layer,
                          const NewObservation& entry) {
    Statement update(connection, R"(
        UPDATE layers SET
            title = coalesce(nullif(?, ''), title),
            sensitivity = coalesce(nullif(?, ''), sensitivity),
            source = coalesce(nullif(?, ''), source),
            licence = coalesce(nullif(?, ''), licence),
            acquired = coalesce(nullif(?, ''), acquired),
            processed = coalesce(nullif(?, ''), processed),
            method = coalesce(nullif(?, ''), method),
            confidence = coalesce(nullif(?, ''), confidence),
            supersedes = coalesce(nullif(?, ''), supersedes),
            preliminary = ?,
            style = coalesce(nullif(?, '[]'), style)
        WHERE id = ?)");
    update.bind(entry.title)
        .bind(entry.sensitivity ? to_text(*entry.sensitivity) : std::string_view{});
    return bind_provenance(update, entry.provenance)
        .bind(style_text(entry.style_words))
        .bind(layer.row)
        .finish();
}

Result<void> refuse_mixed_times(const Connection& connection,
                                FoundLayer layer,
                                const NewObservation& entry) {
    Statement query(connection,
                    "SELECT count(*) FROM observations WHERE layer = ? AND (time IS NULL) <> ?");
    const bool timeless = !entry.observation.time;
    const auto row = query.bind(layer.row).bind(std::int64_t{timeless ? 1 : 0}).step();
    if (!row) return row.error();
    if (query.number(0) == 0) return {};
    const std::string name = entry.layer.text();
    return Error{Fault::conflict,
                 timeless
                     ? "layer " + name + " has observations with times; give a --time"
                     : "layer " + name + " has no times; leave --time out or choose another --id"};
}

Result<void> refuse_features_among_rasters(const Connection& connection,
                                           FoundLayer layer,
                                           const NewObservation& entry) {
    Statement query(connection, "SELECT description FROM observations WHERE layer = ? LIMIT 1");
    const auto row = query.bind(layer.row).step();
    if (!row) return row.error();
    if (!*row) return {};
    const auto content = dataset_description_from_json(query.text(0));
    // What cannot be read any more stands in nobody's way.
    if (!content || content->index() == entry.observation.content.index()) return {};
    const std::string name = entry.layer.text();
    return Error{Fault::conflict,
                 entry.observation.is_vector()
                     ? "layer " + name + " is a raster; choose another --id for features"
                     : "layer " + name + " holds features; choose another --id for a raster"};
}

Result<void> refuse_other_kind(const Connection& connection,
                               FoundLayer layer,
                               const NewObservation& entry) {
    Statement query(connection, "SELECT 1 FROM mosaics WHERE layer = ?");
    const auto mosaic = query.bind(layer.row).step();
    if (!mosaic) return mosaic.error();
    if (*mosaic == entry.of_mosaic) return {};
    const std::string name = entry.layer.text();
    return Error{Fault::conflict,
                 *mosaic ? "layer " + name + " is a mosaic; add to it with --mosaic " + name
                         : "layer " + name + " is no mosaic; choose another name"};
}

}  // namespace

Result<std::optional<FoundLayer>> find_layer(const Connection& connection, const LayerName& name) {
    Statement query(connection, "SELECT id FROM layers WHERE name = ?");
    const auto row = query.bind(name.text()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<FoundLayer>{};
    return std::optional(FoundLayer{query.number(0)});
}

Result<std::vector<std::string>> added_files(Statement query) {
    std::vector<std::string> files;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return files;
        if (query.number(1) != 0) files.push_back(query.text(0));
    }
}

Result<bool> is_referenced(const Connection& connection, const std::string& stored) {
    Statement query(connection,
                    "SELECT 1 FROM observations WHERE file = ? AND added = 1 "
                    "UNION ALL SELECT 1 FROM scenes WHERE file = ? LIMIT 1");
    return query.bind(stored).bind(stored).step();
}

Result<std::vector<std::string>> unreferenced(const Connection& connection,
                                              const fs::path& workspace,
                                              const std::vector<std::string>& stored) {
    std::vector<std::string> files;
    for (const std::string& name : std::set<std::string>(stored.begin(), stored.end())) {
        const auto used = is_referenced(connection, name);
        if (!used) return used.error();
        // A name that leads out of the workspace must never reach the one who deletes.
        if (const auto path = absolute_path(workspace, name); !*used && path) {
            files.push_back(*path);
        }
    }
    return files;
}

Result<std::vector<std::string>> replace_observation(const Connection& connection,
                                                     const NewRow& row,
                                                     const Observation& observation) {
    const auto begin = begin_of(observation.time);
    const auto end = end_of(observation.time);
    Statement old(connection,
                  "DELETE FROM observations WHERE layer = ? AND time IS ? AND time_end IS ? "
                  "RETURNING file, added");
    old.bind(row.layer.row).bind(begin).bind(end);
    auto replaced = added_files(std::move(old));
    if (!replaced) return replaced;
    Statement insert(connection, R"(
        INSERT INTO observations (layer, time, time_end, version, file, added, modified,
                                  description)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?))");
    insert.bind(row.layer.row)
        .bind(begin)
        .bind(end)
        .bind(observation.version.text)
        .bind(row.stored)
        .bind(std::int64_t{observation.added ? 1 : 0})
        .bind(observation.modified.milliseconds)
        .bind(to_json(observation.content));
    if (auto done = insert.finish(); !done) return done.error();
    return replaced;
}

Result<FoundLayer> insert_or_update_layer(const Connection& connection,
                                          const NewObservation& entry) {
    const auto found = find_layer(connection, entry.layer);
    if (!found) return found.error();
    if (!*found) return insert_layer(connection, entry);
    if (auto same = refuse_other_kind(connection, **found, entry); !same) return same.error();
    if (auto same = refuse_features_among_rasters(connection, **found, entry); !same)
        return same.error();
    if (auto same = refuse_mixed_times(connection, **found, entry); !same) return same.error();
    if (auto done = update_layer(connection, **found, entry); !done) return done.error();
    return **found;
}

}  // namespace relief::workspace
