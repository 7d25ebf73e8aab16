#include "tiler/core/table_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string table_spelled(const std::string& text) {
    const auto address = TableAddress::make(text);
    return address ? address->text() : address.error().what;
}

bool database_allows(const std::string& root, const std::string& table) {
    const auto place = DatabaseAddress::make(root);
    const auto address = TableAddress::make(table);
    return place && address && address->database.stands_under(*place);
}

TEST(TableAddress, HasOneSpelling) {
    EXPECT_EQ(table_spelled("postgres://map@db.example.org:5433/crisis?table=incidents"),
              "postgresql://map@db.example.org:5433/crisis?table=public.incidents");
    EXPECT_EQ(table_spelled("postgresql:///crisis?key=id&table=a.b&host=/run/postgresql"),
              "postgresql:///crisis?host=/run/postgresql&table=a.b&key=id");
    EXPECT_EQ(table_spelled("postgresql://[::1]/c?table=s.%22x%20y%22&geometry=g&sslmode=require"),
              "postgresql://[::1]/c?sslmode=require&table=s.%22x%20y%22&geometry=g");
}

TEST(TableAddress, NamesAreAsTheyAreWritten) {
    const auto address = TableAddress::make("postgresql://h/d?table=Odd.Na%3Bme.more");

    ASSERT_TRUE(address);
    EXPECT_EQ(address->schema, "Odd");
    EXPECT_EQ(address->table, "Na;me.more");
}

TEST(TableAddress, NeverHoldsOrShowsAPassword) {
    for (const char* address : {"postgresql://map:secret@h/d?table=t",
                                "postgresql://map:sec/ret@h/d?table=t",
                                "postgresql://map:secret?x@h/d?table=t",
                                "postgresql://map:secret%40@h/d?table=t",
                                "postgresql://map@h/d?table=t&password=secret",
                                "postgresql://map@h/d?table=t&options=secret"}) {
        const auto made = TableAddress::make(address);

        ASSERT_FALSE(made) << address;
        EXPECT_THAT(made.error().what, Not(HasSubstr("sec"))) << address;
    }
    EXPECT_THAT(table_spelled("postgresql://map:secret@h/d?table=t"), HasSubstr("PGPASSFILE"));
}

TEST(TableAddress, RefusesWhatMeansSomethingElseToTheLibrary) {
    for (const char* address : {"postgresql://h",
                                "postgresql://h/d",
                                "postgresql://h/?table=t",
                                "postgresql://h/d?table=",
                                "postgresql://h/d?table=.t",
                                "postgresql://a,b/d?table=t",
                                "postgresql://h:99999/d?table=t",
                                "postgresql://h:0/d?table=t",
                                "postgresql://h/d/e?table=t",
                                "postgresql://h/d?table=t&table=u",
                                "postgresql://h/d?table=t&host=/tmp",
                                "postgresql:///d?table=t&host=other.example.org",
                                "postgresql://h/d?table=t&sslmode=maybe",
                                "postgresql://h/d?table=%zz",
                                "postgresql://h/d?table=a%00b",
                                "postgresql://h/d?table=t#x",
                                "mysql://h/d?table=t"})
        EXPECT_FALSE(TableAddress::make(address)) << address;
    EXPECT_FALSE(TableAddress::make("postgresql://h/d?table=" + std::string(64, 'x')));
}

TEST(TableAddress, StandsUnderItsDatabaseAndNoOther) {
    EXPECT_TRUE(database_allows("postgresql://h/d", "postgresql://map@h/d?table=t"));
    EXPECT_TRUE(database_allows("postgresql://h:5432/", "postgresql://h/d?table=t"));
    EXPECT_TRUE(database_allows("postgresql://map@h/d", "postgresql://map@h/d?table=t"));

    EXPECT_FALSE(database_allows("postgresql://h/d", "postgresql://h/e?table=t"));
    EXPECT_FALSE(database_allows("postgresql://h/d", "postgresql://h:5433/d?table=t"));
    EXPECT_FALSE(database_allows("postgresql://h/d", "postgresql://h.evil/d?table=t"));
    EXPECT_FALSE(database_allows("postgresql://map@h/d", "postgresql://root@h/d?table=t"));
    EXPECT_FALSE(database_allows("postgresql://h/d", "postgresql:///d?table=t&host=/tmp"));
}

}  // namespace
}  // namespace relief
