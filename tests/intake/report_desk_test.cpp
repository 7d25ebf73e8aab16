#include "server/intake/report_desk.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <iterator>
#include <memory>

namespace relief::intake {
namespace {

class ReportDeskTest : public ::testing::Test {
protected:
    static Posted posted(std::string title, std::string key = {}) {
        Posted one;
        one.body_hash = title;
        one.sent.draft.title = std::move(title);
        one.address = "192.0.2.1";
        one.idempotency_key = std::move(key);
        return one;
    }
    std::future<Result<Receipt>> post(Posted one) {
        const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
        auto future = promise->get_future();
        EXPECT_TRUE(desk_->post(std::move(one), [promise](Result<Receipt> receipt) {
            promise->set_value(std::move(receipt));
        }));
        return future;
    }
    std::string id_of(Posted one) { return post(std::move(one)).get()->id; }
    ReportDesk& desk() { return *desk_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    int commits() const { return written_; }
    using Receipts = std::vector<std::future<Result<Receipt>>>;
    /// As many posts as `count`, made by their numbers.
    template <typename Make>
    Receipts post_many(std::size_t count, Make make) {
        Receipts all(count);
        std::size_t i = 0;
        for (auto& one : all) one = post(make(i++));
        return all;
    }

private:
    relief::testing::TemporaryFolder folder_;
    std::atomic<int> written_ = 0;
    std::unique_ptr<ReportDesk> desk_ = std::make_unique<ReportDesk>(
        ReportDesk::Order{.workspace = folder_.path(), .queue = 100}, [this] { ++written_; });
};

TEST_F(ReportDeskTest, MakesNoStoreBeforeTheFirstReport) {
    EXPECT_TRUE(desk().page({})->empty());
    EXPECT_FALSE(*desk().find("nobody"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "exact.db"));

    const auto id = id_of(posted("a"));

    EXPECT_EQ((*desk().find(id))->said.title, "a");
}

TEST_F(ReportDeskTest, AnswersEachOfManyAndKeepsThemAll) {
    auto all = post_many(100, [](std::size_t i) { return posted(std::to_string(i)); });

    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto receipt = all[i].get();
        ASSERT_TRUE(receipt);
        EXPECT_EQ((*desk().find(receipt->id))->said.title, std::to_string(i));
    }
    EXPECT_LE(commits(), 100);
}

TEST_F(ReportDeskTest, CountsSourcesWithoutNamingThem) {
    Posted by_phone = posted("a");
    by_phone.sent.contact = "254700000001";
    Posted again = posted("b");
    again.sent.contact = "254700000001";
    const auto contact_of = [&](Posted one) {
        return (*desk().find(id_of(std::move(one))))->said.contact;
    };

    const auto phone = contact_of(std::move(by_phone));
    const auto network = contact_of(posted("c"));

    EXPECT_EQ(phone, contact_of(std::move(again)));
    EXPECT_EQ(network, contact_of(posted("d")));
    EXPECT_NE(phone, network);
    EXPECT_EQ(network.find("192"), std::string::npos);
}

TEST_F(ReportDeskTest, TakesOneOfThoseThatComeUnderOneKeyTogether) {
    auto all = post_many(20, [](std::size_t) { return posted("same", "key"); });

    std::vector<std::string> ids;
    std::transform(
        all.begin(), all.end(), std::back_inserter(ids), [](auto& one) { return one.get()->id; });

    EXPECT_THAT(ids, ::testing::Each(ids.front()));
    EXPECT_EQ(desk().page({})->size(), 1U);
}

TEST_F(ReportDeskTest, ChangesAndErasesWhatModeratorsSay) {
    const auto id = id_of(posted("a"));
    const Author author{"77aa", Role::moderator};

    ASSERT_TRUE(desk().change(id, {.status = report::Status::verified}, author));
    EXPECT_EQ((*desk().find(id))->status, report::Status::verified);
    EXPECT_EQ(desk().history(id)->back().who, "77aa");
    ASSERT_TRUE(desk().erase(id));
    EXPECT_FALSE(*desk().find(id));
    EXPECT_EQ(desk().change(id, {}, author).error().fault, Fault::not_found);
}

TEST_F(ReportDeskTest, WritesWhatWaitsBeforeItEndsAndTakesNoMore) {
    auto all = post_many(50, [](std::size_t) { return posted("a"); });

    desk().end();

    for (auto& one : all) EXPECT_TRUE(one.get());
    EXPECT_FALSE(desk().post(posted("late"), [](const auto&) {}));
    EXPECT_EQ(desk().change("x", {}, {}).error().fault, Fault::too_busy);
}

TEST_F(ReportDeskTest, TurnsAwayWhatItHasNoRoomFor) {
    std::promise<void> gate;
    auto open = gate.get_future().share();
    std::promise<void> begun;
    ASSERT_TRUE(desk().post(posted("first"), [&, open](const auto&) {
        begun.set_value();
        open.wait();
    }));
    begun.get_future().wait();

    for (int i = 0; i < 100; ++i) EXPECT_TRUE(desk().post(posted("waits"), [](const auto&) {}));
    EXPECT_FALSE(desk().post(posted("too many"), [](const auto&) {}));

    gate.set_value();
}

TEST_F(ReportDeskTest, SaysWhyWhereTheWorkspaceTakesNothing) {
    std::filesystem::create_directory(folder() / "exact.db");

    const auto receipt = post(posted("a")).get();

    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().fault, Fault::source_broken);
    std::filesystem::remove(folder() / "exact.db");
    EXPECT_TRUE(post(posted("a")).get()) << "tried again with the next report";
}

}  // namespace
}  // namespace relief::intake
