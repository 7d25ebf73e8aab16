#pragma once
// What each level shows to whom: the table of the house, as data.

#include "tiler/core/audience.hpp"
#include "tiler/core/enum_names.hpp"
#include "tiler/core/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace relief::report {

/// Who looks: everyone and viewers see `open`, analysts `analyst`, moderators and admins `exact`.
enum class View : std::uint8_t { open, analyst, exact };
inline constexpr EnumNames<3> view_names{"open", "analyst", "exact"};

/// What a view sees of a report: nothing; the cell that it lies in; all of it.
enum class Sight : std::uint8_t { absent, cell, exact };
inline constexpr EnumNames<3> sight_names{"absent", "cell", "exact"};

/// What a time is rounded down to. A week begins on Monday.
enum class TimeStep : std::uint8_t { minute, day, week, month };
inline constexpr EnumNames<4> time_step_names{"minute", "day", "week", "month"};

/// A line of the table.
struct LevelRule {
    Sight open = Sight::absent;
    Sight analyst = Sight::absent;
    std::uint8_t cell_zoom = 13;     ///< of the cells of the open view
    std::uint8_t analyst_zoom = 16;  ///< of those of analysts
    std::uint8_t merge_zoom = 8;     ///< of the largest cell that a smaller one is merged into
    std::uint32_t sources = 5;       ///< distinct ones in a cell, below which it is not shown
    TimeStep time = TimeStep::week;
    std::int64_t delay_minutes = 0;  ///< from the time that it came in to the first batch
    bool hides_isolated = false;     ///< a cell with no others near it is not shown
    bool operator==(const LevelRule&) const = default;

    Sight sight_of(View view) const noexcept {
        if (view == View::exact) return Sight::exact;
        return view == View::open ? open : analyst;
    }
};

/// How near another cell must be, in cells of its own size.
inline constexpr int isolation_reach = 5;

struct PrivacyLevels {
    std::array<LevelRule, 4> rules;  ///< by Sensitivity
    const LevelRule& of(Sensitivity level) const noexcept {
        return rules.at(static_cast<std::size_t>(level));
    }
    bool operator==(const PrivacyLevels&) const = default;
};

/// The table when nobody changes it.
PrivacyLevels default_privacy_levels() noexcept;

/// The same, changed by `privacy.levels` of the configuration: {"high": {"open": "cell",
/// "analyst": "cell", "cell_zoom": 13, "analyst_zoom": 16, "merge_zoom": 8, "sources": 5,
/// "time": "week", "delay": "48h", "hides_isolated": true}}; what is not named stays. An empty text
/// changes nothing. Errors: bad_request naming level, word, value and what is allowed.
Result<PrivacyLevels> read_privacy_levels(std::string_view json);

/// Fingerprint of the table: the policy epoch, part of all versions.
std::string policy_epoch(const PrivacyLevels& levels);

}  // namespace relief::report
