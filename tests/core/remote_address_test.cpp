#include "tiler/core/remote_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string spelled(const std::string& text) {
    const auto address = RemoteAddress::make(text);
    return address ? address->text() : address.error().what;
}

bool allows(const std::string& root, const std::string& file) {
    const auto place = RemoteAddress::make_root(root);
    const auto address = RemoteAddress::make(file);
    return place && address && address->stands_under(*place);
}

TEST(RemoteAddress, HasOneSpelling) {
    // RFC 3986, 6.2.2: case of scheme and host, percent-encoding of unreserved characters and the
    // default port say nothing.
    EXPECT_EQ(spelled("HTTPS://Data.Example.ORG:443/Cogs/%7Ea%2db.tif"),
              "https://data.example.org/Cogs/~a-b.tif");
    EXPECT_EQ(spelled("http://a.org:8080/x%c3%a9.tif"), "http://a.org:8080/x%C3%A9.tif");
    EXPECT_EQ(spelled("s3://bucket/a b%2F.tif"), "s3://bucket/a b%2F.tif");
}

TEST(RemoteAddress, AllowsWhatLiesBelowARootAndNothingBeside) {
    EXPECT_TRUE(allows("https://a.org/x", "https://a.org/x/scene.tif"));
    EXPECT_TRUE(allows("https://a.org/x/", "https://a.org/x/y/scene.tif"));
    EXPECT_TRUE(allows("https://a.org", "https://A.org/scene.tif"));
    EXPECT_TRUE(allows("s3://bucket/prefix/", "s3://bucket/prefix/scene.tif"));

    EXPECT_FALSE(allows("https://a.org/x", "https://a.org/xyz/scene.tif"));
    EXPECT_FALSE(allows("https://a.org", "https://a.org.evil/scene.tif"));
    EXPECT_FALSE(allows("https://a.org", "https://a.org:8443/scene.tif"));
    EXPECT_FALSE(allows("https://a.org", "http://a.org/scene.tif"));
    EXPECT_FALSE(allows("https://a.org", "https://b.a.org/scene.tif"));
    EXPECT_FALSE(allows("s3://bucket/prefix", "s3://bucket/prefix2/scene.tif"));
    EXPECT_FALSE(allows("s3://bucket", "s3://bucket2/scene.tif"));
}

TEST(RemoteAddress, RefusesWhatCouldLeadOutOfARoot) {
    for (const char* path : {"/x/../scene.tif",
                             "/x/./scene.tif",
                             "/x/%2e%2e/scene.tif",
                             "/x/%2E./scene.tif",
                             "/x%2fy/scene.tif",
                             "/x%5c..%5cscene.tif",
                             "/x\\..\\scene.tif",
                             "/x/%252e%252e/scene.tif",
                             "//scene.tif",
                             "/x//scene.tif",
                             "/a%00b.tif",
                             "/a%0d%0aHost:%20b.tif",
                             "/a b.tif",
                             "/a%zz.tif",
                             "/a%2",
                             "/x/.."}) {
        EXPECT_FALSE(RemoteAddress::make(std::string("https://a.org") + path)) << path;
    }
    EXPECT_FALSE(RemoteAddress::make("s3://bucket/a/../b.tif"));
}

TEST(RemoteAddress, RefusesWhatIsNoHost) {
    for (const char* text : {"https:///scene.tif",
                             "https://a..org/scene.tif",
                             "https://a.org./scene.tif",
                             "https://a.org:0/scene.tif",
                             "https://a.org:65536/scene.tif",
                             "https://a.org:/scene.tif",
                             "https://a.org:80b/scene.tif",
                             "https://[a.org]/scene.tif",
                             "https://a%2eorg/scene.tif",
                             "https://.org/scene.tif",
                             "s3:///scene.tif"}) {
        EXPECT_FALSE(RemoteAddress::make(text)) << text;
    }
    EXPECT_EQ(spelled("http://[::1]:8080/a.tif"), "http://[::1]:8080/a.tif");
}

TEST(RemoteAddress, NeverShowsASecret) {
    EXPECT_THAT(spelled("https://me:hush@a.org/scene.tif"),
                AllOf(HasSubstr("password"), Not(HasSubstr("hush")), HasSubstr("a.org/scene.tif")));
    EXPECT_THAT(spelled("https://a.org/scene.tif?sig=hush"),
                AllOf(HasSubstr("query"), Not(HasSubstr("hush"))));
    EXPECT_THAT(spelled("ftp://me:hush@a.org/scene.tif"),
                AllOf(HasSubstr("allowed: https://"), Not(HasSubstr("hush"))));
}

TEST(RemoteAddress, IsShownWithoutItsSecrets) {
    EXPECT_EQ(shown_address("https://me:hush@a.org/x/scene.tif?sig=hush"),
              "https://…@a.org/x/scene.tif");
    EXPECT_EQ(shown_address("a?b@c.tif"), "a?b@c.tif");
}

TEST(RemoteAddress, NamesAFile) {
    EXPECT_THAT(spelled("https://a.org/x/"), HasSubstr("name a file"));
    EXPECT_THAT(spelled("https://a.org"), HasSubstr("name a file"));
    const auto address = RemoteAddress::make("https://a.org/x/scene.tif");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->folder(), "https://a.org/x/");
    EXPECT_EQ(address->file_name(), "scene.tif");
    EXPECT_EQ(address->origin(), "https://a.org");
    EXPECT_EQ(address->path(), "/x/scene.tif");
}

TEST(RemoteAddress, IsToldFromAPath) {
    EXPECT_TRUE(looks_remote("https://a.org/x.tif"));
    EXPECT_TRUE(looks_remote("postgresql://a/b"));
    EXPECT_FALSE(looks_remote("/data/x.tif"));
    EXPECT_FALSE(looks_remote("x.tif"));
    EXPECT_FALSE(looks_remote("a/b://c"));
}

}  // namespace
}  // namespace relief
