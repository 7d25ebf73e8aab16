// What may be seen of reports: the attacks of privacy.md (P2 to P7) tried on what is shown.

#include "tiler/report/public_view.hpp"

#include "tests/support/repeatable_random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace relief::report {
namespace {

constexpr Place nairobi{36.817223, -1.286389};
constexpr std::int64_t hour_ms = 3'600'000;

Report report_at(const Place& place, Sensitivity level, const std::string& contact) {
    Report report;
    report.said.place = place;
    report.said.contact = contact;
    report.level = level;
    report.status = Status::verified;
    report.received = Instant{1'700'000'000'000};
    return report;
}

Member member_at(const Place& place, Sensitivity level, const std::string& contact) {
    return member_of(report_at(place, level, contact), default_privacy_levels().of(level), 0);
}

/// So many reports about a place, each from another source, a few hundred metres apart.
std::vector<Member> crowd_at(const Place& place, Sensitivity level, int many) {
    const LonLatBox box = box_of(cell_of(place, default_privacy_levels().of(level).cell_zoom));
    std::vector<Member> members;
    for (int i = 0; i < many; ++i) {
        const double share = (i + 0.5) / many;
        members.push_back(member_at({box.west + (box.east - box.west) * share, place.latitude},
                                    level,
                                    "source " + std::to_string(i)));
    }
    return members;
}

std::vector<Group> shown(const std::vector<Member>& members) {
    return public_groups(members, default_privacy_levels());
}

std::uint64_t total(const std::vector<Group>& groups) {
    std::uint64_t all = 0;
    for (const Group& group : groups) all += group.count;
    return all;
}

TEST(PublicView, ShowsNobodyWhatWasRejectedOrIsADuplicate) {
    const auto levels = default_privacy_levels();
    Report report = report_at(nairobi, Sensitivity::low, "a");
    for (const Status status : {Status::rejected, Status::duplicate}) {
        report.status = status;
        for (const Moderation rule : {Moderation::before, Moderation::after}) {
            EXPECT_EQ(sight_of(levels, View::open, report, rule), Sight::absent);
            EXPECT_EQ(sight_of(levels, View::analyst, report, rule), Sight::absent);
        }
        EXPECT_EQ(sight_of(levels, View::exact, report, Moderation::before), Sight::exact);
    }
}

TEST(PublicView, ShowsNewReportsOnlyWhereReviewComesAfter) {
    const auto levels = default_privacy_levels();
    Report report = report_at(nairobi, Sensitivity::low, "a");
    report.status = Status::fresh;

    EXPECT_EQ(sight_of(levels, View::open, report, Moderation::before), Sight::absent);
    EXPECT_EQ(sight_of(levels, View::open, report, Moderation::after), Sight::exact);
}

TEST(PublicView, PutsNothingSevereOnAnyMap) {
    const Report report = report_at(nairobi, Sensitivity::severe, "a");
    for (const View view : {View::open, View::analyst, View::exact})
        EXPECT_EQ(sight_of(default_privacy_levels(), view, report, Moderation::after),
                  Sight::absent);
}

TEST(RoundedTime, IsAllOfTheStepItLiesIn) {
    const Instant moment = parse_instant("2026-03-04T10:20:30Z")->first;

    EXPECT_EQ(to_text(rounded(moment, TimeStep::minute)), "2026-03-04T10:20:00Z");
    EXPECT_EQ(to_text(rounded(moment, TimeStep::day)), "2026-03-04");
    EXPECT_EQ(to_text(rounded(moment, TimeStep::week)), "2026-03-02/2026-03-08");
    EXPECT_EQ(to_text(rounded(moment, TimeStep::month)), "2026-03");
}

TEST(RoundedTime, HoldsTheMomentThroughFourHundredYears) {
    auto random = testing::repeatable_random(7);
    std::uniform_int_distribution<std::int64_t> moments(-6'000'000'000'000, 7'000'000'000'000);
    for (int i = 0; i < 2000; ++i) {
        const Instant moment{moments(random)};
        for (const TimeStep step : {TimeStep::day, TimeStep::week, TimeStep::month}) {
            const InstantRange range = rounded(moment, step);
            EXPECT_LE(range.first, moment);
            EXPECT_GE(range.last, moment);
            EXPECT_EQ(rounded(range.last, step), range);
            EXPECT_EQ(rounded(Instant{range.last.milliseconds + 1}, step).first.milliseconds,
                      range.last.milliseconds + 1);
        }
    }
}

TEST(PublicGroups, AreNotShownBelowTheNumberOfSources) {
    EXPECT_TRUE(shown(crowd_at(nairobi, Sensitivity::moderate, 2)).empty());
    EXPECT_EQ(total(shown(crowd_at(nairobi, Sensitivity::moderate, 3))), 3U);
}

TEST(PublicGroups, CountSourcesAndNotReports) {
    const std::vector<Member> members(50,
                                      member_at(nairobi, Sensitivity::moderate, "the same person"));

    EXPECT_TRUE(shown(members).empty());
}

TEST(PublicGroups, MergeUpwardUntilTheyAreEnough) {
    const Cell cell = cell_of(nairobi, 15);
    const LonLatBox box = box_of(cell.ancestor(12));
    std::vector<Member> members;
    members.reserve(3);
    for (int i = 0; i < 3; ++i)
        members.push_back(member_at(
            {box.west + (box.east - box.west) * (0.1 + 0.4 * i), (box.south + box.north) / 2},
            Sensitivity::moderate,
            std::to_string(i)));

    const auto groups = shown(members);

    ASSERT_EQ(groups.size(), 1U);
    EXPECT_LE(groups.front().cell.zoom, 12);
    EXPECT_GE(groups.front().cell.zoom, 10);
}

TEST(PublicGroups, AreNotMergedOverHalfACountry) {
    std::vector<Member> members;
    members.reserve(20);
    for (int i = 0; i < 20; ++i)
        members.push_back(
            member_at({30.0 + i, 10.0 + i}, Sensitivity::moderate, std::to_string(i)));

    EXPECT_TRUE(shown(members).empty());
}

TEST(PublicGroups, HideWhatIsAloneInTheDesert) {
    const auto alone = crowd_at({12, 25}, Sensitivity::high, 40);
    auto together = alone;
    const LonLatBox box = box_of(cell_of(Place{12, 25}, 13));
    for (const Member& other :
         crowd_at({box.east + 2 * (box.east - box.west), 25}, Sensitivity::high, 40))
        together.push_back(other);

    EXPECT_TRUE(shown(alone).empty());
    EXPECT_EQ(shown(together).size(), 2U);
}

TEST(PublicGroups, AreTheSameInWhateverOrderReportsCame) {
    auto random = testing::repeatable_random(3);
    std::uniform_real_distribution<double> east(36.5, 37.0);
    std::vector<Member> members;
    for (int i = 0; i < 400; ++i) {
        auto member =
            member_at({east(random), -1.2}, Sensitivity::moderate, std::to_string(i % 90));
        member.category = static_cast<std::uint16_t>(i % 4);
        members.push_back(member);
    }
    const auto before = shown(members);
    std::shuffle(members.begin(), members.end(), random);
    const auto after = shown(members);

    ASSERT_EQ(before.size(), after.size());
    ASSERT_FALSE(before.empty());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].cell, after[i].cell);
        EXPECT_EQ(before[i].count, after[i].count);
        EXPECT_EQ(before[i].category, after[i].category);
    }
}

// P2: a report is asked for by yes-or-no questions about ever smaller boxes.
TEST(Bisection, NeverComesBelowTheCell) {
    const auto groups = shown(crowd_at(nairobi, Sensitivity::moderate, 3));
    ASSERT_EQ(groups.size(), 1U);
    // What is looked at is the cell: any box that meets it meets all of it.
    const LonLatBox cell = box_of(groups.front().cell);
    LonLatBox box{-180, -85, 180, 85};
    for (int question = 0; question < 60; ++question) {
        const bool across = question % 2 == 0;
        LonLatBox half = box;
        (across ? half.east : half.north) =
            across ? (box.west + box.east) / 2 : (box.south + box.north) / 2;
        const bool yes = cell.west <= half.east && cell.east >= half.west &&
                         cell.south <= half.north && cell.north >= half.south;
        if (yes)
            box = half;
        else if (across)
            box.west = half.east;
        else
            box.south = half.north;
    }

    // Every place of the cell answers alike: reports elsewhere in it give the same groups.
    for (const double share : {0.01, 0.5, 0.99}) {
        std::vector<Member> moved;
        moved.reserve(3);
        for (int i = 0; i < 3; ++i)
            moved.push_back(member_at({cell.west + (cell.east - cell.west) * share,
                                       cell.south + (cell.north - cell.south) * share},
                                      Sensitivity::moderate,
                                      "source " + std::to_string(i)));
        const auto others = shown(moved);
        ASSERT_EQ(others.size(), 1U);
        EXPECT_EQ(others.front().cell, groups.front().cell);
    }
}

// P3: nothing is random, so asking again tells nothing more.
TEST(Averaging, OfManyAnswersTellsNoMoreThanOne) {
    const auto first = shown(crowd_at(nairobi, Sensitivity::moderate, 5));
    for (int i = 0; i < 1000; ++i) {
        const auto again = shown(crowd_at(nairobi, Sensitivity::moderate, 5));
        ASSERT_EQ(again.size(), first.size());
        ASSERT_EQ(again.front().cell, first.front().cell);
        ASSERT_EQ(again.front().count, first.front().count);
    }
}

// P5: whatever is taken from whatever, what is left is none or enough.
TEST(Totals, MinusWhatIsShownNeverIsolateASource) {
    auto random = testing::repeatable_random(11);
    const auto levels = default_privacy_levels();
    for (int round = 0; round < 200; ++round) {
        std::uniform_real_distribution<double> east(36.80, 36.90);
        std::uniform_int_distribution<int> category(0, 3);
        std::uniform_int_distribution<int> sources(0, 25);
        std::vector<Member> members;
        for (int i = 0; i < 60; ++i) {
            auto member = member_at(
                {east(random), -1.2}, Sensitivity::moderate, std::to_string(sources(random)));
            member.category = static_cast<std::uint16_t>(category(random));
            members.push_back(member);
        }
        std::map<Cell, std::uint64_t> of_cells;
        for (const Group& group : public_groups(members, levels)) {
            EXPECT_GE(group.count, 3U);
            EXPECT_EQ(group.count % 3, 0U);
            of_cells[group.cell] += group.count;
        }
        for (const auto& [cell, all] : of_cells)
            for (const Group& group : public_groups(members, levels))
                if (group.cell == cell) {
                    const std::uint64_t rest = all - group.count;
                    EXPECT_TRUE(rest == 0 || rest >= 3);
                }
    }
}

// P5, P7: one more report between two batches.
TEST(Differencing, OfTwoBatchesShowsNoneOrEnough) {
    auto random = testing::repeatable_random(5);
    std::uniform_real_distribution<double> east(36.80, 36.86);
    std::vector<Member> members;
    std::uint64_t before = 0;
    for (int i = 0; i < 300; ++i) {
        members.push_back(
            member_at({east(random), -1.2}, Sensitivity::moderate, std::to_string(i)));
        const std::uint64_t after = total(shown(members));
        const std::uint64_t came = after > before ? after - before : before - after;
        EXPECT_EQ(came % 3, 0U) << "after report " << i;
        before = after;
    }
    EXPECT_GT(before, 200U);
}

TEST(PublicGroups, TellACategoryOnlyWhereItIsEnoughByItselfAndTheRestToo) {
    auto members = crowd_at(nairobi, Sensitivity::moderate, 8);
    const auto categories_shown = [&](const std::vector<int>& numbers) {
        for (std::size_t i = 0; i < members.size(); ++i)
            members[i].category = static_cast<std::uint16_t>(numbers[i]);
        std::multiset<int> told;
        for (const Group& group : shown(members)) told.insert(group.category.value_or(0));
        return told;
    };

    EXPECT_EQ(categories_shown({1, 1, 1, 1, 2, 2, 2, 2}), (std::multiset<int>{1, 2}));
    EXPECT_EQ(categories_shown({1, 1, 1, 1, 1, 2, 2, 3}), (std::multiset<int>{0, 1}));
    // Two are left over: they would be known by taking the six from the whole.
    EXPECT_EQ(categories_shown({1, 1, 1, 1, 1, 1, 2, 2}), (std::multiset<int>{0}));
}

TEST(PublicGroups, CountWhatIsKnownToARegionInNoSmallerCell) {
    auto members = crowd_at(nairobi, Sensitivity::high, 12);
    Report vague = report_at(nairobi, Sensitivity::high, "far away");
    vague.said.precision = Precision::region;
    for (int i = 0; i < 6; ++i) {
        vague.said.contact = "far away " + std::to_string(i);
        members.push_back(member_of(vague, default_privacy_levels().of(Sensitivity::high), 0));
    }
    // Something near, so that nothing is isolated.
    const LonLatBox box = box_of(cell_of(nairobi, 13));
    for (const Member& other : crowd_at(
             {box.east + 1.5 * (box.east - box.west), nairobi.latitude}, Sensitivity::high, 12))
        members.push_back(other);

    for (const Group& group : shown(members)) {
        if (group.cell.zoom > 8) {
            EXPECT_EQ(group.count, 10U);
        }
    }
}

TEST(MemberOfAReport, TellsNeitherPlaceNorHour) {
    const LonLatBox box = box_of(cell_of(nairobi, 13));
    Report one = report_at(nairobi, Sensitivity::high, "a");
    Report other = report_at({(box.west + box.east) / 2, box.south + 1e-5}, Sensitivity::high, "a");
    one.received = parse_instant("2026-03-03T01:00:00Z")->first;
    other.received = Instant{one.received.milliseconds + 50 * hour_ms};
    const LevelRule rule = default_privacy_levels().of(Sensitivity::high);

    EXPECT_EQ(member_of(one, rule, 4), member_of(other, rule, 4));
}

}  // namespace
}  // namespace relief::report
