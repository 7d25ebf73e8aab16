#include "tiler/workspace/layer_store.hpp"

#include "tiler/workspace/database.hpp"
#include "tiler/workspace/layer_rows.hpp"
#include "tiler/workspace/layer_writes.hpp"
#include "tiler/workspace/schema.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace relief::workspace {
namespace fs = std::filesystem;

struct LayerStore::Database {
    Connection connection;
    fs::path workspace;  // canonical
};

namespace {

Result<fs::path> canonical_folder(const fs::path& workspace) {
    std::error_code failure;
    fs::path folder = fs::canonical(workspace, failure);
    if (failure) return not_found("the workspace folder does not exist", workspace.string());
    return folder;
}

Result<void> make_folders(const fs::path& workspace) {
    std::error_code failure;
    fs::create_directories(workspace / "layers", failure);
    if (!failure) return {};
    return source_broken("the workspace folder cannot be made; check its place and permissions",
                         workspace.string() + ": " + failure.message());
}

/// It holds hashes of passwords and tokens. SQLite gives its log files the mode of the database;
/// one that is there keeps the mode that somebody may have given it.
void create_private(const fs::path& file) {
    constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    // Why it cannot be made is said when it is opened.
    if (made >= 0) ::close(made);
}

bool is_frozen(const fs::path& workspace) {
    std::error_code failure;
    const auto pending = fs::file_size(workspace / "relief.db-wal", failure);
    return access(workspace.c_str(), W_OK) != 0 && (failure || pending == 0);
}

Result<Connection> open_reading(const fs::path& file, Connection::Mode mode) {
    auto connection = Connection::open(file, mode);
    if (!connection) return connection.error();
    if (auto known = is_outdated(*connection); !known) return known.error();
    return connection;
}

}  // namespace

LayerStore::LayerStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}
LayerStore::LayerStore(LayerStore&&) noexcept = default;
LayerStore& LayerStore::operator=(LayerStore&&) noexcept = default;
LayerStore::~LayerStore() = default;

Result<LayerStore> LayerStore::open(const fs::path& workspace) {
    if (auto made = make_folders(workspace); !made) return made.error();
    auto folder = canonical_folder(workspace);
    if (!folder) return folder.error();
    create_private(*folder / "relief.db");
    auto connection = Connection::open(*folder / "relief.db", Connection::Mode::write);
    if (!connection) return connection.error();
    if (auto ready = prepare_schema(*connection); !ready) return ready.error();
    return LayerStore(
        std::make_unique<Database>(Database{*std::move(connection), *std::move(folder)}));
}

Result<LayerStore> LayerStore::open_existing(const fs::path& workspace) {
    auto folder = canonical_folder(workspace);
    if (!folder) return folder.error();
    const fs::path file = *folder / "relief.db";
    std::error_code failure;
    if (!fs::exists(file, failure)) {
        return not_found("the workspace has no relief.db yet; \"relief add\" makes it",
                         file.string());
    }
    auto connection = open_reading(file, Connection::Mode::read);
    if (!connection && is_frozen(*folder))
        connection = open_reading(file, Connection::Mode::frozen);
    if (!connection) return connection.error();
    // What an earlier Relief wrote is brought up to date by whoever opens it first.
    const auto outdated = is_outdated(*connection);
    if (!outdated) return outdated.error();
    if (*outdated && !is_frozen(*folder)) return open(workspace);
    if (*outdated)
        return source_broken(
            "relief.db was written by an earlier version of Relief; make the workspace writable, "
            "so that it is brought up to date");
    return LayerStore(
        std::make_unique<Database>(Database{*std::move(connection), *std::move(folder)}));
}

Result<std::vector<std::string>> LayerStore::register_observation(const NewObservation& entry) {
    Connection& connection = database_->connection;
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    // Inside the transaction, so that the file cannot be deleted as unreferenced meanwhile.
    auto stored = entry.observation.added
                      ? stored_path(database_->workspace, entry.observation.file)
                      : Result<std::string>(entry.observation.file);
    if (!stored) return stored.error();
    const auto layer = insert_or_update_layer(connection, entry);
    if (!layer) return layer.error();
    const auto replaced =
        replace_observation(connection, {*layer, *std::move(stored)}, entry.observation);
    if (!replaced) return replaced.error();
    auto files = unreferenced(connection, database_->workspace, *replaced);
    if (!files) return files;
    if (auto done = transaction->commit(); !done) return done.error();
    return files;
}

Result<std::vector<std::string>> LayerStore::remove(const LayerName& layer) {
    Connection& connection = database_->connection;
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    const auto found = find_layer(connection, layer);
    if (!found) return found.error();
    constexpr std::int64_t none = -1;
    const std::int64_t row = *found ? (*found)->row : none;
    // Scenes of a mosaic that was never finished have no layer, and go too.
    Statement query(connection,
                    "SELECT file, added FROM observations WHERE layer = ? "
                    "UNION ALL SELECT file, 1 FROM scenes WHERE mosaic = ?");
    query.bind(row).bind(layer.text());
    const auto names = added_files(std::move(query));
    if (!names) return names.error();
    if (!*found && names->empty()) return not_found("there is no layer " + layer.text());
    Statement erase_scenes(connection, "DELETE FROM scenes WHERE mosaic = ?");
    if (auto done = erase_scenes.bind(layer.text()).finish(); !done) return done.error();
    Statement erase(connection, "DELETE FROM layers WHERE id = ?");  // observations follow
    if (auto done = erase.bind(row).finish(); !done) return done.error();
    auto files = unreferenced(connection, database_->workspace, *names);
    if (!files) return files;
    if (auto done = transaction->commit(); !done) return done.error();
    return files;
}

Result<void> LayerStore::suspend(const LayerName& layer, Instant now) {
    Statement statement(database_->connection,
                        "INSERT INTO suspensions (layer, since) VALUES (?, ?) "
                        "ON CONFLICT (layer) DO NOTHING");
    return statement.bind(layer.text()).bind(now.milliseconds).finish();
}

Result<bool> LayerStore::resume(const LayerName& layer) {
    Statement statement(database_->connection,
                        "DELETE FROM suspensions WHERE layer = ? RETURNING 1");
    auto found = statement.bind(layer.text()).step();
    if (!found) return found.error();
    if (auto done = statement.finish(); !done) return done.error();
    return *found;
}

Result<LayerNames> LayerStore::suspended() const {
    Statement statement(database_->connection, "SELECT layer FROM suspensions");
    LayerNames names;
    for (;;) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return names;
        names.insert(statement.text(0));
    }
}

Result<std::vector<std::string>> LayerStore::delete_unreferenced(
    const std::vector<std::string>& files) {
    Connection& connection = database_->connection;
    auto transaction = Transaction::begin(connection);
    if (!transaction) return transaction.error();
    std::vector<std::string> gone;
    for (const std::string& file : files) {
        const auto stored = stored_path(database_->workspace, file);
        if (!stored) continue;  // not ours, or gone already
        const auto used = is_referenced(connection, *stored);
        if (!used) return used.error();
        std::error_code failure;
        if (!*used && fs::remove(file, failure)) gone.push_back(file);
    }
    return gone;
}

Result<std::vector<Layer>> LayerStore::layers() const {
    auto stored = readable_layers();
    if (!stored) return stored.error();
    if (!stored->problems.empty()) {
        const Problem& first = stored->problems.front();
        return source_broken("layer " + first.subject + ": " + first.reason);
    }
    return std::move(stored->layers);
}

Result<StoredLayers> LayerStore::readable_layers() const {
    return read_layers(database_->connection, database_->workspace);
}

Result<std::int64_t> LayerStore::data_version() const {
    return database_->connection.number("PRAGMA data_version");
}

Result<std::int64_t> LayerStore::revision() const {
    return database_->connection.number("SELECT revision FROM catalogue");
}

bool LayerStore::is_workspace(const fs::path& folder) {
    std::error_code failure;
    return fs::is_regular_file(folder / "relief.yaml", failure) ||
           fs::is_regular_file(folder / "relief.db", failure);
}

}  // namespace relief::workspace
