#include "tiler/archive/work_book.hpp"

#include <utility>

namespace relief::archive {
namespace {

using workspace::Connection;
using workspace::Statement;

constexpr const char* subject = "the unfinished package";

std::int64_t as_signed(std::uint64_t number) noexcept {
    return static_cast<std::int64_t>(number);
}

/// The lock is held from the first transaction to the end, so that two exports to one place meet
/// here. Tables are only added to: a rollback journal holds little, WAL would write all twice.
Result<Connection> open_alone(const std::filesystem::path& file) {
    auto connection = Connection::open(file, Connection::Mode::write, subject);
    if (!connection) return connection.error();
    // Who holds the lock holds it for long: waiting leads nowhere.
    for (const char* statement : {"PRAGMA busy_timeout=200",
                                  "PRAGMA locking_mode=EXCLUSIVE",
                                  "PRAGMA journal_mode=TRUNCATE",
                                  "PRAGMA synchronous=NORMAL",
                                  "PRAGMA cache_size=-65536",
                                  "BEGIN EXCLUSIVE"}) {
        if (auto done = connection->run(statement); !done) return done.error();
    }
    return connection;
}

constexpr const char* notes_table =
    "CREATE TABLE export_work(export_order TEXT NOT NULL, next INTEGER NOT NULL, "
    "tiles INTEGER NOT NULL, stored INTEGER NOT NULL, bytes INTEGER NOT NULL)";

}  // namespace

Result<std::unique_ptr<WorkBook>> WorkBook::open(const Plan& plan) {
    auto connection = open_alone(plan.file);
    if (!connection) return connection.error();
    std::unique_ptr<WorkBook> book(new WorkBook);
    book->connection_ = std::move(*connection);
    book->changing_ = true;
    if (auto ready = book->prepare(plan); !ready) return ready.error();
    return book;
}

Result<void> WorkBook::discard(const std::filesystem::path& file) {
    if (auto alone = open_alone(file); !alone && alone.error().fault == Fault::too_busy)
        return alone.error();
    std::error_code failure;
    std::filesystem::remove(file, failure);
    std::error_code ignored;
    std::filesystem::remove(file.string() + "-journal", ignored);
    if (failure) return source_broken("the unfinished package cannot be deleted");
    return {};
}

Result<void> WorkBook::prepare(const Plan& plan) {
    const auto noted = connection_->number(
        "SELECT count(*) FROM sqlite_master WHERE type='table' AND name='export_work'");
    if (!noted) return noted.error();
    if (*noted > 0) return read_ledger(plan.order);
    const auto tables = connection_->number("SELECT count(*) FROM sqlite_master");
    if (!tables) return tables.error();
    if (*tables > 0) {
        ended_ = true;
        return {};
    }
    for (const char* statements : {notes_table, plan.tables}) {
        if (auto made = connection_->run(statements); !made) return made;
    }
    if (auto noted_order = Statement(*connection_, "INSERT INTO export_work VALUES(?, 0, 0, 0, 0)")
                               .bind(std::string_view(plan.order))
                               .finish();
        !noted_order)
        return noted_order;
    return commit(0);
}

Error other_work() {
    return {Fault::conflict,
            "the unfinished export there is of another area, layer, version or look; begin anew "
            "with --overwrite, or choose another name"};
}

Result<void> WorkBook::read_ledger(const std::string& order) {
    Statement query(*connection_,
                    "SELECT export_order, next, tiles, stored, bytes FROM export_work");
    const auto row = query.step();
    if (!row) return row.error();
    if (!*row || query.text(0) != order) return other_work();
    const auto number = [&](int column) {
        return static_cast<std::uint64_t>(query.number(column));
    };
    ledger_ = {number(1), number(2), number(3), number(4)};
    return {};
}

Result<void> WorkBook::begin() {
    if (changing_) return {};
    auto begun = connection_->run("BEGIN");
    changing_ = begun.has_value();
    return begun;
}

Result<void> WorkBook::commit(std::uint64_t next) {
    if (auto begun = begin(); !begun) return begun;
    ledger_.next = next;
    if (auto noted =
            Statement(*connection_, "UPDATE export_work SET next=?, tiles=?, stored=?, bytes=?")
                .bind(as_signed(next))
                .bind(as_signed(ledger_.tiles))
                .bind(as_signed(ledger_.distinct))
                .bind(as_signed(ledger_.bytes))
                .finish();
        !noted)
        return noted;
    auto done = connection_->run("COMMIT");
    changing_ = !done.has_value();
    return done;
}

Result<void> WorkBook::end() {
    if (auto begun = begin(); !begun) return begun;
    if (auto gone = connection_->run("DROP TABLE export_work"); !gone) return gone;
    auto done = connection_->run("COMMIT");
    changing_ = !done.has_value();
    ended_ = done.has_value();
    return done;
}

Result<void> WorkBook::close() {
    // Out of the exclusive mode, so that the journal is deleted and not only emptied.
    for (const char* statement : {"PRAGMA locking_mode=NORMAL", "PRAGMA journal_mode=DELETE"}) {
        if (auto done = connection_->run(statement); !done) return done;
    }
    connection_.reset();
    return {};
}

}  // namespace relief::archive
