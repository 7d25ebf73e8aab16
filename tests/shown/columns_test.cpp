#include "tiler/shown/columns.hpp"

#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relief::shown {
namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;
/// How many, and their weights together.
using Total = std::pair<std::uint64_t, std::uint64_t>;

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a number, then a place
PointRow row_at(std::uint32_t number, std::uint32_t x, std::uint32_t y) {
    PointRow row;
    row.key = report::key_of(report::Spot{x, y});
    row.number = number;
    row.minute = static_cast<std::int32_t>(number);
    row.category = static_cast<std::uint16_t>(number % 3 + 1);
    row.status = static_cast<std::uint8_t>(number % 2);
    row.severity = static_cast<std::uint8_t>(number % 5);
    return row;
}

class ColumnsOfManyPlaces : public ::testing::Test {
protected:
    ColumnsOfManyPlaces() {
        auto random = testing::repeatable_random(1);
        std::uniform_int_distribution<std::uint32_t> step;
        std::vector<PointRow> first;
        for (std::uint32_t number = 1; number <= 20'000; ++number) {
            // Half of them in one corner, some at the very same place.
            const bool crowded = number % 2 == 0;
            const PointRow row = row_at(number,
                                        crowded ? step(random) >> 12U : step(random),
                                        crowded ? step(random) >> 12U : step(random));
            all_[number] = row;
            if (number <= 15'000)
                first.push_back(row);
            else
                rest_.push_back(row);
        }
        writer_.load(first);
        for (const PointRow& row : rest_) writer_.put(row);
        for (std::uint32_t number = 5; number <= 20'000; number += 50) {
            writer_.erase(number);
            all_.erase(number);
        }
    }

    std::map<Place, Total> counted(const CellRange& range, const RowFilter& filter) {
        std::map<Place, Total> cells;
        const auto done = writer_.now().count(
            range, filter, Deadline(), [&](std::uint32_t x, std::uint32_t y, const auto& total) {
                Total& cell = cells[{x, y}];
                cell = {cell.first + total.count, cell.second + total.weight};
            });
        EXPECT_TRUE(done);
        return cells;
    }
    /// One by one.
    std::map<Place, Total> truth(const CellRange& range, const RowFilter& filter) const {
        std::map<Place, Total> cells;
        for (const auto& [number, row] : all_) {
            const report::Spot cell = report::spot_of(report::cell_of(row.key, range.zoom).path);
            if (!filter.holds(row) || cell.x < range.left || cell.x > range.right ||
                cell.y < range.top || cell.y > range.bottom)
                continue;
            Total& total = cells[{cell.x, cell.y}];
            // Minor 1 to extreme 4; what is not known counts as minor.
            total = {total.first + 1, total.second + std::max(1U, unsigned{row.severity})};
        }
        return cells;
    }

    /// By halves of the world as cells of their own, east and west of a line that no cell keeps to.
    std::map<bool, Total> in_parts(const RowFilter& filter) {
        constexpr std::uint32_t line = 1'234'567'890;
        std::map<bool, Total> halves;
        const auto add = [&](bool east, std::uint64_t count, std::uint64_t weight) {
            halves[east] = {halves[east].first + count, halves[east].second + weight};
        };
        Columns::Parts parts;
        parts.is_whole = [](const report::Cell& cell) {
            return (report::spot_of(cell.first_key()).x < line) ==
                   (report::spot_of(cell.last_key()).x < line);
        };
        parts.take_cell = [&](const report::Cell& cell, const CellTotal& total) {
            add(report::spot_of(cell.first_key()).x >= line, total.count, total.weight);
        };
        parts.take_point = [&](const PointRow& row, std::uint32_t) {
            add(report::spot_of(row.key).x >= line, 1, std::max(1U, unsigned{row.severity}));
        };
        EXPECT_TRUE(writer_.now().count_parts({2, 0, 0, 3, 3}, filter, Deadline(), parts));
        return halves;
    }
    std::map<bool, Total> true_halves(const RowFilter& filter) const {
        std::map<bool, Total> halves;
        for (const auto& [number, row] : all_) {
            Total& half = halves[report::spot_of(row.key).x >= 1'234'567'890];
            if (filter.holds(row))
                half = {half.first + 1, half.second + std::max(1U, unsigned{row.severity})};
        }
        return halves;
    }

    ColumnsWriter writer_;
    std::map<std::uint32_t, PointRow> all_;
    std::vector<PointRow> rest_;
};

TEST_F(ColumnsOfManyPlaces, CountAndWeighWhatLiesInEachCell) {
    for (const CellRange range : {CellRange{0, 0, 0, 0, 0},
                                  CellRange{3, 0, 0, 7, 7},
                                  CellRange{6, 10, 3, 40, 50},
                                  CellRange{14, 0, 0, 3, 3},
                                  CellRange{28, 0, 0, 60'000, 60'000}}) {
        const auto cells = counted(range, {});
        EXPECT_EQ(cells, truth(range, {})) << "zoom " << int{range.zoom};
    }
}

TEST_F(ColumnsOfManyPlaces, CountAndWeighWhatAFilterHolds) {
    RowFilter filter;
    filter.since = 4000;
    filter.until = 17'500;
    filter.categories = std::vector<bool>{false, true, false, true};
    filter.statuses = 0b10;
    for (const std::uint8_t zoom : std::vector<std::uint8_t>{0, 2, 5}) {
        const CellRange range{zoom, 0, 0, (1U << zoom) - 1, (1U << zoom) - 1};
        const auto cells = counted(range, filter);
        EXPECT_EQ(cells, truth(range, filter)) << "zoom " << int{zoom};
        EXPECT_FALSE(cells.empty());
    }
}

TEST_F(ColumnsOfManyPlaces, CountInPartsWhateverTheirForm) {
    RowFilter filter;
    filter.since = 4000;
    filter.categories = std::vector<bool>{false, true, false, true};

    EXPECT_EQ(in_parts({}), true_halves({}));
    EXPECT_EQ(in_parts(filter), true_halves(filter));
}

TEST_F(ColumnsOfManyPlaces, TellTheMiddleOfACell) {
    const Columns columns = writer_.now();
    RowFilter nearly_all;
    nearly_all.since = -1;
    const auto middles = [&](const RowFilter& filter) {
        std::vector<std::pair<double, double>> all;
        EXPECT_TRUE(columns.count(
            {2, 0, 0, 3, 3}, filter, Deadline(), [&](std::uint32_t, std::uint32_t, const auto& t) {
                if (t.count < 100) return;
                all.emplace_back(static_cast<double>(t.x) / static_cast<double>(t.count),
                                 static_cast<double>(t.y) / static_cast<double>(t.count));
            }));
        return all;
    };

    const auto exact = middles({});
    const auto near = middles(nearly_all);

    ASSERT_EQ(exact.size(), near.size());
    ASSERT_FALSE(exact.empty());
    // A filter's are told to 1/64 of the cell, which is 2^30 steps here.
    for (std::size_t i = 0; i < exact.size(); ++i) {
        EXPECT_NEAR(exact[i].first, near[i].first, 1 << 24);
        EXPECT_NEAR(exact[i].second, near[i].second, 1 << 24);
    }
}

TEST_F(ColumnsOfManyPlaces, TellEachOnceAndNoneThatIsGone) {
    std::set<std::uint32_t> told;
    const Columns columns = writer_.now();
    EXPECT_TRUE(columns.each(
        {4, 0, 0, 15, 15}, {}, Deadline(), [&](const PointRow& row, std::uint32_t position) {
            EXPECT_TRUE(told.insert(row.number).second);
            EXPECT_EQ(columns.at(position), row);
            return true;
        }));

    EXPECT_EQ(told.size(), all_.size());
    EXPECT_EQ(columns.size(), all_.size());
    EXPECT_FALSE(told.contains(5));
}

TEST(Columns, ThatWereHandedOutStayAsTheyAre) {
    ColumnsWriter writer;
    writer.put(row_at(1, 10, 10));
    const Columns before = writer.now();
    writer.put(row_at(2, 20, 20));
    writer.erase(1);

    EXPECT_EQ(before.size(), 1U);
    EXPECT_EQ(before.at(0).number, 1U);
    EXPECT_EQ(writer.now().at(0).number, 2U);
}

TEST(Columns, MoveAReportToItsNewPlace) {
    ColumnsWriter writer;
    writer.load({row_at(1, 10, 10), row_at(2, 4'000'000'000U, 10)});
    writer.put(row_at(1, 4'000'000'000U, 4'000'000'000U));

    std::map<Place, Total> cells;
    EXPECT_TRUE(
        writer.now().count({1, 0, 0, 1, 1},
                           {},
                           Deadline(),
                           [&](std::uint32_t x, std::uint32_t y, const CellTotal& total) {
                               Total& cell = cells[{x, y}];
                               cell = {cell.first + total.count, cell.second + total.weight};
                           }));

    EXPECT_EQ(cells, (std::map<Place, Total>{{{1, 0}, {1, 2}}, {{1, 1}, {1, 1}}}));
}

TEST(Columns, StopWhenNobodyWaits) {
    ColumnsWriter writer;
    std::vector<PointRow> rows;
    for (std::uint32_t number = 1; number < 200'000; ++number)
        rows.push_back(row_at(number, number, number));
    writer.load(std::move(rows));
    RowFilter filter;
    filter.since = 0;

    const auto counted = writer.now().count({0, 0, 0, 0, 0},
                                            filter,
                                            Deadline(Deadline::Clock::now()),
                                            [](std::uint32_t, std::uint32_t, const CellTotal&) {});

    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().fault, Fault::out_of_time);
}

}  // namespace
}  // namespace relief::shown
