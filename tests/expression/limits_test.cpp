// What a hostile expression may not do.

#include "tests/expression/compiled.hpp"
#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

namespace relief::expression {
namespace {

std::string nested(const std::string& opening, int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += opening;
    return text + "1" + std::string(static_cast<std::size_t>(depth), ']');
}

TEST(Limits, RefuseDeepNesting) {
    EXPECT_NE(refusal_of(nested(R"(["-", )", 300)).find("nested more than 200"), std::string::npos);
    EXPECT_EQ(refusal_of(nested(R"(["-", )", 150)), "it compiles");
}

TEST(Limits, RefuseAnExpressionThatIsTriedOverAndOver) {
    // Each level has two signatures to try: 2^60 attempts without a limit.
    const std::string text = nested(R"(["all", true, )", 60);
    EXPECT_NE(refusal_of(text), "it compiles");
}

TEST(Limits, EndTextsThatDoubleAndDouble) {
    const auto result =
        result_of(doubled(R"(["get", "x"])", "concat", 60), R"({"x": "0123456789"})");
    EXPECT_EQ(result["error"], "The text is longer than 1048576 bytes.");
}

TEST(Limits, EndConstantTextsThatDouble) {
    EXPECT_NE(refusal_of(doubled("\"0123456789\"", "concat", 60)).find("1048576 bytes"),
              std::string::npos);
}

TEST(Limits, SearchLongTextsWithoutBeginningAnewAtEachByte) {
    // A quarter of a million places at which as many letters fit, but for the last.
    const std::string parts = R"(["let", "half", )" + doubled(R"(["get", "x"])", "concat", 15) +
                              R"(, ["let", "part", ["concat", ["var", "half"], "b"], )" +
                              R"("text", ["concat", ["var", "half"], ["var", "half"]], )";
    const std::string properties = R"({"x": ")" + std::string(16, 'a') + R"("})";

    EXPECT_EQ(result_of(parts + R"(["in", ["var", "part"], ["var", "text"]]]])", properties),
              false);
    EXPECT_EQ(result_of(parts + R"(["index-of", ["var", "part"], ["var", "text"]]]])", properties),
              -1);
    EXPECT_EQ(result_of(parts + R"(["length", ["split", ["var", "text"], ["var", "part"]]]]])",
                        properties),
              1);
}

TEST(Limits, RefuseDeepAndLargeDocuments) {
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    EXPECT_EQ(parse_json(deep).error().fault, Fault::too_large);
    EXPECT_EQ(parse_json(std::string(100, ' '), {.bytes = 99}).error().fault, Fault::too_large);
}

TEST(Limits, SayInWhichLineJsonEnds) {
    EXPECT_EQ(parse_json("{\n \"a\": 1,\n \"b\": }\n").error().what.substr(0, 7), "line 3:");
}

}  // namespace
}  // namespace relief::expression
