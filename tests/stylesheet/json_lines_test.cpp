#include "tiler/stylesheet/json_lines.hpp"

#include <gtest/gtest.h>

namespace relief::stylesheet {
namespace {

constexpr std::string_view text = R"({
  "a": [
    1, {"x": "}\"]"},
    {
      "b": {"c":
        [true,
         null]}
    }
  ],
  "a\u0064d": 5
}
)";

TEST(JsonLines, FindTheLineOfAMembersName) {
    EXPECT_EQ(line_of(text, JsonPath() / "a"), 2U);
    EXPECT_EQ(line_of(text, JsonPath() / "add"), 10U);
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 2U / "b"), 5U);
}

TEST(JsonLines, FindTheLineOfAnItem) {
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 0U), 3U);
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 1U), 3U);
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 2U), 4U);
    EXPECT_EQ(line_of(text, (JsonPath() / "a" / 2U / "b" / "c") + "[1]"), 7U);
}

TEST(JsonLines, StopAtTheLastStepThatThereIs) {
    EXPECT_EQ(line_of(text, JsonPath()), 1U);
    EXPECT_EQ(line_of(text, JsonPath() / "gone"), 1U);
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 2U / "gone" / 9U), 4U);
    EXPECT_EQ(line_of(text, JsonPath() / "a" / 7U), 2U);
}

TEST(JsonPath, IsWrittenAsPeopleWriteIt) {
    EXPECT_EQ((JsonPath() / "layers" / 3U / "paint" / "line-width" + "[2][1]").text(),
              "layers[3].paint.line-width[2][1]");
    EXPECT_EQ(JsonPath().text(), "the document");
}

}  // namespace
}  // namespace relief::stylesheet
