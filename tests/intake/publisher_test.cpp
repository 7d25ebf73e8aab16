#include "server/intake/publisher.hpp"

#include "server/intake/feature_numbers.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace relief::intake {
namespace {

using ::testing::ElementsAre;
using testing::eventually;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::int64_t quarter_ms = 900'000;
/// A quarter of an hour begins.
constexpr Instant quarter{1'700'000'100'000 / quarter_ms * quarter_ms};

class PublisherTest : public ::testing::Test {
protected:
    PublisherTest() {
        // High reports are shown without waiting two days, and where they are alone.
        settings_.levels.rules[2].delay_minutes = 0;
        settings_.levels.rules[2].hides_isolated = false;
        settings_.workspace = folder_.path();
        settings_.look = std::chrono::milliseconds(5);
        settings_.clock = [this] { return Instant{now_.load()}; };
        settings_.feature_of = [this](std::string_view id) { return numbers_.of(id); };
    }
    void start() {
        index_ = std::make_shared<shown::ShownIndex>(folder_.path());
        publisher_ = std::make_unique<Publisher>(
            settings_, index_, [this](const ViewChange& change) { note(change); }, *log_);
    }
    void stop() { publisher_.reset(); }

    std::string post(const report::Place& place, Sensitivity level, const std::string& contact) {
        exact::Arrival arrival;
        arrival.draft.place = place;
        arrival.draft.title = "title of " + contact;
        arrival.draft.category = "flood";
        arrival.draft.contact = contact;
        arrival.draft.sensitivity = level;
        const auto receipts =
            store_.receive(std::span(&arrival, 1), {Sensitivity::low, true}, Instant{now_.load()});
        EXPECT_TRUE(receipts);
        return receipts ? receipts->front().id : std::string();
    }
    void verify(const std::string& id) { decide(id, report::Status::verified); }
    void decide(const std::string& id, report::Status status) {
        exact::Change change;
        change.status = status;
        EXPECT_TRUE(
            store_.change(id, change, {"moderator", Role::moderator}, Instant{now_.load()}));
    }
    /// Five neighbours, each another source.
    std::vector<std::string> post_five(Sensitivity level, const std::string& who) {
        std::vector<std::string> ids;
        for (int i = 0; i < 5; ++i) {
            ids.push_back(post({36.8172 + i * 1e-4, -1.2863}, level, who + std::to_string(i)));
            verify(ids.back());
        }
        return ids;
    }
    std::uint64_t counted() const {
        const auto content = index_->sight().content;
        std::uint64_t all = content->points.size();
        for (const auto& area : *content->areas) all += area.count;
        return all;
    }
    bool shows(std::uint64_t number) const {
        return eventually([&] { return counted() == number; });
    }
    /// Longer than the publisher needs to look again.
    static void wait_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(80)); }
    void pass(std::int64_t milliseconds) { now_ += milliseconds; }

    /// relief.db takes no change, as that of a full disk does not.
    static constexpr const char* refusal =
        "CREATE TRIGGER refusal BEFORE INSERT ON shown_progress BEGIN SELECT RAISE(ABORT, 'full'); "
        "END";
    void run_on_tables(const char* statement) const {
        auto tables = workspace::Connection::open(folder_.path() / "relief.db",
                                                  workspace::Connection::Mode::write);
        ASSERT_TRUE(tables && tables->run(statement));
    }

    std::uint64_t seen_by(report::View view) {
        const std::lock_guard lock(mutex_);
        const auto found = sights_.find(view);
        return found == sights_.end() ? 0 : found->second.content->size();
    }
    std::string version_for(report::View view) {
        const std::lock_guard lock(mutex_);
        return sights_[view].version;
    }
    std::string public_bytes() const {
        std::string all;
        for (const char* const name : {"relief.db", "relief.db-wal"}) {
            std::ifstream stream(folder_.path() / name, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(stream), {});
        }
        return all;
    }

    relief::testing::TemporaryFolder folder_;
    exact::ExactStore store_ = std::move(*exact::ExactStore::open(folder_.path()));
    FeatureNumbers numbers_{folder_.path()};
    std::atomic<std::int64_t> now_ = quarter.milliseconds + 1000;
    std::unique_ptr<ops::Log> log_ = ops::make_log(ops::Log::Form::text);
    Publisher::Settings settings_;
    std::shared_ptr<shown::ShownIndex> index_;
    std::mutex mutex_;
    std::map<report::View, shown::Sight> sights_;
    std::unique_ptr<Publisher> publisher_;  // ends first: its thread tells what is noted above

private:
    void note(const ViewChange& change) {
        const std::lock_guard lock(mutex_);
        sights_[change.view] = change.sight;
    }
};

TEST_F(PublisherTest, ShowsALowReportOnceItIsVerified) {
    start();
    const auto id = post({20, 10}, Sensitivity::low, "a");
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    verify(id);

    EXPECT_TRUE(shows(1));
    const auto found = index_->find(id);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->title, "title of a");
}

TEST_F(PublisherTest, ShowsNewOnesToo_WhereReviewComesAfter) {
    settings_.moderation = report::Moderation::after;
    start();
    post({20, 10}, Sensitivity::low, "a");

    EXPECT_TRUE(shows(1));
}

TEST_F(PublisherTest, TakesAwayAtOnceWhatIsRejectedOrErased) {
    settings_.moderation = report::Moderation::after;
    start();
    const auto rejected = post({20, 10}, Sensitivity::low, "a");
    const auto erased = post({21, 10}, Sensitivity::low, "b");
    ASSERT_TRUE(shows(2));

    decide(rejected, report::Status::rejected);
    EXPECT_TRUE(shows(1));
    EXPECT_TRUE(store_.erase(erased));

    EXPECT_TRUE(shows(0));
    EXPECT_FALSE(*index_->find(erased));
    EXPECT_THAT(public_bytes(), Not(HasSubstr("title of b")));
}

TEST_F(PublisherTest, TakesAwayWhatTheTablesCouldNotForgetAtFirst) {
    settings_.moderation = report::Moderation::after;
    start();
    const auto rejected = post({20, 10}, Sensitivity::low, "a");
    const auto erased = post({21, 10}, Sensitivity::low, "b");
    ASSERT_TRUE(shows(2));
    run_on_tables(refusal);
    decide(rejected, report::Status::rejected);
    ASSERT_TRUE(store_.erase(erased));
    // Others need no tables.
    EXPECT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 0; }));
    EXPECT_EQ(counted(), 2U);

    run_on_tables("DROP TRIGGER refusal");

    EXPECT_TRUE(shows(0));
    stop();
    start();
    EXPECT_EQ(counted(), 0U);
}

TEST_F(PublisherTest, ShowsABatchThatTheTablesCouldNotTakeAtFirst) {
    start();
    post_five(Sensitivity::high, "a");
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 5; }));
    run_on_tables(refusal);
    pass(quarter_ms);
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    run_on_tables("DROP TRIGGER refusal");

    EXPECT_TRUE(shows(5));
}

TEST_F(PublisherTest, TakesAGroupApartThatAnEarlierOneMade) {
    start();
    const auto ids = post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    stop();
    start();
    ASSERT_TRUE(shows(5));

    decide(ids.front(), report::Status::rejected);

    EXPECT_TRUE(shows(0));
    stop();
    start();
    EXPECT_EQ(counted(), 0U);
}

TEST_F(PublisherTest, ShowsWhatIsAboveLowWithTheNextBatchAndEnoughSources) {
    start();
    post_five(Sensitivity::high, "a");
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    pass(quarter_ms);

    EXPECT_TRUE(shows(5));
    EXPECT_EQ(index_->sight().content->points.size(), 0U);
}

TEST_F(PublisherTest, NeitherTellsWhenNorWhereWhatIsAboveLowCame) {
    start();
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 0; }));
    post({20, 10}, Sensitivity::low, "low");
    const auto version = index_->sight().version;
    post_five(Sensitivity::high, "a");
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 6; }));

    EXPECT_EQ(index_->sight().version, version);
    const std::string all = public_bytes();
    EXPECT_THAT(all, Not(HasSubstr("title of a")));
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    EXPECT_EQ(index_->sight().changed.milliseconds % quarter_ms, 0);
    EXPECT_THAT(public_bytes(), Not(HasSubstr("title of a")));
}

TEST_F(PublisherTest, TakesAGroupApartAtOnceWhenOneOfItIsRejected) {
    start();
    const auto ids = post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));

    decide(ids.front(), report::Status::rejected);

    EXPECT_TRUE(shows(0));
}

TEST_F(PublisherTest, WaitsAsLongAsTheLevelAsks) {
    settings_.levels.rules[2].delay_minutes = 60;
    start();
    post_five(Sensitivity::high, "a");
    pass(2 * quarter_ms);
    wait_a_little();
    EXPECT_EQ(counted(), 0U);

    pass(3 * quarter_ms);

    EXPECT_TRUE(shows(5));
}

TEST_F(PublisherTest, ShowsEachViewItsOwn) {
    settings_.moderation = report::Moderation::after;
    start();
    post({20, 10}, Sensitivity::low, "low");
    post({21, 10}, Sensitivity::moderate, "moderate");
    post({22, 10}, Sensitivity::high, "high");
    post({23, 10}, Sensitivity::severe, "severe");

    EXPECT_TRUE(eventually([&] { return seen_by(report::View::exact) == 3; }));
    EXPECT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 3; }));
    const std::lock_guard lock(mutex_);
    const auto& analyst = *sights_[report::View::analyst].content;
    EXPECT_EQ(analyst.points.size(), 2U);
    ASSERT_EQ(analyst.areas->size(), 1U);
    EXPECT_EQ(analyst.areas->front().cell, report::cell_of(report::Place{22, 10}, 16));
    const std::vector<std::uint32_t> hidden{analyst.areas->front().number};
    const auto texts = sights_[report::View::analyst].texts->of(hidden);
    ASSERT_TRUE(texts && texts->front());
    EXPECT_EQ(texts->front()->title, "");
    EXPECT_EQ(texts->front()->id, "");
}

TEST_F(PublisherTest, TellsNoViewOfWhatItDoesNotSee) {
    start();
    verify(post({20, 10}, Sensitivity::low, "low"));
    const auto blurred = post({22, 10}, Sensitivity::high, "high");
    verify(blurred);
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::analyst) == 2; }));
    const auto before = version_for(report::View::analyst);

    post({23, 10}, Sensitivity::severe, "severe");
    post({24, 10}, Sensitivity::low, "not looked at yet");
    exact::Change moved;
    moved.corrected.place = report::Place{21.9999, 10};
    moved.corrected.title = "another";
    ASSERT_TRUE(store_.change(blurred, moved, {"moderator", Role::moderator}, Instant{now_}));
    ASSERT_TRUE(eventually([&] { return seen_by(report::View::exact) == 3; }));
    wait_a_little();

    EXPECT_EQ(version_for(report::View::analyst), before);
    verify(post({25, 10}, Sensitivity::low, "for all"));
    EXPECT_TRUE(eventually([&] { return version_for(report::View::analyst) != before; }));
}

/// All that is shown of reports, in no order.
std::multiset<std::string> told(const shown::Content& content) {
    std::multiset<std::string> lines;
    for (std::uint32_t i = 0; i < content.points.size(); ++i) {
        const auto row = content.points.at(i);
        std::ostringstream line;
        line << row.key << ' ' << row.minute << ' ' << (*content.categories)[row.category];
        lines.insert(line.str());
    }
    for (const auto& area : *content.areas) {
        std::ostringstream line;
        line << int{area.cell.zoom} << '/' << area.cell.path << ' ' << area.first_minute << ' '
             << area.count << ' ' << (*content.categories)[area.category];
        lines.insert(line.str());
    }
    return lines;
}

TEST_F(PublisherTest, ComesToTheSameFromNothing) {
    start();
    post_five(Sensitivity::high, "a");
    post_five(Sensitivity::moderate, "b");
    for (int i = 0; i < 20; ++i)
        verify(post({20.0 + i, 10}, Sensitivity::low, "c" + std::to_string(i)));
    pass(quarter_ms);
    ASSERT_TRUE(shows(28)) << counted();
    const auto before = told(*index_->sight().content);
    stop();
    {
        auto tables = shown::ShownStore::open(folder_.path());
        ASSERT_TRUE(tables && tables->clear());
    }

    start();

    ASSERT_TRUE(shows(28)) << counted();
    EXPECT_EQ(told(*index_->sight().content), before);
}

TEST_F(PublisherTest, ShowsTheSameWhenTheExactReportsAreGone) {
    start();
    post_five(Sensitivity::high, "a");
    verify(post({20, 10}, Sensitivity::low, "c"));
    pass(quarter_ms);
    ASSERT_TRUE(shows(6));
    const auto before = told(*index_->sight().content);
    const auto version = index_->sight().version;
    stop();
    for (const char* const name : {"exact.db", "exact.db-wal", "exact.db-shm"})
        std::filesystem::remove(folder_.path() / name);

    start();
    wait_a_little();

    EXPECT_EQ(told(*index_->sight().content), before);
    EXPECT_EQ(index_->sight().version, version);
}

TEST_F(PublisherTest, BeginsAnewUnderOtherRules) {
    start();
    post_five(Sensitivity::high, "a");
    pass(quarter_ms);
    ASSERT_TRUE(shows(5));
    stop();
    settings_.levels.rules[2].sources = 6;

    start();
    wait_a_little();

    EXPECT_EQ(counted(), 0U);
}

TEST(FeatureNumbers, AreTheSameForAReportAndOthersInAnotherWorkspace) {
    const relief::testing::TemporaryFolder folder;
    const relief::testing::TemporaryFolder other;

    const auto number = FeatureNumbers(folder.path()).of("abc");

    ASSERT_TRUE(number);
    EXPECT_LT(*number, std::uint64_t{1} << 53U);
    EXPECT_EQ(*FeatureNumbers(folder.path()).of("abc"), *number);
    EXPECT_NE(*FeatureNumbers(folder.path()).of("abd"), *number);
    EXPECT_NE(*FeatureNumbers(other.path()).of("abc"), *number);
}

}  // namespace
}  // namespace relief::intake
