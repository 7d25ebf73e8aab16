#pragma once
// Who did what: an append-only log in relief.db whose entries are chained by their hashes.

#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/database.hpp"

#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace relief::access {

/// Ids and words of a fixed list only: no place, no name of a person, no free text.
struct AuditEvent {
    std::string actor;       ///< id of the token or session, "operator" for the command line,
                             ///< "anonymous", or "unknown" for a token that nobody knows
    std::string role;        ///< its role; "operator" likewise
    std::string action;      ///< "denied", "view-exact", "import", "policy-change", … : docs/75
    std::string object;      ///< id of the token, layer or style, pattern of the address, or "*"
    std::string level{};     ///< sensitivity of the object, where it has one
    std::string reason{};    ///< a word of a list, where one is asked for
    std::int64_t count = 1;  ///< things that the action met
    std::string result = "done";
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes its comparison with 0 for one
    auto operator<=>(const AuditEvent&) const = default;
};

/// What stands at the end: who keeps it elsewhere notices when the log is cut or rewritten.
/// Text form: "NUMBER:HASH".
struct AuditHead {
    std::int64_t number = 0;                  ///< entries
    std::string hash = std::string(64, '0');  ///< of the last; of an empty log 64 zeros
    bool operator==(const AuditHead&) const = default;

    std::string text() const { return std::to_string(number) + ":" + hash; }
    static std::optional<AuditHead> parse(std::string_view text);
};

/// An event as the log keeps it.
struct AuditEntry {
    AuditHead head;  ///< its own number and hash
    Instant time;
    AuditEvent event;
    std::string previous;  ///< hash of the entry before
};

/// Which entries; what is left empty does not matter.
struct AuditFilter {
    std::optional<std::int64_t> before{};  ///< only entries with a lower number
    std::optional<Instant> since{};        ///< the first moment
    std::optional<Instant> until{};        ///< the first moment that is too late
    std::string actor{};
    std::string action{};
    std::string object{};
    std::string result{};
    std::int64_t limit = 100;
};

/// One connection; owned by one thread at a time.
class AuditLog {
public:
    /// Makes the workspace when it is missing.
    static Result<AuditLog> open(const std::filesystem::path& workspace);
    /// Reading only. Errors: not_found when there is no relief.db.
    static Result<AuditLog> open_existing(const std::filesystem::path& workspace);

    /// Durable when it returns. In a transaction that is open on `connection`, part of it.
    static Result<void> append(const workspace::Connection& connection,
                               const AuditEvent& event,
                               Instant now);
    /// All of them in one transaction of their own.
    Result<void> append(std::span<const AuditEvent> events, Instant now);
    Result<void> append(const AuditEvent& event, Instant now) {
        return append(std::span(&event, 1), now);
    }

    Result<AuditHead> head() const;
    /// Newest first.
    Result<std::vector<AuditEntry>> page(const AuditFilter& filter) const;
    /// Walks all entries: numbers without a gap, each chained to the one before, each as its hash
    /// says; and where `since` is given, the log still holds it. Gives the head.
    /// Errors: conflict naming the entry where the log was changed, or that it was cut.
    Result<AuditHead> verify(const std::optional<AuditHead>& since) const;

private:
    explicit AuditLog(workspace::Connection connection) : connection_(std::move(connection)) {}
    mutable workspace::Connection connection_;
};

}  // namespace relief::access
