#include "server/access/audit_log.hpp"

#include "server/access/token_store.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::access {
namespace {

using ::testing::HasSubstr;

class AuditLogTest : public ::testing::Test {
protected:
    AuditLog open() const { return std::move(*AuditLog::open(folder_.path())); }
    AuditLog with_entries(int count) const {
        AuditLog log = open();
        for (int i = 0; i < count; ++i)
            EXPECT_TRUE(log.append({.actor = "operator",
                                    .role = "operator",
                                    .action = "import",
                                    .object = "layer" + std::to_string(i)},
                                   Instant{1000 + i}));
        return log;
    }
    /// What somebody with the file does to it.
    void tamper(const char* statement) const {
        const auto connection = workspace::Connection::open(folder_.path() / "relief.db",
                                                            workspace::Connection::Mode::write);
        ASSERT_TRUE(connection);
        workspace::Statement change(*connection, statement);
        ASSERT_TRUE(change.finish());
    }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(AuditLogTest, OfNothingIsWhole) {
    const auto head = open().verify(std::nullopt);

    ASSERT_TRUE(head);
    EXPECT_EQ(head->text(), "0:" + std::string(64, '0'));
}

TEST_F(AuditLogTest, GrowsByEntriesThatFollowOneAnother) {
    const AuditLog log = with_entries(5);

    const auto head = log.verify(std::nullopt);

    ASSERT_TRUE(head) << head.error().what;
    EXPECT_EQ(head->number, 5);
    EXPECT_EQ(*head, *log.head());
    EXPECT_EQ(AuditHead::parse(head->text()), *head);
}

TEST_F(AuditLogTest, TellsAnyChangeOfAnyColumn) {
    with_entries(4);
    for (const char* column : {"time",
                               "actor",
                               "role",
                               "action",
                               "object",
                               "level",
                               "reason",
                               "count",
                               "result",
                               "prev",
                               "hash"}) {
        const std::string save = std::string("CREATE TABLE kept AS SELECT * FROM audit");
        tamper(save.c_str());
        const std::string change =
            std::string("UPDATE audit SET ") + column + " = " +
            (std::string(column) == "time" || std::string(column) == "count" ? "7" : "'x'") +
            " WHERE number = 3";
        tamper(change.c_str());

        const auto found = open().verify(std::nullopt);

        ASSERT_FALSE(found) << column;
        EXPECT_THAT(found.error().what, HasSubstr("entry ")) << column;
        tamper("DELETE FROM audit");
        tamper("INSERT INTO audit SELECT * FROM kept");
        tamper("DROP TABLE kept");
        ASSERT_TRUE(open().verify(std::nullopt)) << column;
    }
}

TEST_F(AuditLogTest, TellsAnEntryThatIsMissing) {
    with_entries(4);
    tamper("DELETE FROM audit WHERE number = 2");

    EXPECT_THAT(open().verify(std::nullopt).error().what, HasSubstr("entry 2 is missing"));
}

TEST_F(AuditLogTest, TellsACutByTheHeadThatWasKept) {
    const auto head = with_entries(4).head();
    tamper("DELETE FROM audit WHERE number >= 3");

    EXPECT_TRUE(open().verify(std::nullopt)) << "what is left is whole";
    EXPECT_THAT(open().verify(*head).error().what, HasSubstr("cut"));
    with_entries(3);
    EXPECT_THAT(open().verify(*head).error().what, HasSubstr("entry 4"));
}

TEST_F(AuditLogTest, StillHoldsAnEarlierHead) {
    const auto early = with_entries(2).head();

    const auto later = with_entries(3).verify(*early);

    ASSERT_TRUE(later);
    EXPECT_EQ(later->number, 5);
}

TEST_F(AuditLogTest, KnowsWhatIsNoHead) {
    for (const char* text : {"", "3", "3:", "3:xyz", "-1:", ":", "x:00"})
        EXPECT_FALSE(AuditHead::parse(text)) << text;
}

TEST_F(AuditLogTest, HasAnEntryForEachTokenThatIsMadeOrRevoked) {
    auto store = std::move(*TokenStore::open(folder_.path()));
    const auto token = store.create({Role::viewer, std::nullopt, std::nullopt}, Instant{1000});
    ASSERT_TRUE(token);
    ASSERT_TRUE(store.revoke(token->id, Instant{2000}));

    const auto head = open().verify(std::nullopt);

    ASSERT_TRUE(head);
    EXPECT_EQ(head->number, 2);
}

}  // namespace
}  // namespace relief::access
