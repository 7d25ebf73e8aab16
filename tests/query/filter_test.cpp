#include "tests/query/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::query {
namespace {

using testing::Camp;
using ::testing::HasSubstr;
using testing::holds;
using testing::refusal;

const Camp& hospital() {
    static const Camp camp({{0, std::string("Hospital")}, {1, std::int64_t{40}}, {3, false}},
                           GeometryKind::area);
    return camp;
}

TEST(Filter, TakesExpressionsOfStyles) {
    EXPECT_TRUE(holds(R"([">=", ["get", "beds"], 40])", hospital()));
    EXPECT_TRUE(holds(R"(["all", ["has", "name"], ["!", ["get", "open"]]])", hospital()));
    EXPECT_TRUE(holds(R"(["==", ["geometry-type"], "Polygon"])", hospital()));
    EXPECT_TRUE(holds(R"(["==", ["id"], 7])", hospital()));
    EXPECT_FALSE(holds(R"([">", ["get", "beds"], 40])", hospital()));
    EXPECT_FALSE(holds(R"([">", ["get", "since"], 40])", hospital()));
}

TEST(Filter, TakesFiltersOfTheOldKind) {
    EXPECT_TRUE(holds(R"(["==", "name", "Hospital"])", hospital()));
    EXPECT_TRUE(holds(R"(["in", "beds", 1, 40])", hospital()));
    EXPECT_TRUE(holds(R"(["==", "$type", "Polygon"])", hospital()));
    EXPECT_FALSE(holds(R"(["none", ["==", "name", "Hospital"]])", hospital()));
}

TEST(Filter, MayDifferWithTheZoom) {
    const std::string text = R"([">", ["zoom"], 9])";
    EXPECT_TRUE(holds(text, hospital(), 10));
    EXPECT_FALSE(holds(text, hospital(), 9));
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

/// ["let", "a", <16 letters>, "b", <16 a>, …]: each name is 16 times as long as the one before.
std::string filter_of_growing_texts(int names, const std::string& question) {
    std::string text = R"(["let","a",")" + std::string(16, 'a') + R"(",)";
    for (int i = 1; i < names; ++i) {
        const std::string before(1, static_cast<char>('a' + i - 1));
        text += R"(["let",")" + std::string(1, static_cast<char>('a' + i)) + R"(",["concat")" +
                repeated(R"(,["var",")" + before + R"("])", 16) + "],";
    }
    return text + question + std::string(static_cast<std::size_t>(names), ']');
}

// One request could hold a thread of the network for minutes by four thousand letters.
TEST(Filter, RefusesToMakeLongTextsOfAFewLetters) {
    const std::string search = R"(,["in",["concat",["var","d"],"b"],["concat",["var","d"],"a"]])";
    const std::string attack = filter_of_growing_texts(4, R"(["any")" + repeated(search, 30) + "]");
    ASSERT_LT(attack.size(), 4000U);

    EXPECT_THAT(refusal(attack), HasSubstr("longer than 16384 bytes"));
}

TEST(Filter, RefusesToMakeManyTexts) {
    const std::string search = R"(,["in","b",["concat",["var","c"],["var","c"],["var","c"]]])";
    EXPECT_THAT(refusal(filter_of_growing_texts(3, R"(["any")" + repeated(search, 30) + "]")),
                HasSubstr("131072 bytes"));
}

TEST(Filter, MakesNoLongTextsOfWhatAFeatureHas) {
    const std::string longer = R"(["concat")" + repeated(R"(,["get","name"])", 4) + "]";
    const auto holds_with = [&](std::size_t letters) {
        return holds(R"(["in","a",)" + longer + "]", Camp({{0, std::string(letters, 'a')}}));
    };
    EXPECT_TRUE(holds_with(4096));
    EXPECT_FALSE(holds_with(4097));
}

TEST(Filter, TakesAListThatFillsIt) {
    const std::string list =
        R"(["in",["get","beds"],["literal",[40)" + repeated(",1", 1950) + "]]]";
    ASSERT_LT(list.size(), 4000U);

    EXPECT_TRUE(holds(list, hospital()));
}

TEST(Filter, RefusesWhatIsNoFilter) {
    EXPECT_THAT(refusal(R"([">", ["get", "beds"])"), HasSubstr("filter: "));
    EXPECT_THAT(refusal(R"(["nearly", 3])"), HasSubstr("nearly"));
    EXPECT_THAT(refusal("[" + std::string(5000, ' ') + "]"), HasSubstr("4000 characters"));
    EXPECT_FALSE(refusal(std::string(1000, '[')).empty());
}

}  // namespace
}  // namespace relief::query
