#pragma once
// What a view may see of reports: one by one where they may be told apart, else together.

#include "tiler/core/instant.hpp"
#include "tiler/report/cell.hpp"
#include "tiler/report/privacy_levels.hpp"
#include "tiler/report/report.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace relief::report {

/// reports.moderation: whether the views of the public show what nobody has looked at yet.
enum class Moderation : std::uint8_t { before, after };

/// What the view sees of a report of this level and status. Rejected ones and duplicates are in the
/// exact view only. Severe ones are on no map: their exact view needs a reason.
Sight sight_of(const PrivacyLevels& levels, View view, const Report& report, Moderation rule);

/// When a report is of: when it happened; where that is not said, when it came in.
InstantRange time_of(const Report& report) noexcept;

/// All of the step that the moment lies in.
InstantRange rounded(Instant moment, TimeStep step) noexcept;

/// The cell that a report is drawn as by itself where its place is not known to the point; none
/// where it is. Units: about 39 km at the equator for what is near, 156 km for a region.
std::optional<Cell> own_area(const Draft& said) noexcept;

/// What is known of a report above low to those who count: nothing that tells it from others of its
/// cell.
struct Member {
    std::uint64_t key = 0;     ///< first key of its cell
    std::uint64_t source = 0;  ///< whom it is from: equal for equal contacts
    std::int64_t time = 0;     ///< first millisecond of its time step
    std::uint16_t category = 0;
    std::uint8_t zoom = 0;  ///< of its cell: it is counted in none that is smaller
    Sensitivity level = Sensitivity::high;
    bool operator==(const Member&) const = default;
};

/// The one of a report that the open view sees as part of its cell.
Member member_of(const Report& report, const LevelRule& rule, std::uint16_t category);

/// Several reports that are shown as one area. Whatever a request filters by holds for all of them
/// or for none.
struct Group {
    Cell cell;
    InstantRange time;
    std::optional<std::uint16_t> category{};  ///< none: not told
    Sensitivity level = Sensitivity::high;
    /// Of distinct sources, in whole steps of the rule's `sources`: what comes or goes one by one
    /// does not show.
    std::uint64_t count = 0;
};

/// Members of one level and one step of time in a cell are a group when they come from so many
/// sources as the level's rule asks for; else they join those of the cells around, up to its
/// merge_zoom, and are not shown when that is not enough. Isolated cells are left out where the
/// rule says so. A group is told by category where each of its parts, and what is left of it, is
/// large enough by itself.
/// Pure: the same members, in any order, give the same groups, in the order of their cells.
std::vector<Group> public_groups(std::vector<Member> members, const PrivacyLevels& levels);

}  // namespace relief::report
