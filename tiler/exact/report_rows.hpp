#pragma once
// Reports as rows of exact.db.

#include "tiler/exact/exact_store.hpp"
#include "tiler/report/report.hpp"
#include "tiler/workspace/database.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::exact {

/// What report_of() reads, in its order, for "SELECT … FROM reports".
extern const std::string_view report_columns;

/// The row that the statement stands at, whose columns from `first` on are those.
report::Report report_of(const workspace::Statement& row, int first = 0);

using Digest = std::array<std::uint8_t, 16>;

/// BLAKE2b of the parts, each with its length before it.
Digest digest_of(std::span<const std::string_view> parts);

/// Of all that was said and the photos, but not of the contact, whose key may change.
Digest content_of(const report::Draft& draft, const std::vector<std::string>& photos);

/// 26 letters of a-z2-7: 130 random bits.
std::string random_report_id();

/// The history of `report` gets an entry.
struct HistoryRow {
    std::int64_t report = 0;
    HistoryEntry entry;
};
Result<void> write_history(const workspace::Connection& connection, const HistoryRow& row);

/// The report's last change is now.
Result<void> write_outbox(const workspace::Connection& connection, std::int64_t report);

/// The number of the report of that id; nothing when there is none.
Result<std::optional<std::int64_t>> number_of(const workspace::Connection& connection,
                                              std::string_view id);

}  // namespace relief::exact
