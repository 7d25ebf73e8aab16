#include "tiler/workspace/configuration.hpp"

#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using std::chrono::milliseconds;

// SI prefixes are powers of 1000, IEC 80000-13 prefixes powers of 1024.
TEST(ParseBytes, TellsDecimalFromBinaryPrefixes) {
    EXPECT_EQ(parse_bytes("4096"), 4096U);
    EXPECT_EQ(parse_bytes("0"), 0U);
    EXPECT_EQ(parse_bytes("512MB"), 512'000'000U);
    EXPECT_EQ(parse_bytes("512MiB"), 536'870'912U);
    EXPECT_EQ(parse_bytes("1GiB"), 1'073'741'824U);
    EXPECT_EQ(parse_bytes("8 kB"), 8000U);
    EXPECT_EQ(parse_bytes("2tb"), 2'000'000'000'000U);
}

TEST(ParseBytes, RefusesEverythingElse) {
    for (const char* text : {"",
                             "MB",
                             "-1",
                             "1.5GB",
                             "1 MB ",
                             "1  MB",
                             "1M B",
                             "1XB",
                             " 1",
                             "99999999999999999999",
                             "99999999999TiB",
                             "0x10"}) {
        EXPECT_FALSE(parse_bytes(text)) << text;
    }
}

TEST(ParseDuration, NeedsAUnit) {
    EXPECT_EQ(parse_duration("2s"), milliseconds(2000));
    EXPECT_EQ(parse_duration("500ms"), milliseconds(500));
    EXPECT_EQ(parse_duration("1m"), milliseconds(60'000));
    EXPECT_EQ(parse_duration("7d"), milliseconds(604'800'000));
    EXPECT_EQ(parse_duration("0s"), milliseconds(0));
    for (const char* text : {"", "5", "s", "-1s", "1.5s", "1y", "99999999999999999d"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

}  // namespace
}  // namespace relief::workspace
