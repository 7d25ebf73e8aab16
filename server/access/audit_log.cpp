#include "server/access/audit_log.hpp"

#include "server/access/store_file.hpp"
#include "server/access/token.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>
#include <system_error>

namespace relief::access {
namespace {

namespace fs = std::filesystem;
using workspace::Connection;
using workspace::Statement;
using workspace::Transaction;

constexpr const char* columns =
    "SELECT number, time, actor, role, action, object, level, reason, count, result, prev, hash "
    "FROM audit ";

/// A list in JSON: no value can pass for another by where it begins.
std::string hash_of(const AuditEntry& entry) {
    const AuditEvent& event = entry.event;
    const nlohmann::json list{entry.head.number,
                              entry.time.milliseconds,
                              event.actor,
                              event.role,
                              event.action,
                              event.object,
                              event.level,
                              event.reason,
                              event.count,
                              event.result,
                              entry.previous};
    return fingerprint_of(list.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

Result<AuditHead> head_of(const Connection& connection) {
    Statement query(connection, "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
    const auto row = query.step();
    if (!row) return row.error();
    if (!*row) return AuditHead{};
    return AuditHead{query.number(0), query.text(1)};
}

Result<void> insert(const Connection& connection, const AuditEntry& entry) {
    const AuditEvent& event = entry.event;
    Statement row(connection,
                  "INSERT INTO audit (number, time, actor, role, action, object, level, reason, "
                  "count, result, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(entry.head.number).bind(entry.time.milliseconds);
    for (const std::string* text :
         {&event.actor, &event.role, &event.action, &event.object, &event.level, &event.reason})
        row.bind(*text);
    row.bind(event.count).bind(event.result).bind(entry.previous).bind(entry.head.hash);
    return row.finish();
}

AuditEntry read_entry(const Statement& row) {
    AuditEntry entry;
    entry.head = {row.number(0), row.text(11)};
    entry.time = Instant{row.number(1)};
    entry.event = {row.text(2),
                   row.text(3),
                   row.text(4),
                   row.text(5),
                   row.text(6),
                   row.text(7),
                   row.number(8),
                   row.text(9)};
    entry.previous = row.text(10);
    return entry;
}

Error changed(std::int64_t number, const char* how) {
    return {Fault::conflict, "the audit log was changed: entry " + std::to_string(number) + how};
}

/// Whether an entry follows the one before.
Result<void> check(const AuditEntry& entry, const AuditHead& before) {
    if (entry.head.number != before.number + 1) return changed(before.number + 1, " is missing");
    if (entry.previous != before.hash)
        return changed(entry.head.number, " does not follow the one before");
    if (hash_of(entry) != entry.head.hash)
        return changed(entry.head.number, " is not as it was written");
    return {};
}

}  // namespace

std::optional<AuditHead> AuditHead::parse(std::string_view text) {
    AuditHead head;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || head.number < 0 || length >= text.size() || text[length] != ':')
        return std::nullopt;
    head.hash = text.substr(length + 1);
    const bool whole = head.hash.size() == AuditHead{}.hash.size() &&
                       head.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
    return whole ? std::optional(head) : std::nullopt;
}

Result<AuditLog> AuditLog::open(const fs::path& workspace) {
    auto connection = open_for_writing(workspace);
    if (!connection) return connection.error();
    return AuditLog(std::move(*connection));
}

Result<AuditLog> AuditLog::open_existing(const fs::path& workspace) {
    auto connection = open_for_reading(workspace);
    if (!connection) return connection.error();
    return AuditLog(std::move(*connection));
}

Result<void> AuditLog::append(const Connection& connection, const AuditEvent& event, Instant now) {
    const auto before = head_of(connection);
    if (!before) return before.error();
    AuditEntry entry{{before->number + 1, {}}, now, event, before->hash};
    entry.head.hash = hash_of(entry);
    return insert(connection, entry);
}

Result<void> AuditLog::append(std::span<const AuditEvent> events, Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    for (const AuditEvent& event : events)
        if (auto done = append(connection_, event, now); !done) return done;
    return transaction->commit();
}

Result<AuditHead> AuditLog::head() const {
    return head_of(connection_);
}

Result<std::vector<AuditEntry>> AuditLog::page(const AuditFilter& filter) const {
    constexpr std::int64_t end = std::numeric_limits<std::int64_t>::max();
    Statement query(connection_,
                    std::string(columns) +
                        "WHERE number < ?1 AND time >= ?2 AND time < ?3 "
                        "AND ?4 IN ('', actor) AND ?5 IN ('', action) AND ?6 IN ('', object) "
                        "AND ?7 IN ('', result) ORDER BY number DESC LIMIT ?8");
    query.bind(filter.before.value_or(end));
    query.bind(filter.since ? filter.since->milliseconds : -end);
    query.bind(filter.until ? filter.until->milliseconds : end);
    query.bind(filter.actor).bind(filter.action).bind(filter.object).bind(filter.result);
    query.bind(filter.limit);
    std::vector<AuditEntry> entries;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return entries;
        entries.push_back(read_entry(query));
    }
}

Result<AuditHead> AuditLog::verify(const std::optional<AuditHead>& since) const {
    Statement query(connection_, std::string(columns) + "ORDER BY number");
    AuditHead last;
    bool held = !since || *since == last;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) break;
        const AuditEntry entry = read_entry(query);
        if (auto good = check(entry, last); !good) return good.error();
        last = entry.head;
        held = held || *since == last;
    }
    if (held) return last;
    if (last.number < since->number)
        return Error{Fault::conflict,
                     "the audit log was cut: it has " + std::to_string(last.number) +
                         " entries, the head kept elsewhere tells of " +
                         std::to_string(since->number)};
    return changed(since->number, " is not the one that the head kept elsewhere tells of");
}

}  // namespace relief::access
