#pragma once
// SQLite with owners: a connection, a statement, a transaction; failures as Error without a path.

#include "tiler/core/result.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relief::workspace {

/// One connection; belongs to one thread at a time.
class Connection {
public:
    enum class Mode : std::uint8_t {
        read,
        write,   ///< makes the file when it is missing
        frozen,  ///< of a folder that cannot be written: what is there now, without WAL files
    };

    /// `subject` begins every failure's words. Errors: source_broken when the file cannot be opened
    /// as asked.
    static Result<Connection> open(const std::filesystem::path& file,
                                   Mode mode,
                                   std::string subject = "the workspace's database (relief.db)");

    /// Runs statements that give no rows. Errors: see failure().
    Result<void> run(const char* statements);
    /// The first column of the first row of a query, as a number.
    Result<std::int64_t> number(const char* query);

    /// What SQLite's last complaint on this connection means to the one who asked.
    Error failure() const;
    sqlite3* handle() const noexcept { return handle_.get(); }
    std::int64_t last_row() const noexcept { return sqlite3_last_insert_rowid(handle_.get()); }

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::string file_;
    std::string subject_;
};

/// A prepared statement; parameters are bound in order, columns read by position from 0.
/// A failure stays until the end: only step() and finish() tell it.
class Statement {
public:
    Statement(const Connection& connection, std::string_view query);

    Statement& bind(std::string_view text);
    /// A blob. The bytes must stay until the step.
    Statement& bind(std::span<const std::uint8_t> bytes);
    Statement& bind(std::int64_t number);
    Statement& bind(std::optional<std::int64_t> number);
    /// By a name of its own: an int would be as near to it as to a whole number.
    Statement& bind_real(double number);

    /// True when there is a row.
    Result<bool> step();
    /// For statements that give no rows.
    Result<void> finish();
    /// Ready to be bound and stepped once more; a failure before stays.
    Statement& again();

    std::string text(int column) const;
    std::int64_t number(int column) const;
    std::optional<std::int64_t> optional_number(int column) const;
    double real(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    void note(int code);

    const Connection& connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int next_ = 1;
    std::optional<Error> problem_;
};

/// Undoes itself unless committed.
class Transaction {
public:
    /// BEGIN IMMEDIATE: waits for another writer now, not in the middle.
    static Result<Transaction> begin(Connection& connection);

    Transaction(Transaction&& other) noexcept;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Result<void> commit();

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;  // null: nothing left to undo
};

}  // namespace relief::workspace
