#include "tiler/shown/shown_store.hpp"

#include "tiler/shown/shown_rows.hpp"
#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/schema.hpp"

#include <limits>

namespace relief::shown {
namespace {

using workspace::Connection;
using workspace::Statement;
using workspace::Transaction;

/// What is erased leaves no trace in the file: SQLite overwrites it with zeros. A crash of the
/// machine may take the last commits away: they are followed again.
Result<void> settle(Connection& connection) {
    return connection.run("PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL");
}

}  // namespace

PointRow point_row(const PublicReport& report, std::uint16_t category) {
    return {report::key_of(report::spot_of(report.place)),
            minute_of(report.time.first),
            static_cast<std::uint32_t>(report.number),
            category,
            static_cast<std::uint8_t>(report.severity),
            static_cast<std::uint8_t>(report.status),
            static_cast<std::uint8_t>(report.level)};
}

AreaRow area_row(const PublicReport& report, std::uint16_t category) {
    return {*report.area,
            minute_of(report.time.first),
            minute_of(report.time.last),
            static_cast<std::uint32_t>(report.number),
            1,
            category,
            static_cast<std::uint8_t>(report.severity),
            static_cast<std::uint8_t>(report.status),
            static_cast<std::uint8_t>(report.level),
            true};
}

Result<ShownStore> ShownStore::open(const std::filesystem::path& workspace) {
    // Makes the folder, the file and the tables.
    if (auto made = workspace::LayerStore::open(workspace); !made) return made.error();
    auto connection = Connection::open(workspace / "relief.db", Connection::Mode::write);
    if (!connection) return connection.error();
    if (auto settled = settle(*connection); !settled) return settled.error();
    return ShownStore(std::move(*connection));
}

Result<ShownStore> ShownStore::open_existing(const std::filesystem::path& workspace) {
    // An older schema is migrated.
    if (auto known = workspace::LayerStore::open_existing(workspace); !known) return known.error();
    auto connection = Connection::open(workspace / "relief.db", Connection::Mode::read);
    if (!connection) return connection.error();
    return ShownStore(std::move(*connection));
}

Result<Progress> ShownStore::progress() const {
    Statement query(connection_,
                    "SELECT sequence, batch, revision, changed, epoch FROM shown_progress");
    const auto row = query.step();
    if (!row) return row.error();
    if (!*row) return Progress{};
    return Progress{
        query.number(0), query.number(1), query.number(2), Instant{query.number(3)}, query.text(4)};
}

Result<void> ShownStore::note(const Progress& progress) {
    Statement statement(connection_,
                        "INSERT OR REPLACE INTO shown_progress (id, sequence, batch, revision, "
                        "changed, epoch) VALUES (1, ?, ?, ?, ?, ?)");
    statement.bind(progress.sequence).bind(progress.batch).bind(progress.revision);
    statement.bind(progress.changed.milliseconds).bind(progress.epoch);
    return statement.finish();
}

Result<void> ShownStore::put_groups(const std::vector<ShownGroup>& groups) {
    if (auto done = connection_.run("DELETE FROM shown_groups"); !done) return done;
    Statement insert(connection_,
                     "INSERT INTO shown_groups (zoom, path, level, time, time_end, category, "
                     "count) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const ShownGroup& group : groups) {
        insert.again();
        insert.bind(static_cast<std::int64_t>(group.row.cell.zoom));
        insert.bind(signed_of(group.row.cell.path));
        insert.bind(static_cast<std::int64_t>(group.row.level));
        insert.bind(static_cast<std::int64_t>(group.row.first_minute));
        insert.bind(static_cast<std::int64_t>(group.row.last_minute));
        insert.bind(group.category).bind(static_cast<std::int64_t>(group.row.count));
        if (auto done = insert.finish(); !done) return done;
    }
    return {};
}

/// Whether any of them was there otherwise.
Result<bool> ShownStore::put_all(const std::vector<PublicReport>& reports) {
    Statement insert(connection_, shown_insertion());
    Statement otherwise(connection_, shown_otherwise);
    bool corrected = false;
    for (const PublicReport& report : reports) {
        auto differs = is_shown_otherwise(otherwise, report);
        if (!differs) return differs;
        corrected = corrected || *differs;
        if (auto done = put(insert, report); !done) return done.error();
    }
    return corrected;
}

Result<void> ShownStore::write(const ShownChange& change) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement erase(connection_, "DELETE FROM shown_reports WHERE number = ?");
    for (const std::int64_t number : change.erased)
        if (auto done = erase.again().bind(number).finish(); !done) return done;
    const auto corrected = put_all(change.put);
    if (!corrected) return corrected.error();
    if (change.groups)
        if (auto done = put_groups(*change.groups); !done) return done;
    if (auto done = note(change.progress); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    if (!change.erased.empty() || *corrected) forget_pages();
    return {};
}

/// The log of pages holds what was before: it is emptied. A reader may keep it for a moment, or the
/// disk be full; then the next that is erased or corrected takes it along. What was committed is so
/// either way.
void ShownStore::forget_pages() {
    static_cast<void>(connection_.run("PRAGMA wal_checkpoint(TRUNCATE)"));
}

Result<void> ShownStore::clear() {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    auto done = connection_.run(
        "DELETE FROM shown_reports; DELETE FROM shown_groups; DELETE FROM shown_progress");
    if (!done) return done;
    if (auto committed = transaction->commit(); !committed) return committed;
    forget_pages();
    return {};
}

Result<void> ShownStore::load(Board& board) const {
    std::vector<PointRow> points;
    std::vector<AreaRow> areas;
    // Only what the columns need: texts stay where they are.
    Statement query(connection_,
                    "SELECT number, longitude, latitude, area_zoom, area_path, category, severity, "
                    "status, level, time, time_end FROM shown_reports");
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) break;
        PublicReport report;
        report.number = query.number(0);
        report.place = {query.real(1), query.real(2)};
        report.area = cell_in(query, 3);
        report.severity = value_in<report::Severity>(query, 6);
        report.status = value_in<report::Status>(query, 7);
        report.level = value_in<Sensitivity>(query, 8);
        report.time = {Instant{query.number(9)}, Instant{query.number(10)}};
        const std::uint16_t category = board.category(query.text(5));
        if (report.area)
            areas.push_back(area_row(report, category));
        else
            points.push_back(point_row(report, category));
    }
    board.load(std::move(points), std::move(areas));
    std::vector<AreaRow> groups;
    Statement of_groups(
        connection_, "SELECT zoom, path, level, time, time_end, category, count FROM shown_groups");
    while (true) {
        const auto row = of_groups.step();
        if (!row) return row.error();
        if (!*row) break;
        AreaRow group;
        group.cell = cell_in(of_groups, 0).value_or(report::Cell{});
        group.level = value_in<std::uint8_t>(of_groups, 2);
        group.first_minute = value_in<std::int32_t>(of_groups, 3);
        group.last_minute = value_in<std::int32_t>(of_groups, 4);
        group.category = board.category(of_groups.text(5));
        group.count = value_in<std::uint32_t>(of_groups, 6);
        groups.push_back(group);
    }
    board.put_groups(std::move(groups));
    return {};
}

Result<std::optional<PublicReport>> ShownStore::find(std::string_view id) const {
    Statement query(connection_,
                    std::string("SELECT ") + shown_columns + " FROM shown_reports WHERE id = ?");
    const auto row = query.bind(id).step();
    if (!row) return row.error();
    return *row ? std::optional(report_in(query)) : std::nullopt;
}

Result<std::vector<PublicReport>> ShownStore::of(std::span<const std::uint32_t> numbers) const {
    Statement query(
        connection_,
        std::string("SELECT ") + shown_columns + " FROM shown_reports WHERE number = ?");
    std::vector<PublicReport> reports;
    for (const std::uint32_t number : numbers) {
        const auto row = query.again().bind(std::int64_t{number}).step();
        if (!row) return row.error();
        if (*row) reports.push_back(report_in(query));
    }
    return reports;
}

Result<std::vector<PublicReport>> ShownStore::newest(std::optional<std::int64_t> before,
                                                     std::size_t limit) const {
    Statement query(connection_,
                    std::string("SELECT ") + shown_columns +
                        " FROM shown_reports WHERE number < ? ORDER BY number DESC LIMIT ?");
    query.bind(before.value_or(std::numeric_limits<std::int64_t>::max()));
    query.bind(static_cast<std::int64_t>(limit));
    std::vector<PublicReport> reports;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return reports;
        reports.push_back(report_in(query));
    }
}

Result<std::vector<std::optional<RowText>>> ShownStore::texts(
    std::span<const std::uint32_t> numbers) const {
    Statement query(connection_, "SELECT feature, id, title FROM shown_reports WHERE number = ?");
    std::vector<std::optional<RowText>> texts;
    texts.reserve(numbers.size());
    for (const std::uint32_t number : numbers) {
        const auto row = query.again().bind(std::int64_t{number}).step();
        if (!row) return row.error();
        texts.push_back(
            *row ? std::optional(RowText{
                       static_cast<std::uint64_t>(query.number(0)), query.text(1), query.text(2)})
                 : std::nullopt);
    }
    return texts;
}

}  // namespace relief::shown
