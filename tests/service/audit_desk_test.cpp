#include "server/service/audit_desk.hpp"

#include "tests/service/kept_log.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace relief::service {
namespace {

using access::AuditEvent;
using std::chrono::hours;
using std::chrono::milliseconds;
using testing::eventually;

class AuditDeskTest : public ::testing::Test {
protected:
    AuditDeskTest() { EXPECT_TRUE(access::AuditLog::open(folder_.path())); }
    static AuditEvent denied(const std::string& object) {
        return {.actor = "anonymous",
                .role = "anonymous",
                .action = "denied",
                .object = object,
                .reason = "hidden",
                .result = "denied"};
    }
    static std::vector<access::AuditEntry> entries(const AuditDesk& desk) {
        auto page = desk.page({.limit = 1000});
        EXPECT_TRUE(page);
        std::reverse(page->begin(), page->end());
        return *page;
    }
    static bool has(const AuditDesk& desk, std::size_t count) {
        return eventually([&] { return entries(desk).size() >= count; });
    }

    relief::testing::TemporaryFolder folder_;
    KeptLog log_;
};

TEST_F(AuditDeskTest, WritesWhatItIsTold) {
    AuditDesk desk(folder_.path(), log_, [] { return Instant{5000}; });

    desk.tell(denied("camps"));

    ASSERT_TRUE(has(desk, 1));
    EXPECT_EQ(entries(desk).front().event, denied("camps"));
    EXPECT_EQ(entries(desk).front().time, Instant{5000});
    EXPECT_EQ(desk.head()->number, 1);
}

TEST_F(AuditDeskTest, MakesOneEntryOfManyThatAreEqual) {
    {
        AuditDesk desk(folder_.path(), log_);
        desk.tell_often(denied("camps"), hours(1));
        ASSERT_TRUE(has(desk, 1)) << "the first is written at once";
        for (int i = 0; i < 100'000; ++i) desk.tell_often(denied("camps"), hours(1));
        desk.tell_often(denied("wells"), hours(1));
        ASSERT_TRUE(has(desk, 2));
    }

    AuditDesk after(folder_.path(), log_);
    const auto all = entries(after);
    ASSERT_EQ(all.size(), 3U) << "what waits is written at the end";
    EXPECT_EQ(all[0].event.count, 1);
    EXPECT_EQ(all[1].event.object, "wells");
    EXPECT_EQ(all[2].event.object, "camps");
    EXPECT_EQ(all[2].event.count, 100'000);
    EXPECT_TRUE(access::AuditLog::open(folder_.path())->verify(std::nullopt));
}

TEST_F(AuditDeskTest, TellsAgainWhenTheSpanIsOver) {
    AuditDesk desk(folder_.path(), log_);
    desk.tell_often(denied("camps"), milliseconds(50));
    ASSERT_TRUE(has(desk, 1));

    desk.tell_often(denied("camps"), milliseconds(50));

    EXPECT_TRUE(has(desk, 2));
}

TEST_F(AuditDeskTest, TellsByNoFurtherEntryWhetherANameExists) {
    AuditEvent absent = denied("*");
    absent.reason = "absent";
    AuditEvent hidden = denied("camps");
    hidden.level = "high";
    AuditEvent worse = denied("bases");
    worse.level = "severe";
    {
        AuditDesk desk(folder_.path(), log_);
        desk.tell_alike(absent, hours(1));
        ASSERT_TRUE(has(desk, 1));
        for (const AuditEvent& event : {absent, hidden, absent, worse, hidden})
            desk.tell_alike(event, hours(1));
    }

    AuditDesk desk(folder_.path(), log_);
    const auto all = entries(desk);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].event.object, "*");
    EXPECT_EQ(all[1].event.object, "bases") << "the most sensitive";
    EXPECT_EQ(all[1].event.level, "severe");
    EXPECT_EQ(all[1].event.count, 5);
}

TEST_F(AuditDeskTest, TellsAChangeOnce) {
    const AuditEvent policy{
        .actor = "operator", .role = "operator", .action = "policy-change", .object = "aa"};
    AuditEvent other = policy;
    other.object = "bb";
    for (const AuditEvent& event : {policy, policy, other, policy}) {
        AuditDesk desk(folder_.path(), log_);
        desk.tell_change(event);
    }

    AuditDesk desk(folder_.path(), log_);
    EXPECT_EQ(entries(desk).size(), 3U);
}

TEST_F(AuditDeskTest, GrowsByNoMoreKindsThanItCanTellApart) {
    {
        AuditDesk desk(folder_.path(), log_);
        for (int i = 0; i < 20'000; ++i)
            desk.tell_often(denied("layer" + std::to_string(i)), hours(1));
    }

    AuditDesk desk(folder_.path(), log_);
    const auto head = desk.head();
    ASSERT_TRUE(head);
    EXPECT_LE(head->number, 4200);
    const auto rest = desk.page({.object = "*", .limit = 1000});
    ASSERT_TRUE(rest);
    std::int64_t count = 0;
    for (const auto& entry : *rest) count += entry.event.count;
    EXPECT_EQ(count + head->number - static_cast<std::int64_t>(rest->size()), 20'000)
        << "none is lost, only put together";
}

TEST_F(AuditDeskTest, PagesThroughTheLogNewestFirst) {
    AuditDesk desk(folder_.path(), log_, [] { return Instant{5000}; });
    for (int i = 1; i <= 5; ++i) desk.tell(denied("layer" + std::to_string(i)));
    ASSERT_TRUE(has(desk, 5));

    const auto first = desk.page({.limit = 2});
    const auto next = desk.page({.before = first->back().head.number, .limit = 2});

    EXPECT_EQ((*first)[0].event.object, "layer5");
    EXPECT_EQ((*first)[1].event.object, "layer4");
    EXPECT_EQ((*next)[0].event.object, "layer3");
    EXPECT_EQ(desk.page({.object = "layer2"})->size(), 1U);
    EXPECT_EQ(desk.page({.action = "import"})->size(), 0U);
    EXPECT_EQ(desk.page({.since = Instant{5000}})->size(), 5U);
    EXPECT_EQ(desk.page({.until = Instant{5000}})->size(), 0U);
}

TEST_F(AuditDeskTest, OfAFolderWithoutAWorkspaceKeepsNothing) {
    const relief::testing::TemporaryFolder none;
    AuditDesk desk(none.path() / "workspace", log_);

    desk.tell(denied("camps"));

    EXPECT_EQ(desk.head()->text(), "0:" + std::string(64, '0'));
    EXPECT_TRUE(desk.page({})->empty());
    EXPECT_FALSE(std::filesystem::exists(none.path() / "workspace"));
}

}  // namespace
}  // namespace relief::service
