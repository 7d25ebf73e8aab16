#pragma once
// exact.db: reports as they were sent, who changed what, and the outbox that the public view is
// derived from. Only intake, moderation, import and derivation may know this room.

#include "tiler/core/result.hpp"
#include "tiler/report/report.hpp"
#include "tiler/report/report_filter.hpp"
#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::exact {

/// What the house does with new reports: reports.sensitivity of the configuration.
struct IntakeRule {
    Sensitivity level = Sensitivity::high;  ///< of those that state none; a stated one may be
                                            ///< above it and, where `reporter_may_lower`, below
    bool reporter_may_lower = false;        ///< the operator's imports only
};

/// One to be stored, with what came beside it.
struct Arrival {
    report::Draft draft;
    std::vector<std::string> photos{};  ///< sha-256 of files that are stored already
    std::string idempotency_key{};      ///< with whom it came from; empty: none. Of both only a
    std::string body_hash{};            ///< hash is kept; `body_hash`: of what was sent under it
};

enum class Outcome : std::uint8_t {
    stored,     ///< new
    repeated,   ///< the same key and body as before: `id` is that of the first
    conflict,   ///< the same key with another body
    updated,    ///< the same origin and name there, with other content
    unchanged,  ///< the same origin, name and content
    erased,     ///< the same origin and name as one that was erased here, or named by the id that
                ///< it had: it is not taken again
};

struct Receipt {
    Outcome outcome = Outcome::stored;
    std::string id{};
};

/// What a report has to say instead; what is not given stays as it was sent.
struct Correction {
    std::optional<report::Place> place{};
    std::optional<report::Precision> precision{};
    std::optional<std::string> title{};
    std::optional<std::string> description{};
    std::optional<std::string> category{};
    std::optional<report::Severity> severity{};
    std::optional<InstantRange> time{};
    bool operator==(const Correction&) const = default;
};

/// A moderator's change; what is not given stays. With `duplicate_of` it becomes a duplicate, with
/// another status it is none any more.
struct Change {
    std::optional<report::Status> status{};
    std::optional<Sensitivity> level{};         ///< any, below what the reporter asked for too
    std::optional<std::string> duplicate_of{};  ///< id of the original
    std::optional<std::string> confidence{};
    std::optional<std::string> assigned{};
    std::optional<std::string> note{};  ///< for moderators
    /// What was wrong is not kept: the history says what was corrected and by whom, no more.
    Correction corrected{};
};

struct Author {
    std::string id;  ///< of the token or session; "operator" for the command line
    Role role = Role::anonymous;
};

/// An entry of a report's history.
struct HistoryEntry {
    Instant time;
    std::string who;
    std::string what;  ///< "received", "status", "sensitivity", "note", "assigned", …
    std::string before;
    std::string after;
};

/// A report that was stored, changed or erased since somebody looked, where its last change stands
/// in the order of commits: each number has one entry.
struct OutboxEntry {
    std::int64_t sequence = 0;
    std::int64_t number = 0;                 ///< of the report; `report` is as it is now
    std::optional<report::Report> report{};  ///< nothing: erased
};

/// Which record of which collection a report was.
struct Source {
    std::string_view origin;
    std::string_view id;
};

struct PageWish {
    report::ReportFilter filter{};
    std::string after{};  ///< id of the last one seen, erased since or not; empty: from the newest
    std::size_t limit = 100;
};

/// One connection; belongs to one thread at a time. Everything is on disk when a writing function
/// returns (WAL, synchronous FULL).
class ExactStore {
public:
    /// For the one who takes reports in: makes exact.db, readable by its owner only, when it is
    /// missing. Errors: source_broken.
    static Result<ExactStore> open(const std::filesystem::path& workspace);
    /// For those who look, and change one at a time. Errors: not_found when there is none.
    static Result<ExactStore> open_existing(const std::filesystem::path& workspace);

    /// All in one transaction, with their outbox entries. A receipt for each, in order. An update
    /// leaves what moderators decided and corrected, and raises the level where more is asked for
    /// than before; what was verified is new again when it says something else and has no status of
    /// its own.
    /// Errors: those of the disk; nothing is stored then.
    Result<std::vector<Receipt>> receive(std::span<const Arrival> arrivals,
                                         const IntakeRule& rule,
                                         Instant now);
    /// Errors: not_found; bad_request when `duplicate_of` names none, itself or a duplicate.
    Result<report::Report> change(std::string_view id,
                                  const Change& change,
                                  const Author& author,
                                  Instant now);
    /// Content, place, photos, notes and history are gone, from the bytes of the files too (where
    /// another program reads for seconds, with the next that is erased); the outbox says that it is
    /// erased. Gives the photos that no other report has. Errors: not_found.
    Result<std::vector<std::string>> erase(std::string_view id);

    Result<std::optional<report::Report>> find(std::string_view id) const;
    /// The one of that origin and name there.
    Result<std::optional<report::Report>> find_source(const Source& source) const;
    /// Newest first.
    /// Errors: bad_request when `after` is no report that ever was.
    Result<std::vector<report::Report>> page(const PageWish& wish) const;
    /// Others of the filter that came in not long before or after it, in the order of arrival: of
    /// the so many thousand before and after. At most `limit`.
    Result<std::vector<report::Report>> around(const report::Report& report,
                                               const report::ReportFilter& filter,
                                               std::size_t limit) const;
    /// Oldest first; empty when there is no such report.
    Result<std::vector<HistoryEntry>> history(std::string_view id) const;
    /// Those of the photos that no report has: what a crash left, or an update.
    Result<std::vector<std::string>> unused(std::vector<std::string> photos) const;

    /// Entries after that sequence, at most `limit`, oldest first.
    Result<std::vector<OutboxEntry>> outbox(std::int64_t after, std::size_t limit) const;
    /// Changes when anything was written by another connection (PRAGMA data_version).
    Result<std::int64_t> data_version() const;

private:
    explicit ExactStore(workspace::Connection connection) : connection_(std::move(connection)) {}
    mutable workspace::Connection connection_;
};

}  // namespace relief::exact
