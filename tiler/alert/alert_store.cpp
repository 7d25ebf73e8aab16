#include "tiler/alert/alert_store.hpp"

#include "tiler/alert/alert_json.hpp"
#include "tiler/workspace/migration.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <system_error>

namespace relief::alert {
namespace {

namespace fs = std::filesystem;
using report::Alert;
using report::AlertName;
using workspace::Connection;
using workspace::Statement;

constexpr const char* subject = "the store of alerts (alerts.db)";

constexpr std::array<const char*, 1> steps{R"(
    CREATE TABLE alerts (
        sender     TEXT NOT NULL,
        identifier TEXT NOT NULL,
        sent       INTEGER NOT NULL,  -- ms since 1970 UTC
        expires    INTEGER,           -- NULL: it does not say
        report     TEXT NOT NULL,     -- id of the report on the map, or empty
        document   TEXT NOT NULL,     -- alert_json.hpp
        PRIMARY KEY (sender, identifier)
    ) STRICT;
    CREATE INDEX alerts_by_expiry ON alerts (expires);
    -- Updated or cancelled, whether they are here or not.
    CREATE TABLE ended (
        sender     TEXT NOT NULL,
        identifier TEXT NOT NULL,
        PRIMARY KEY (sender, identifier)
    ) STRICT, WITHOUT ROWID;
)"};

const workspace::Schema& alerts_db() {
    static constexpr std::int64_t rla1 = 0x526c6131;  // "Rla1"
    static constexpr workspace::Schema schema{"alerts.db", rla1, steps};
    return schema;
}

std::optional<std::int64_t> milliseconds(const std::optional<Instant>& moment) {
    return moment ? std::optional(moment->milliseconds) : std::nullopt;
}

/// The texts of the first column.
Result<std::vector<std::string>> texts_of(Statement& rows) {
    std::vector<std::string> texts;
    for (;;) {
        const auto row = rows.step();
        if (!row) return row.error();
        if (!*row) return texts;
        texts.push_back(rows.text(0));
    }
}

}  // namespace

Result<AlertStore> AlertStore::open(const fs::path& workspace) {
    std::error_code failure;
    fs::create_directories(workspace, failure);
    if (failure) return source_broken("the workspace folder cannot be made", failure.message());
    auto connection = Connection::open(workspace / "alerts.db", Connection::Mode::write, subject);
    if (!connection) return connection.error();
    if (auto ready = workspace::prepare(*connection, alerts_db()); !ready) return ready.error();
    return AlertStore(std::move(*connection));
}

Result<AlertStore> AlertStore::open_existing(const fs::path& workspace) {
    std::error_code ignored;
    if (!fs::exists(workspace / "alerts.db", ignored)) return not_found("there are no alerts yet");
    return open(workspace);
}

Result<void> AlertStore::end_named(const AlertName& name, std::vector<std::string>& reports) {
    Statement known(
        connection_,
        "SELECT report FROM alerts WHERE sender = ? AND identifier = ? AND report <> ''");
    known.bind(name.sender).bind(name.identifier);
    auto found = texts_of(known);
    if (!found) return found.error();
    reports.insert(reports.end(), found->begin(), found->end());
    Statement note(connection_, "INSERT OR IGNORE INTO ended VALUES (?, ?)");
    return note.bind(name.sender).bind(name.identifier).finish();
}

Result<std::vector<std::string>> AlertStore::put_all(const Alert& alert, std::string_view report) {
    std::vector<std::string> over;
    if (alert.kind != Alert::Kind::alert) {
        for (const auto& name : alert.references) {
            if (auto done = end_named(name, over); !done) return done.error();
        }
    }
    if (alert.kind == Alert::Kind::cancel) return over;
    const std::string document = to_json(alert).dump();
    Statement row(connection_,
                  "INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                  "sent = excluded.sent, expires = excluded.expires, document = excluded.document, "
                  "report = CASE excluded.report WHEN '' THEN report ELSE excluded.report END "
                  "WHERE excluded.sent >= sent");
    row.bind(alert.name.sender).bind(alert.name.identifier).bind(alert.sent.milliseconds);
    row.bind(milliseconds(report::expiry_of(alert))).bind(report).bind(document);
    if (auto done = row.finish(); !done) return done.error();
    // It may have been ended before it came.
    Statement early(connection_, "SELECT ? FROM ended WHERE sender = ? AND identifier = ?");
    early.bind(report).bind(alert.name.sender).bind(alert.name.identifier);
    const auto ended = texts_of(early);
    if (!ended) return ended.error();
    if (!ended->empty() && !report.empty()) over.emplace_back(report);
    return over;
}

Result<std::vector<std::string>> AlertStore::put(const Alert& alert, std::string_view report) {
    auto transaction = workspace::Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    auto over = put_all(alert, report);
    if (!over) return over;
    if (auto done = transaction->commit(); !done) return done.error();
    return over;
}

Result<std::vector<Alert>> AlertStore::current(Instant now, std::size_t limit) const {
    Statement rows(connection_,
                   "SELECT document FROM alerts WHERE (expires IS NULL OR expires >= ?) AND NOT "
                   "EXISTS (SELECT 1 FROM ended WHERE ended.sender = alerts.sender AND "
                   "ended.identifier = alerts.identifier) ORDER BY sent DESC, sender, identifier "
                   "LIMIT ?");
    rows.bind(now.milliseconds).bind(static_cast<std::int64_t>(limit));
    const auto documents = texts_of(rows);
    if (!documents) return documents.error();
    std::vector<Alert> alerts;
    for (const auto& document : *documents) {
        auto alert = from_json(document);
        if (!alert || alert->infos.empty())
            return source_broken("an alert in alerts.db is not as it was written");
        alerts.push_back(std::move(*alert));
    }
    return alerts;
}

Result<std::vector<std::string>> AlertStore::take_expired(Instant now) {
    auto transaction = workspace::Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement over(connection_, "SELECT report FROM alerts WHERE expires < ? AND report <> ''");
    over.bind(now.milliseconds);
    auto reports = texts_of(over);
    if (!reports) return reports;
    Statement note(connection_, "UPDATE alerts SET report = '' WHERE expires < ? AND report <> ''");
    if (auto done = note.bind(now.milliseconds).finish(); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return reports;
}

}  // namespace relief::alert
