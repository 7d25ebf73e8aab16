// ExactStore::receive(): what arrives is stored, known already, or a change of what is there.

#include "tiler/exact/exact_store.hpp"
#include "tiler/exact/renewal.hpp"
#include "tiler/exact/report_rows.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace relief::exact {
namespace {

using workspace::Connection;
using workspace::Statement;
using workspace::Transaction;

/// Offline clients repeat what they queued; after a month nobody does.
constexpr std::int64_t keys_kept_ms = std::int64_t{30} * 24 * 3600 * 1000;

std::optional<std::int64_t> number_if(const std::optional<Instant>& instant) {
    return instant ? std::optional(instant->milliseconds) : std::nullopt;
}

struct Times {
    std::optional<Instant> first;
    std::optional<Instant> last;
};

Times times_of(const report::Draft& draft) {
    if (!draft.time) return {};
    return {draft.time->first, draft.time->last};
}

void bind_said(Statement& statement, const report::Draft& draft, const Digest& content) {
    const Times times = times_of(draft);
    statement.bind_real(draft.place.longitude)
        .bind_real(draft.place.latitude)
        .bind(static_cast<std::int64_t>(draft.precision))
        .bind(draft.title)
        .bind(draft.description)
        .bind(draft.category)
        .bind(static_cast<std::int64_t>(draft.severity))
        .bind(number_if(times.first))
        .bind(number_if(times.last))
        .bind(draft.sensitivity ? std::optional(static_cast<std::int64_t>(*draft.sensitivity))
                                : std::nullopt)
        .bind(draft.properties)
        .bind(draft.contact)
        .bind(draft.licence)
        .bind(draft.attribution)
        .bind(std::span<const std::uint8_t>(content));
}

constexpr std::string_view said_columns =
    "longitude, latitude, precision, title, description, category, severity, time, time_end, "
    "stated, properties, contact, licence, attribution, content";

Sensitivity level_of(const report::Draft& draft, const IntakeRule& rule) {
    if (!draft.sensitivity) return rule.level;
    return rule.reporter_may_lower ? *draft.sensitivity : std::max(*draft.sensitivity, rule.level);
}

std::optional<Digest> source_key_of(const report::Draft& draft) {
    if (draft.origin_id.empty()) return std::nullopt;
    return key_of({draft.origin, draft.origin_id});
}

/// Of one transaction; its statements are prepared once.
class Receiver {
public:
    Receiver(const Connection& connection, const IntakeRule& rule, Instant now)
        : connection_(connection),
          rule_(rule),
          now_(now),
          by_key_(connection, "SELECT body, id FROM idempotency WHERE key = ?"),
          by_source_(connection, "SELECT number, id, content FROM reports WHERE source_key = ?"),
          gone_(connection, "SELECT id FROM erased WHERE source_key = ? OR id = ?"),
          insert_(connection,
                  "INSERT INTO reports (" + std::string(said_columns) +
                      ", id, source_key, origin, origin_id, level, status, duplicate_of, "
                      "confidence, assigned, received, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', ?, ?)"),
          update_(connection,
                  "UPDATE reports SET (" + std::string(said_columns) +
                      ", level, status, changed) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                      "?, ?, ?) WHERE number = ?"),
          photo_(connection, "INSERT INTO photos (report, position, sha256) VALUES (?, ?, ?)"),
          key_(connection,
               "INSERT INTO idempotency (key, body, report, id, time) VALUES (?, ?, ?, ?, ?)"),
          outbox_(connection, "INSERT OR REPLACE INTO outbox (report) VALUES (?)") {}

    Result<Receipt> take(const Arrival& arrival) {
        if (arrival.idempotency_key.empty()) return take_unkeyed(arrival);
        const Digest key = digest_of(std::array<std::string_view, 1>{arrival.idempotency_key});
        const Digest body = digest_of(std::array<std::string_view, 1>{arrival.body_hash});
        auto known = find_key({key, body});
        if (!known) return known.error();
        if (*known) return **known;
        auto receipt = take_unkeyed(arrival);
        if (!receipt) return receipt;
        const auto kept = key_.again()
                              .bind(std::span<const std::uint8_t>(key))
                              .bind(std::span<const std::uint8_t>(body))
                              .bind(last_)
                              .bind(receipt->id)
                              .bind(now_.milliseconds)
                              .finish();
        if (!kept) return kept.error();
        return receipt;
    }

private:
    struct Keyed {
        const Digest& key;
        const Digest& body;
    };
    Result<std::optional<Receipt>> find_key(const Keyed& sent) {
        const auto row = by_key_.again().bind(std::span<const std::uint8_t>(sent.key)).step();
        if (!row) return row.error();
        if (!*row) return std::optional<Receipt>();
        const std::string before = by_key_.text(0);
        const bool same =
            before.empty() || before == std::string(sent.body.begin(), sent.body.end());
        return std::optional(
            Receipt{same ? Outcome::repeated : Outcome::conflict, by_key_.text(1)});
    }

    Result<Receipt> take_unkeyed(const Arrival& arrival) {
        last_ = 0;
        const auto source = source_key_of(arrival.draft);
        const Digest content = content_of(arrival.draft, arrival.photos);
        if (!source) return insert(arrival, nullptr, content);
        const auto there = by_source_.again().bind(std::span<const std::uint8_t>(*source)).step();
        if (!there) return there.error();
        if (*there) return revise(arrival, content);
        // What was sent to us has a name of its own only in our exports: the id that it had here.
        const auto gone = gone_.again()
                              .bind(std::span<const std::uint8_t>(*source))
                              .bind(arrival.draft.origin_id)
                              .step();
        if (!gone) return gone.error();
        if (*gone) return Receipt{Outcome::erased, gone_.text(0)};
        return insert(arrival, &*source, content);
    }

    /// What by_source_ stands at is there already.
    Result<Receipt> revise(const Arrival& arrival, const Digest& content) {
        last_ = by_source_.number(0);
        Receipt receipt{Outcome::unchanged, by_source_.text(1)};
        const std::string before = by_source_.text(2);
        const std::string now(content.begin(), content.end());
        if (before == now) return receipt;
        auto changed = update(arrival, content);
        if (!changed) return changed.error();
        receipt.outcome = Outcome::updated;
        return receipt;
    }

    Result<void> update(const Arrival& arrival, const Digest& content) {
        Statement read(connection_,
                       "SELECT " + std::string(report_columns) + " FROM reports WHERE number = ?");
        const auto row = read.bind(last_).step();
        if (!row) return row.error();
        const report::Report before = report_of(read);
        const auto decided = decisions_of(connection_, last_);
        if (!decided) return decided.error();
        const Arrival said = with_corrections(arrival, before.said, *decided);
        const report::Draft& draft = said.draft;
        const bool asks_for_more =
            draft.sensitivity > before.said.sensitivity && *draft.sensitivity > before.level;
        const report::Status status =
            status_after(said, before, decided->contains(std::string_view("status")));
        bind_said(update_.again(), draft, content);
        auto done =
            update_
                .bind(static_cast<std::int64_t>(asks_for_more ? *draft.sensitivity : before.level))
                .bind(static_cast<std::int64_t>(status))
                .bind(now_.milliseconds)
                .bind(last_)
                .finish();
        if (!done) return done;
        done = Statement(connection_, "DELETE FROM photos WHERE report = ?").bind(last_).finish();
        if (!done) return done;
        done = note_update(before.status, status);
        return done ? settle(arrival) : done;
    }

    Result<void> note_update(report::Status before, report::Status after) {
        auto done = write_history(connection_, {last_, {now_, "import", "updated", "", ""}});
        if (!done || before == after) return done;
        return write_history(connection_,
                             {last_,
                              {now_,
                               "import",
                               "status",
                               std::string(name_of(report::status_names, before)),
                               std::string(name_of(report::status_names, after))}});
    }

    Result<Receipt> insert(const Arrival& arrival, const Digest* source, const Digest& content) {
        const report::Draft& draft = arrival.draft;
        Receipt receipt{Outcome::stored, random_report_id()};
        bind_said(insert_.again(), draft, content);
        insert_.bind(receipt.id);
        if (source != nullptr)
            insert_.bind(std::span<const std::uint8_t>(*source));
        else
            insert_.bind(std::optional<std::int64_t>());
        auto done =
            insert_.bind(draft.origin)
                .bind(draft.origin_id)
                .bind(static_cast<std::int64_t>(level_of(draft, rule_)))
                .bind(static_cast<std::int64_t>(draft.status.value_or(report::Status::fresh)))
                .bind(now_.milliseconds)
                .bind(now_.milliseconds)
                .finish();
        if (!done) return done.error();
        last_ = connection_.last_row();
        done = settle(arrival);
        if (!done) return done.error();
        return receipt;
    }

    /// Photos and outbox of the report of that number.
    Result<void> settle(const Arrival& arrival) {
        for (std::size_t i = 0; i < arrival.photos.size(); ++i) {
            auto done = photo_.again()
                            .bind(last_)
                            .bind(static_cast<std::int64_t>(i))
                            .bind(arrival.photos[i])
                            .finish();
            if (!done) return done;
        }
        return outbox_.again().bind(last_).finish();
    }

    const Connection& connection_;
    const IntakeRule& rule_;
    Instant now_;
    Statement by_key_;
    Statement by_source_;
    Statement gone_;
    Statement insert_;
    Statement update_;
    Statement photo_;
    Statement key_;
    Statement outbox_;
    std::int64_t last_ = 0;  ///< number of the report that was met last; 0: none
};

/// A few of the oldest at a time, so that no batch waits for it.
Result<void> forget_old_keys(const Connection& connection, Instant now) {
    return Statement(connection,
                     "DELETE FROM idempotency WHERE number IN (SELECT number FROM idempotency "
                     "ORDER BY number LIMIT 100) AND time < ?")
        .bind(now.milliseconds - keys_kept_ms)
        .finish();
}

}  // namespace

Result<std::vector<Receipt>> ExactStore::receive(std::span<const Arrival> arrivals,
                                                 const IntakeRule& rule,
                                                 Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    std::vector<Receipt> receipts;
    receipts.reserve(arrivals.size());
    {
        Receiver receiver(connection_, rule, now);
        for (const Arrival& arrival : arrivals) {
            auto receipt = receiver.take(arrival);
            if (!receipt) return receipt.error();
            receipts.push_back(std::move(*receipt));
        }
    }  // an open statement would hold the end of the transaction up
    if (auto done = forget_old_keys(connection_, now); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return receipts;
}

}  // namespace relief::exact
