#include "server/ops/log_line.hpp"

#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relief::ops {
namespace {

constexpr Instant new_year{1704067200000};  // 2024-01-01T00:00:00Z

std::string text_of(const std::vector<Field>& fields) {
    return text_line({.time = new_year, .level = Level::info, .event = "e", .fields = fields});
}

std::string json_of(const std::vector<Field>& fields) {
    return json_line({.time = new_year, .level = Level::info, .event = "e", .fields = fields});
}

// U+202E, right-to-left override; in two parts, so that it does not turn this source around.
std::string override_mark() {
    return std::string("\xE2\x80") + "\xAE";
}

// The value of the only field, as text shows it.
std::string shown(const std::string& value) {
    return text_of({{"v", value}}).substr(std::string("2024-01-01T00:00:00.000Z info e v=").size());
}

TEST(LogLine, HasTimeWithMillisecondsLevelEventAndFields) {
    const std::vector<Field> fields{{"layer", "flood"}, {"z", 3}};

    const LogEvent event{
        .time = {1704067200007}, .level = Level::warning, .event = "slow", .fields = fields};

    EXPECT_EQ(text_line(event), "2024-01-01T00:00:00.007Z warning slow layer=flood z=3");
    EXPECT_EQ(json_line(event),
              R"({"time":"2024-01-01T00:00:00.007Z","level":"warning","event":"slow",)"
              R"("layer":"flood","z":3})");
}

TEST(LogLine, ShowsMillisecondsEvenWhenThereAreNone) {
    EXPECT_EQ(text_of({}), "2024-01-01T00:00:00.000Z info e");
    EXPECT_EQ(json_of({}), R"({"time":"2024-01-01T00:00:00.000Z","level":"info","event":"e"})");
}

TEST(LogLine, QuotesValuesThatCouldPassForFields) {
    EXPECT_EQ(shown("a b"), R"("a b")");
    EXPECT_EQ(shown(""), R"("")");
    EXPECT_EQ(shown("x=y"), R"("x=y")");
    EXPECT_EQ(shown(R"(" level=error)"), R"("\" level=error")");
    EXPECT_EQ(shown(R"(C:\x)"), R"(C:\\x)");
}

TEST(LogLine, NoValueBeginsALineOrMovesTheCursor) {
    EXPECT_EQ(shown("a\r\n2024 info"), R"("a\r\n2024 info")");
    EXPECT_EQ(shown("\x1b[2J"), R"(\x1b[2J)");
    EXPECT_EQ(shown(std::string(1, '\0')), R"(\x00)");
    EXPECT_EQ(shown("\x7f\t"), R"(\x7f\t)");
    EXPECT_EQ(shown("\xC2\x9B"), R"(\u{009b})");       // CSI as one C1 control
    EXPECT_EQ(shown("\xE2\x80\xA8"), R"(\u{2028})");   // line separator
    EXPECT_EQ(shown(override_mark()), R"(\u{202e})");  // right-to-left override
}

TEST(LogLine, JsonEscapesTheSame) {
    EXPECT_EQ(json_of({{"v", std::string("a\r\n\"\\\x1b\x7f\xC2\x9B") + override_mark()}}),
              R"({"time":"2024-01-01T00:00:00.000Z","level":"info","event":"e",)"
              R"("v":"a\r\n\"\\\u001b\u007f\u009b\u202e"})");
}

TEST(LogLine, LeavesOtherWritingsAsTheyAre) {
    EXPECT_EQ(shown("Alicante"), "Alicante");
    EXPECT_EQ(shown("الإسكندرية"), "الإسكندرية");
    EXPECT_EQ(shown("\xF0\x9F\x8C\x8A"), "\xF0\x9F\x8C\x8A");
}

TEST(LogLine, BytesThatAreNoUtf8AreShownOrReplaced) {
    EXPECT_EQ(shown("\xFF"), R"(\xff)");
    EXPECT_EQ(shown("\xC0\x8A"), R"(\xc0\x8a)");                  // overlong line feed
    EXPECT_EQ(shown("\xED\xA0\x80"), R"(\xed\xa0\x80)");          // surrogate
    EXPECT_EQ(shown("\xF4\x90\x80\x80"), R"(\xf4\x90\x80\x80)");  // above U+10FFFF
    EXPECT_EQ(shown("\xE2\x80"), R"(\xe2\x80)");                  // cut off
    EXPECT_NE(json_of({{"v", "\xFF"}}).find("\"\xEF\xBF\xBD\""), std::string::npos);
}

TEST(LogLine, EventsAndNamesAreEscapedToo) {
    const std::vector<Field> fields{{"a\nb", "c"}};
    const LogEvent event{
        .time = new_year, .level = Level::error, .event = "x\ny", .fields = fields};

    EXPECT_EQ(text_line(event), R"(2024-01-01T00:00:00.000Z error x\ny a\nb=c)");
    EXPECT_EQ(json_line(event).find('\n'), std::string::npos);
}

TEST(LogLine, WhateverTheBytesNoControlCharacterRemains) {
    auto random = relief::testing::repeatable_random(1);
    for (int trial = 0; trial < 2000; ++trial) {
        std::string value(random() % 40, ' ');
        for (auto& byte : value) byte = static_cast<char>(random());
        for (const std::string& line : {text_of({{"v", value}}), json_of({{"v", value}})}) {
            for (const char byte : line) {
                const auto code = static_cast<unsigned char>(byte);
                ASSERT_TRUE(code >= 0x20 && code != 0x7F) << trial;
            }
        }
    }
}

}  // namespace
}  // namespace relief::ops
