#include "tests/expression/compiled.hpp"
#include "tiler/expression/filter_writing.hpp"

#include <nlohmann/json.hpp>

namespace relief::expression {
namespace {

struct TestedFeature {
    std::string properties = "{}";
    std::string type = "Point";
    Json id = nullptr;
};

bool passes(std::string_view filter, const TestedFeature& tested) {
    PropertyKeys keys;
    const auto made = compile_filter(json_in(filter), keys);
    if (!std::holds_alternative<Expression>(made)) {
        ADD_FAILURE() << filter << ": " << std::get<std::vector<ParseError>>(made)[0].message;
        return false;
    }
    Scratch scratch;
    Json json{{"properties", json_in(tested.properties)}, {"geometry", {{"type", tested.type}}}};
    if (!tested.id.is_null()) json["id"] = tested.id;
    const JsonFeature feature(json, std::nullopt);
    Evaluation with;
    with.scratch = &scratch;
    with.feature = &feature;
    return std::get<Expression>(made).evaluate(with).as_boolean();
}

TEST(LegacyFilter, ComparesLikeWithLikeOnly) {
    EXPECT_TRUE(passes(R"(["==", "n", 1])", {R"({"n": 1})"}));
    EXPECT_FALSE(passes(R"(["==", "n", 1])", {R"({"n": "1"})"}));
    EXPECT_TRUE(passes(R"(["!=", "n", 1])", {}));
    EXPECT_FALSE(passes(R"(["<", "n", 5])", {R"({"n": "1"})"}));
    EXPECT_TRUE(passes(R"([">=", "n", "b"])", {R"({"n": "c"})"}));
    EXPECT_FALSE(passes(R"(["<", "n", 5])", {}));
    EXPECT_FALSE(passes(R"(["==", "n", null])", {}));
    EXPECT_TRUE(passes(R"(["==", "n", null])", {R"({"n": null})"}));
}

TEST(LegacyFilter, KnowsTypeAndId) {
    EXPECT_TRUE(passes(R"(["==", "$type", "Polygon"])", {"{}", "Polygon"}));
    EXPECT_FALSE(passes(R"(["in", "$type", "Polygon", "Point"])", {"{}", "LineString"}));
    EXPECT_TRUE(passes(R"(["==", "$id", 7])", {"{}", "Point", 7}));
    EXPECT_FALSE(passes(R"(["has", "$id"])", {}));
}

TEST(LegacyFilter, LooksValuesUpInLists) {
    EXPECT_TRUE(passes(R"(["in", "c", "a", 2, true])", {R"({"c": true})"}));
    EXPECT_FALSE(passes(R"(["in", "c", "a", 2, true])", {R"({"c": "2"})"}));
    EXPECT_FALSE(passes(R"(["in", "c"])", {R"({"c": 1})"}));
    EXPECT_TRUE(passes(R"(["!in", "c", "a"])", {}));
}

TEST(LegacyFilter, JoinsOthers) {
    EXPECT_TRUE(passes(R"(["all"])", {}));
    EXPECT_FALSE(passes(R"(["any"])", {}));
    EXPECT_TRUE(passes(R"(["none"])", {}));
    const TestedFeature road{R"({"class": "street", "n": 3})", "LineString"};
    EXPECT_TRUE(passes(
        R"(["all", ["==", "$type", "LineString"], ["any", ["==", "class", "rail"], [">", "n", 2]]])",
        road));
    EXPECT_FALSE(passes(R"(["none", ["==", "class", "street"]])", road));
}

TEST(Filter, TakesExpressionsAsWell) {
    EXPECT_TRUE(passes(R"(["==", ["get", "n"], 1])", {R"({"n": 1})"}));
    EXPECT_TRUE(passes(R"(["in", ["get", "c"], ["literal", ["a", "b"]]])", {R"({"c": "b"})"}));
    EXPECT_TRUE(
        passes(R"(["all", ["has", "c"], [">", ["get", "n"], 0]])", {R"({"c": 0, "n": 1})"}));
    EXPECT_TRUE(passes("true", {}));
    EXPECT_FALSE(is_legacy_filter(json_in(R"(["has", "c"])")));
    EXPECT_TRUE(is_legacy_filter(json_in(R"(["any", ["has", "c"], ["==", "a", 1]])")));
}

TEST(Filter, SaysWhichPartIsWrong) {
    PropertyKeys keys;
    const auto made = compile_filter(json_in(R"(["all", ["==", "a", 1], ["~", "b", 2]])"), keys);
    // With one part of the new kind all is: the old comparison is what does not fit.
    ASSERT_TRUE(std::holds_alternative<std::vector<ParseError>>(made));
    const auto old = compile_filter(json_in(R"(["none", ["==", "a", 1], ["==", 2, 2]])"), keys);
    ASSERT_TRUE(std::holds_alternative<std::vector<ParseError>>(old));
    EXPECT_EQ(std::get<std::vector<ParseError>>(old)[0].key, "[2]");
}

}  // namespace
}  // namespace relief::expression
