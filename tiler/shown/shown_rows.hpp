#pragma once
// What is shown of reports as rows of relief.db.

#include "tiler/core/result.hpp"
#include "tiler/shown/shown_store.hpp"
#include "tiler/workspace/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relief::shown {

/// What report_in() reads, in its order, for "SELECT … FROM shown_reports".
inline constexpr const char* shown_columns =
    "number, feature, id, longitude, latitude, area_zoom, area_path, title, description, "
    "category, severity, status, level, time, time_end, received, changed, photos, licence, "
    "attribution";

/// The row that the statement stands at.
PublicReport report_in(const workspace::Statement& row);
/// The cell in two columns, its zoom and its path; nothing where the zoom is null or none.
std::optional<report::Cell> cell_in(const workspace::Statement& row, int column);

template <typename Value>
Value value_in(const workspace::Statement& row, int column) {
    return static_cast<Value>(row.number(column));
}

/// As SQLite keeps 64 bits.
inline std::int64_t signed_of(std::uint64_t bits) noexcept {
    return static_cast<std::int64_t>(bits);
}

/// For put().
std::string shown_insertion();
/// `insert` is prepared from shown_insertion().
Result<void> put(workspace::Statement& insert, const PublicReport& report);

/// For is_shown_otherwise().
inline constexpr std::string_view shown_otherwise =
    "SELECT 1 FROM shown_reports WHERE number = ? AND (title <> ? OR description <> ? OR "
    "category <> ? OR longitude <> ? OR latitude <> ?)";
/// Whether it is there with other words or at another place; `otherwise` is prepared from
/// shown_otherwise.
Result<bool> is_shown_otherwise(workspace::Statement& otherwise, const PublicReport& report);

}  // namespace relief::shown
