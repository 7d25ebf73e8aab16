#include "tiler/workspace/database.hpp"

#include <utility>

namespace relief::workspace {
namespace {

constexpr int patience_ms = 5000;  // for another process that writes

/// Words for the one who asked; the library's own go to the log.
Error explain(int code, std::string subject, std::string detail) {
    subject += ' ';
    switch (code & 0xFF) {  // the low byte is the primary code, the rest only refines it
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Fault::too_busy,
                    subject + "is being written by another program; try again",
                    std::move(detail)};
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return source_broken(subject + "is damaged or is no database; put it back from a copy",
                                 std::move(detail));
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return source_broken(subject + "cannot be written; check its permissions",
                                 std::move(detail));
        case SQLITE_CANTOPEN:
            return source_broken(subject + "cannot be opened; check its permissions",
                                 std::move(detail));
        case SQLITE_FULL:
            return source_broken(subject + "cannot grow; the disk is full", std::move(detail));
        case SQLITE_IOERR:
            return source_broken(subject + "cannot be read or written; the disk reports an error",
                                 std::move(detail));
        default: return source_broken(subject + "cannot be used", std::move(detail));
    }
}

int flags_of(Connection::Mode mode) noexcept {
    constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
        case Connection::Mode::read: return always | SQLITE_OPEN_READONLY;
        case Connection::Mode::write: return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case Connection::Mode::frozen: break;
    }
    return always | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
}

/// https://www.sqlite.org/uri.html: "?", "#" and "%" of the path are percent-encoded.
std::string frozen_uri(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '?') {
            uri += "%3f";
        } else if (c == '#') {
            uri += "%23";
        } else if (c == '%') {
            uri += "%25";
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

}  // namespace

Result<Connection> Connection::open(const std::filesystem::path& file,
                                    Mode mode,
                                    std::string subject) {
    Connection connection;
    connection.file_ = file.string();
    connection.subject_ = std::move(subject);
    const std::string name = mode == Mode::frozen ? frozen_uri(file) : connection.file_;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags_of(mode), nullptr);
    connection.handle_.reset(handle);
    if (code != SQLITE_OK) {
        return explain(code, connection.subject_, connection.file_ + ": " + sqlite3_errstr(code));
    }
    sqlite3_busy_timeout(handle, patience_ms);
    // A workspace may come from elsewhere: its schema must not be able to run anything.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    return connection;
}

Result<void> Connection::run(const char* statements) {
    if (sqlite3_exec(handle_.get(), statements, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return failure();
}

Result<std::int64_t> Connection::number(const char* query) {
    Statement statement(*this, query);
    const auto row = statement.step();
    if (!row) return row.error();
    return statement.number(0);
}

Error Connection::failure() const {
    return explain(
        sqlite3_errcode(handle_.get()), subject_, file_ + ": " + sqlite3_errmsg(handle_.get()));
}

Statement::Statement(const Connection& connection, std::string_view query)
    : connection_(connection) {
    sqlite3_stmt* statement = nullptr;
    note(sqlite3_prepare_v2(
        connection.handle(), query.data(), static_cast<int>(query.size()), &statement, nullptr));
    statement_.reset(statement);
}

void Statement::note(int code) {
    if (code != SQLITE_OK && !problem_) problem_ = connection_.failure();
}

Statement& Statement::bind(std::string_view text) {
    // An empty string_view may point nowhere, which SQLite would take as NULL.
    const char* data = text.empty() ? "" : text.data();
    if (!problem_) {
        note(sqlite3_bind_text64(
            statement_.get(), next_, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    ++next_;
    return *this;
}

Statement& Statement::bind(std::span<const std::uint8_t> bytes) {
    if (!problem_) {
        note(sqlite3_bind_blob64(
            statement_.get(), next_, bytes.data(), bytes.size(), SQLITE_STATIC));
    }
    ++next_;
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    if (!problem_) note(sqlite3_bind_int64(statement_.get(), next_, number));
    ++next_;
    return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
    if (number) return bind(*number);
    if (!problem_) note(sqlite3_bind_null(statement_.get(), next_));
    ++next_;
    return *this;
}

Statement& Statement::bind_real(double number) {
    if (!problem_) note(sqlite3_bind_double(statement_.get(), next_, number));
    ++next_;
    return *this;
}

Result<bool> Statement::step() {
    if (problem_) return *problem_;
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return connection_.failure();
}

Result<void> Statement::finish() {
    const auto row = step();
    if (!row) return row.error();
    return {};
}

Statement& Statement::again() {
    // Its code repeats the failure of the step before, which was told then.
    sqlite3_reset(statement_.get());
    next_ = 1;
    return *this;
}

std::string Statement::text(int column) const {
    const auto* bytes =
        reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::optional<std::int64_t> Statement::optional_number(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return number(column);
}

Result<Transaction> Transaction::begin(Connection& connection) {
    if (auto begun = connection.run("BEGIN IMMEDIATE"); !begun) return begun.error();
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    if (connection_ != nullptr) {
        sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Result<void> Transaction::commit() {
    if (auto done = connection_->run("COMMIT"); !done) return done;
    connection_ = nullptr;
    return {};
}

}  // namespace relief::workspace
