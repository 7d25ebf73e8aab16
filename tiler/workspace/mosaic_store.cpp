#include "tiler/workspace/mosaic_store.hpp"

#include "tiler/workspace/database.hpp"
#include "tiler/workspace/description_json.hpp"
#include "tiler/workspace/layer_rows.hpp"
#include "tiler/workspace/layer_writes.hpp"
#include "tiler/workspace/schema.hpp"
#include "tiler/workspace/stored_time.hpp"

#include <algorithm>
#include <utility>

namespace relief::workspace {
namespace fs = std::filesystem;

struct MosaicStore::Database {
    Connection connection;
    fs::path workspace;  // canonical
};

namespace {

/// A scene that is kept for longer without being shown is dropped; in milliseconds.
constexpr std::int64_t kept_for = 24LL * 3600 * 1000;

std::optional<std::int64_t> wide(const std::optional<std::int32_t>& number) {
    return number ? std::optional(std::int64_t{*number}) : std::nullopt;
}

Result<std::int64_t> form_row(const Connection& connection, const RasterDescription& form) {
    const std::string text = to_json(form);
    // An update that changes nothing, so that the row is told in either case.
    Statement insert(connection,
                     "INSERT INTO scene_forms (description) VALUES (?) "
                     "ON CONFLICT (description) DO UPDATE SET description = excluded.description "
                     "RETURNING id");
    const auto row = insert.bind(text).step();
    if (!row) return row.error();
    const std::int64_t id = insert.number(0);
    if (auto done = insert.finish(); !done) return done.error();
    return id;
}

Result<std::vector<std::int64_t>> shown_rows(const Connection& connection,
                                             const LayerName& mosaic) {
    Statement query(connection, "SELECT id FROM scenes WHERE mosaic = ? AND shown = 1 ORDER BY id");
    query.bind(mosaic.text());
    std::vector<std::int64_t> rows;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(query.number(0));
    }
}

Result<void> show_scene(const Connection& connection, const ShownScene& scene) {
    Statement update(
        connection,
        "UPDATE scenes SET shown = 1, name = ?, time = coalesce(?, time), "
        "time_end = coalesce(?, time_end), cloud = coalesce(?, cloud), priority = ? WHERE id = ?");
    return update.bind(scene.name)
        .bind(begin_of(scene.time))
        .bind(end_of(scene.time))
        .bind(wide(scene.cloud))
        .bind(std::int64_t{scene.priority})
        .bind(scene.row)
        .finish();
}

/// Drops what is replaced and what was kept for long without being shown. Gives the stored files.
Result<std::vector<std::string>> drop_scenes(const Connection& connection,
                                             const NewMosaic& mosaic) {
    std::vector<std::string> files;
    for (const std::int64_t row : mosaic.replaced) {
        Statement erase(connection, "DELETE FROM scenes WHERE id = ? RETURNING file, 1");
        erase.bind(row);
        auto gone = added_files(std::move(erase));
        if (!gone) return gone;
        files.insert(files.end(), gone->begin(), gone->end());
    }
    Statement sweep(connection,
                    "DELETE FROM scenes WHERE mosaic = ? AND shown = 0 AND kept < ? "
                    "RETURNING file, 1");
    sweep.bind(mosaic.entry.layer.text())
        .bind(mosaic.entry.observation.modified.milliseconds - kept_for);
    auto gone = added_files(std::move(sweep));
    if (!gone) return gone;
    files.insert(files.end(), gone->begin(), gone->end());
    return files;
}

Result<void> write_mosaic(const Connection& connection, FoundLayer layer, const NewMosaic& mosaic) {
    Statement insert(connection,
                     "INSERT INTO mosaics (layer, ordering, bands, depth) VALUES (?, ?, ?, ?) "
                     "ON CONFLICT (layer) DO UPDATE SET ordering = excluded.ordering, "
                     "bands = excluded.bands, depth = excluded.depth");
    return insert.bind(layer.row)
        .bind(to_text(mosaic.order))
        .bind(std::int64_t{mosaic.bands})
        .bind(static_cast<std::int64_t>(mosaic.depth))
        .finish();
}

Result<void> write_scenes(const Connection& connection, const NewMosaic& mosaic) {
    const auto now = shown_rows(connection, mosaic.entry.layer);
    if (!now) return now.error();
    if (*now != mosaic.shown_before)
        return Error{Fault::conflict, "another program has changed the mosaic meanwhile"};
    for (const ShownScene& scene : mosaic.shown) {
        if (auto done = show_scene(connection, scene); !done) return done;
    }
    return {};
}

}  // namespace

MosaicStore::MosaicStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}
MosaicStore::MosaicStore(MosaicStore&&) noexcept = default;
MosaicStore::~MosaicStore() = default;

Result<MosaicStore> MosaicStore::open(const fs::path& workspace) {
    // Makes the folders and the tables.
    if (auto layers = LayerStore::open(workspace); !layers) return layers.error();
    std::error_code failure;
    fs::path folder = fs::canonical(workspace, failure);
    if (failure) return not_found("the workspace folder does not exist", workspace.string());
    auto connection = Connection::open(folder / "relief.db", Connection::Mode::write);
    if (!connection) return connection.error();
    if (auto ready = prepare_schema(*connection); !ready) return ready.error();
    return MosaicStore(
        std::make_unique<Database>(Database{*std::move(connection), std::move(folder)}));
}

Result<SceneRows> MosaicStore::scenes(const LayerName& mosaic) const {
    return read_scenes(database_->connection, mosaic.text(), SceneFilter::all);
}

Result<std::optional<SceneOrder>> MosaicStore::order_of(const LayerName& mosaic) const {
    Statement query(database_->connection,
                    "SELECT m.ordering FROM layers l LEFT JOIN mosaics m ON m.layer = l.id "
                    "WHERE l.name = ?");
    const auto row = query.bind(mosaic.text()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<SceneOrder>();
    const auto order = parse_scene_order(query.text(0));
    if (!order)
        return Error{Fault::conflict,
                     "layer " + mosaic.text() + " is no mosaic; choose another name"};
    return order;
}

Result<std::int64_t> MosaicStore::keep(const LayerName& mosaic, const NewScene& entry) {
    Connection& connection = database_->connection;
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    // Inside the transaction, so that the file cannot be deleted as unreferenced meanwhile.
    const auto stored = stored_path(database_->workspace, entry.file);
    if (!stored) return stored.error();
    const Scene& scene = entry.scene;
    const auto form = form_row(connection, *scene.form);
    if (!form) return form.error();
    Statement insert(connection, R"(
        INSERT INTO scenes (mosaic, shown, name, origin, version, file, time, time_end, cloud,
                            priority, minimum_zoom, maximum_zoom, footprint, kept, form)
        VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (mosaic, version) DO UPDATE SET origin = excluded.origin RETURNING id)");
    const auto row = insert.bind(mosaic.text())
                         .bind(scene.name)
                         .bind(entry.origin)
                         .bind(scene.version.text)
                         .bind(*stored)
                         .bind(begin_of(scene.time))
                         .bind(end_of(scene.time))
                         .bind(wide(scene.cloud))
                         .bind(std::int64_t{scene.priority})
                         .bind(std::int64_t{scene.minimum_zoom})
                         .bind(std::int64_t{scene.maximum_zoom})
                         .bind(geo::to_text(scene.footprint))
                         .bind(entry.kept.milliseconds)
                         .bind(*form)
                         .step();
    if (!row) return row.error();
    const std::int64_t id = insert.number(0);
    if (auto done = insert.finish(); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return id;
}

Result<std::vector<std::string>> MosaicStore::show(const NewMosaic& mosaic) {
    Connection& connection = database_->connection;
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    const auto stored = stored_path(database_->workspace, mosaic.entry.observation.file);
    if (!stored) return stored.error();
    const auto layer = insert_or_update_layer(connection, mosaic.entry);
    if (!layer) return layer.error();
    if (auto done = write_scenes(connection, mosaic); !done) return done.error();
    auto dropped = drop_scenes(connection, mosaic);
    if (!dropped) return dropped;
    if (auto done = write_mosaic(connection, *layer, mosaic); !done) return done.error();
    auto replaced = replace_observation(connection, {*layer, *stored}, mosaic.entry.observation);
    if (!replaced) return replaced;
    dropped->insert(dropped->end(), replaced->begin(), replaced->end());
    auto files = unreferenced(connection, database_->workspace, *dropped);
    if (!files) return files;
    if (auto done = transaction->commit(); !done) return done.error();
    return files;
}

}  // namespace relief::workspace
