#include "tiler/workspace/source_roots.hpp"

#include "tiler/workspace/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string complaint(const std::string& entry) {
    ConfigurationInput input;
    input.file_text = "sources: [\"" + entry + "\"]\n";
    const auto read = read_configuration(input);
    return read ? "" : read.error().what;
}

TEST(SourceRoots, AreFoldersAndAddresses) {
    ConfigurationInput input;
    input.file_text = "sources: [/srv/scenes, \"https://data.example.org/cogs/\", s3://bucket]\n";

    const auto read = read_configuration(input);

    ASSERT_TRUE(read);
    EXPECT_THAT(read->sources,
                ElementsAre("/srv/scenes", "https://data.example.org/cogs/", "s3://bucket"));
}

TEST(SourceRoots, ThatMakeNoSenseAreRefusedWhereTheyStand) {
    EXPECT_THAT(complaint("scenes"),
                AllOf(HasSubstr("relief.yaml:1"), HasSubstr("absolute folder")));
    EXPECT_THAT(complaint("/srv/../etc"), HasSubstr("absolute folder"));
    EXPECT_THAT(complaint("ftp://a.org/x"), HasSubstr("allowed: https://"));
    EXPECT_THAT(complaint("https://a.org/x?key=1"), HasSubstr("query"));
    EXPECT_THAT(complaint("https://a.org/x/../y"), HasSubstr("dots"));
    EXPECT_THAT(complaint("https://me:hush@a.org/"),
                AllOf(HasSubstr("password"), Not(HasSubstr("hush"))));
}

TEST(SourceRoots, NameThePlaceAndTheKeyWhenAnAddressIsNotAllowed) {
    const auto refused = allowed_address({"https://b.org/"}, "https://a.org/cogs/dem.tif");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::bad_request);
    EXPECT_THAT(refused.error().what,
                AllOf(HasSubstr("https://a.org/cogs/"), HasSubstr("`sources`")));
    EXPECT_TRUE(allowed_address({"/srv", "https://a.org/cogs"}, "https://a.org/cogs/dem.tif"));
    EXPECT_FALSE(allowed_address({}, "https://a.org/cogs/dem.tif"));
}

}  // namespace
}  // namespace relief::workspace
