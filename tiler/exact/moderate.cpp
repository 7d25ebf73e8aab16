// ExactStore::change(), erase(): what moderators do to a report.

#include "tiler/exact/exact_store.hpp"
#include "tiler/exact/report_rows.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace relief::exact {
namespace {

using workspace::Connection;
using workspace::Statement;
using workspace::Transaction;

Error no_such_report() {
    return not_found("there is no such report");
}

Result<std::optional<report::Report>> read_report(const Connection& connection,
                                                  std::string_view id) {
    Statement statement(connection,
                        "SELECT " + std::string(report_columns) + " FROM reports WHERE id = ?");
    const auto row = statement.bind(id).step();
    if (!row) return row.error();
    return *row ? std::optional(report_of(statement)) : std::optional<report::Report>();
}

/// Errors: bad_request, see Change.
Result<void> check_original(const Connection& connection,
                            const report::Report& duplicate,
                            std::string_view original) {
    if (original.empty()) return {};
    if (original == duplicate.id) return bad_request("duplicate_of names the report itself");
    const auto found = read_report(connection, original);
    if (!found) return found.error();
    const std::string name(original.substr(0, 40));
    if (!*found) return bad_request("duplicate_of \"" + name + "\" is no report");
    if ((*found)->status == report::Status::duplicate)
        return bad_request("duplicate_of \"" + name +
                           "\" is a duplicate itself; name the original");
    return {};
}

/// Applies a change to the report and notes what became different.
class Revision {
public:
    Revision(report::Report& report, const Author& author, Instant now)
        : report_(report), author_(author), now_(now) {}

    void apply(const Change& change) {
        set(change.status, report_.status, "status", [](report::Status status) {
            return std::string(name_of(report::status_names, status));
        });
        set(change.level, report_.level, "sensitivity", [](Sensitivity level) {
            return std::string(to_text(level));
        });
        const auto as_it_is = [](const std::string& text) { return text; };
        set(change.duplicate_of, report_.duplicate_of, "duplicate_of", as_it_is);
        set(change.confidence, report_.confidence, "confidence", as_it_is);
        set(change.assigned, report_.assigned, "assigned", as_it_is);
        if (change.note) note("note", "", *change.note);
        apply(change.corrected);
    }
    bool corrects() const noexcept { return corrects_; }
    const std::vector<HistoryEntry>& entries() const noexcept { return entries_; }

private:
    void apply(const Correction& corrected) {
        report::Draft& said = report_.said;
        correct(corrected.place, said.place, "place");
        correct(corrected.precision, said.precision, "precision");
        correct(corrected.title, said.title, "title");
        correct(corrected.description, said.description, "description");
        correct(corrected.category, said.category, "category");
        correct(corrected.severity, said.severity, "severity");
        correct(corrected.time, said.time, "time");
    }
    template <typename Value, typename Said>
    void correct(const std::optional<Value>& wanted, Said& said, const char* what) {
        if (!wanted || said == *wanted) return;
        said = *wanted;
        corrects_ = true;
        note(what, "", "");
    }
    template <typename Value, typename Text>
    void set(const std::optional<Value>& wanted, Value& is, const char* what, const Text& text) {
        if (!wanted || *wanted == is) return;
        note(what, text(is), text(*wanted));
        is = *wanted;
    }
    void note(const char* what, std::string before, std::string after) {
        entries_.push_back({now_, author_.id, what, std::move(before), std::move(after)});
    }

    report::Report& report_;
    const Author& author_;
    Instant now_;
    std::vector<HistoryEntry> entries_;
    bool corrects_ = false;
};

/// What goes with what, see Change.
Change completed(Change change) {
    const bool names_original = change.duplicate_of && !change.duplicate_of->empty();
    if (names_original && !change.status) change.status = report::Status::duplicate;
    if (change.status && *change.status != report::Status::duplicate) change.duplicate_of = "";
    return change;
}

Result<void> write_decisions(const Connection& connection, const report::Report& report) {
    return Statement(connection,
                     "UPDATE reports SET level = ?, status = ?, duplicate_of = ?, confidence = ?, "
                     "assigned = ?, changed = ? WHERE number = ?")
        .bind(static_cast<std::int64_t>(report.level))
        .bind(static_cast<std::int64_t>(report.status))
        .bind(report.duplicate_of)
        .bind(report.confidence)
        .bind(report.assigned)
        .bind(report.changed.milliseconds)
        .bind(report.number)
        .finish();
}

std::optional<std::int64_t> end_of(const report::Draft& said, Instant InstantRange::*end) {
    return said.time ? std::optional(((*said.time).*end).milliseconds) : std::nullopt;
}

Result<void> write_corrected(const Connection& connection, const report::Report& report) {
    const report::Draft& said = report.said;
    return Statement(connection,
                     "UPDATE reports SET longitude = ?, latitude = ?, precision = ?, title = ?, "
                     "description = ?, category = ?, severity = ?, time = ?, time_end = ? "
                     "WHERE number = ?")
        .bind_real(said.place.longitude)
        .bind_real(said.place.latitude)
        .bind(static_cast<std::int64_t>(said.precision))
        .bind(said.title)
        .bind(said.description)
        .bind(said.category)
        .bind(static_cast<std::int64_t>(said.severity))
        .bind(end_of(said, &InstantRange::first))
        .bind(end_of(said, &InstantRange::last))
        .bind(report.number)
        .finish();
}

Result<void> write_entries(const Connection& connection,
                           std::int64_t report,
                           const std::vector<HistoryEntry>& entries) {
    for (const HistoryEntry& entry : entries)
        if (auto done = write_history(connection, {report, entry}); !done) return done;
    return {};
}

Result<std::vector<std::string>> photos_of_this_alone(const Connection& connection,
                                                      std::int64_t report) {
    Statement statement(
        connection,
        "SELECT DISTINCT sha256 FROM photos AS own WHERE report = ? AND NOT EXISTS "
        "(SELECT 1 FROM photos WHERE sha256 = own.sha256 AND report <> own.report)");
    statement.bind(report);
    std::vector<std::string> found;
    while (true) {
        const auto row = statement.step();
        if (!row) return row.error();
        if (!*row) return found;
        found.push_back(statement.text(0));
    }
}

Result<void> write_revision(const Connection& connection,
                            const report::Report& report,
                            const Revision& revision) {
    const auto& entries = revision.entries();
    if (auto done = write_decisions(connection, report); !done) return done;
    if (revision.corrects())
        if (auto done = write_corrected(connection, report); !done) return done;
    if (auto done = write_entries(connection, report.number, entries); !done) return done;
    const bool only_words = std::all_of(entries.begin(), entries.end(), [](const auto& entry) {
        return entry.what == "note" || entry.what == "assigned";
    });
    return only_words ? Result<void>() : write_outbox(connection, report.number);
}

/// The log still holds the pages of before until it is written back and cut off. Where the disk
/// fails at that the next that is erased takes them along: what was committed is so either way.
void cut_log(Connection& connection) {
    static_cast<void>(connection.run("PRAGMA wal_checkpoint(TRUNCATE)"));
}

struct Named {
    std::int64_t number;
    std::string_view id;
};

Result<void> remove_rows(const Connection& connection, const Named& report) {
    constexpr std::array by_number{
        "INSERT INTO erased (number, id, source_key) SELECT number, id, source_key FROM reports "
        "WHERE number = ?",
        "DELETE FROM photos WHERE report = ?",
        "DELETE FROM history WHERE report = ?",
        "UPDATE idempotency SET body = x'' WHERE report = ?",
        "DELETE FROM reports WHERE number = ?"};
    for (const char* const statement : by_number)
        if (auto done = Statement(connection, statement).bind(report.number).finish(); !done)
            return done;
    auto done = Statement(connection, "UPDATE reports SET duplicate_of = '' WHERE duplicate_of = ?")
                    .bind(report.id)
                    .finish();
    return done ? write_outbox(connection, report.number) : done;
}

}  // namespace

Result<report::Report> ExactStore::change(std::string_view id,
                                          const Change& change,
                                          const Author& author,
                                          Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    auto found = read_report(connection_, id);
    if (!found) return found.error();
    if (!*found) return no_such_report();
    report::Report report = std::move(**found);
    const Change wanted = completed(change);
    if (auto good = check_original(connection_, report, wanted.duplicate_of.value_or("")); !good)
        return good.error();
    Revision revision(report, author, now);
    revision.apply(wanted);
    if (revision.entries().empty()) return report;
    report.changed = now;
    if (auto done = write_revision(connection_, report, revision); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    if (revision.corrects()) cut_log(connection_);
    return report;
}

Result<std::vector<std::string>> ExactStore::erase(std::string_view id) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    const auto number = number_of(connection_, id);
    if (!number) return number.error();
    if (!*number) return no_such_report();
    auto photos = photos_of_this_alone(connection_, **number);
    if (!photos) return photos.error();
    if (auto done = remove_rows(connection_, {**number, id}); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    cut_log(connection_);
    return photos;
}

}  // namespace relief::exact
