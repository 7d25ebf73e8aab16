#include "tiler/shown/shown_index.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace relief::shown {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): its number, then where it is
PublicReport public_report_of(std::int64_t number, double longitude) {
    PublicReport report;
    report.number = number;
    report.feature = static_cast<std::uint64_t>(1000 + number);
    report.id = "report-" + std::to_string(number);
    report.place = {longitude, 10};
    report.title = "title " + std::to_string(number);
    report.category = number % 2 == 0 ? "flood" : "fire";
    report.time = {Instant{number * 3'600'000}, Instant{number * 3'600'000}};
    report.photos = {"a0", "b1"};
    return report;
}

class ShownIndexTest : public ::testing::Test {
protected:
    /// As the publisher does.
    void write(const ShownChange& change) {
        ASSERT_TRUE(store_.write(change));
        Board board;
        ASSERT_TRUE(store_.load(board));
        index_->show(board.now(), change.progress);
    }
    std::vector<std::int64_t> page(const ShownIndex::PageWish& wish) const {
        const auto reports = index_->page(wish);
        std::vector<std::int64_t> numbers;
        if (!reports) return {-1};
        for (const PublicReport& report : *reports) numbers.push_back(report.number);
        return numbers;
    }
    std::string bytes_of_files() const {
        std::string all;
        for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
            if (!file.is_regular_file()) continue;
            std::ifstream stream(file.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(stream), {});
        }
        return all;
    }

    relief::testing::TemporaryFolder folder_;
    ShownStore store_ = std::move(*ShownStore::open(folder_.path()));
    std::shared_ptr<ShownIndex> index_ = std::make_shared<ShownIndex>(folder_.path());
};

TEST_F(ShownIndexTest, GivesBackWhatWasShown) {
    PublicReport report = public_report_of(7, 20.123456789);
    report.area = report::Cell{8, 12345};
    report.severity = report::Severity::extreme;
    report.status = report::Status::verified;
    report.licence = "CC BY 4.0";
    write({{report}, {}, {}, {5, 0, 1, Instant{9}, "e"}});

    const auto found = index_->find("report-7");

    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->place, report.place);
    EXPECT_EQ((*found)->area, report.area);
    EXPECT_EQ((*found)->title, report.title);
    EXPECT_EQ((*found)->severity, report.severity);
    EXPECT_EQ((*found)->status, report.status);
    EXPECT_EQ((*found)->time, report.time);
    EXPECT_EQ((*found)->photos, report.photos);
    EXPECT_EQ((*found)->licence, report.licence);
    EXPECT_EQ(*store_.progress(), (Progress{5, 0, 1, Instant{9}, "e"}));
}

TEST_F(ShownIndexTest, PagesFromTheLastThatCame) {
    ShownChange change;
    for (std::int64_t number = 1; number <= 5; ++number)
        change.put.push_back(public_report_of(number, 20.0 + static_cast<double>(number)));
    write(change);
    ShownIndex::PageWish wish;
    wish.limit = 2;

    EXPECT_THAT(page(wish), ElementsAre(5, 4));
    wish.before = 4;
    EXPECT_THAT(page(wish), ElementsAre(3, 2));
    wish.before = 2;
    EXPECT_THAT(page(wish), ElementsAre(1));
}

TEST_F(ShownIndexTest, PagesPointsAndAreasTogether) {
    ShownChange change;
    for (std::int64_t number = 1; number <= 4; ++number) {
        change.put.push_back(public_report_of(number, 20.0 + static_cast<double>(number)));
        // Around the place, as a report has it that is known to an area.
        if (number % 2 == 0) change.put.back().area = report::cell_of(change.put.back().place, 13);
    }
    write(change);
    ShownIndex::PageWish wish;
    wish.limit = 3;

    EXPECT_THAT(page(wish), ElementsAre(4, 3, 2));
    wish.filter.statuses = {report::Status::fresh};
    EXPECT_THAT(page(wish), ElementsAre(4, 3, 2));
    wish.filter.box = LonLatBox{21.5, 9, 23.5, 11};
    EXPECT_THAT(page(wish), ElementsAre(3, 2));
}

TEST_F(ShownIndexTest, PagesWhatAFilterHolds) {
    ShownChange change;
    for (std::int64_t number = 1; number <= 6; ++number)
        change.put.push_back(public_report_of(number, 20.0 + static_cast<double>(number)));
    change.put.push_back(public_report_of(7, -179.9));
    change.put.push_back(public_report_of(8, 179.9));
    write(change);
    ShownIndex::PageWish wish;

    wish.filter.categories = {"flood"};
    EXPECT_THAT(page(wish), ElementsAre(8, 6, 4, 2));
    wish.filter.box = LonLatBox{21.5, 9, 24.5, 11};
    EXPECT_THAT(page(wish), ElementsAre(4, 2));
    wish.filter.categories = {};
    wish.filter.since = Instant{10'800'000};
    EXPECT_THAT(page(wish), ElementsAre(4, 3));
    wish.filter = {};
    wish.filter.box = LonLatBox{179, 9, -179, 11};
    EXPECT_THAT(page(wish), ElementsAre(8, 7));
}

TEST_F(ShownIndexTest, ForgetsToTheByteWhatIsErased) {
    PublicReport secret = public_report_of(1, 20);
    secret.title = "canary-in-the-mine-4711";
    write({{secret}, {}, {}, {}});
    ASSERT_THAT(bytes_of_files(), HasSubstr("canary-in-the-mine"));
    write({{}, {1}, {}, {}});
    const auto gone = index_->find("report-1");

    ASSERT_TRUE(gone);
    EXPECT_FALSE(*gone);
    EXPECT_EQ(index_->sight().content->size(), 0U);
    EXPECT_THAT(bytes_of_files(), Not(HasSubstr("canary-in-the-mine")));
}

TEST_F(ShownIndexTest, KeepsGroupsAndPutsOthersInTheirPlace) {
    ShownGroup group;
    group.row.cell = report::Cell{13, 4321};
    group.row.first_minute = -600;
    group.row.last_minute = 600;
    group.row.count = 15;
    group.row.level = 2;
    group.category = "flood";
    write({{}, {}, std::vector<ShownGroup>{group}, {}});
    const auto content = index_->sight().content;

    ASSERT_EQ(content->areas->size(), 1U);
    const AreaRow& row = content->areas->front();
    EXPECT_EQ(row.cell, group.row.cell);
    EXPECT_EQ(row.count, 15U);
    EXPECT_EQ((*content->categories)[row.category], "flood");
    write({{}, {}, std::vector<ShownGroup>{}, {}});
    EXPECT_TRUE(index_->sight().content->areas->empty());
}

}  // namespace
}  // namespace relief::shown
