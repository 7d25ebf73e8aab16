#include "tiler/style/band_expression.hpp"

#include "tests/style/rasters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace relief::style {
namespace {

using ::testing::HasSubstr;

/// The formula's only result for one cell of each band b1, b2, …
double value_of(std::string_view text, const std::vector<double>& cell) {
    const auto expression = BandExpression::parse(text, static_cast<int>(cell.size()));
    EXPECT_TRUE(expression) << text << ": " << (expression ? "" : expression.error().what);
    if (!expression) return nan;
    std::vector<std::span<const double>> inputs;
    for (const int band : expression->bands())
        inputs.emplace_back(&cell[static_cast<std::size_t>(band - 1)], 1);
    double result = 0;
    const std::vector<std::span<double>> results{std::span(&result, 1)};
    expression->evaluate(inputs, results);
    return result;
}

std::string refusal_of_formula(std::string_view text) {
    const auto expression = BandExpression::parse(text, 4);
    EXPECT_FALSE(expression) << text;
    if (expression) return {};
    EXPECT_EQ(expression.error().fault, Fault::bad_request);
    EXPECT_NE(expression.error().what.find("expression"), std::string::npos);
    return expression.error().what;
}

TEST(BandExpression, CountsLikeArithmetic) {
    EXPECT_EQ(value_of("b1+b2*3", {1, 2}), 7);
    EXPECT_EQ(value_of("(b1+b2)*3", {1, 2}), 9);
    EXPECT_EQ(value_of("b1-b2-4", {10, 3}), 3);
    EXPECT_EQ(value_of("b1/b2/2", {12, 3}), 2);
    EXPECT_EQ(value_of("2*-b1", {3}), -6);
    EXPECT_EQ(value_of("b1--b1", {3}), 6);
    EXPECT_DOUBLE_EQ(value_of("(b2-b1)/(b2+b1)", {1000, 3000}), 0.5);
    EXPECT_DOUBLE_EQ(value_of(" 1.5e-1 * b1\t+ .5", {10}), 2);
}

TEST(BandExpression, BindsPowersLikePython) {
    EXPECT_EQ(value_of("b1**b1**2", {2}), 16);  // 2^(2^2)
    EXPECT_EQ(value_of("b1^3^2", {2}), 512);    // 2^9
    EXPECT_EQ(value_of("-b1**2", {3}), -9);     // -(3^2)
    EXPECT_EQ(value_of("b1**-1", {4}), 0.25);
    EXPECT_EQ(value_of("b1**-b1**2", {2}), 0.0625);  // 2^(-(2^2))
    EXPECT_EQ(value_of("b1^2*3", {2}), 12);
}

TEST(BandExpression, TakesTheRemainderWithTheDivisorsSign) {
    EXPECT_EQ(value_of("b1%3", {7}), 1);
    EXPECT_EQ(value_of("b1%3", {-7}), 2);
    EXPECT_EQ(value_of("b1%-3", {7}), -2);
}

TEST(BandExpression, ComparesToOneOrNought) {
    EXPECT_EQ(value_of("b1<2", {1}), 1);
    EXPECT_EQ(value_of("b1<2", {2}), 0);
    EXPECT_EQ(value_of("b1<=2", {2}), 1);
    EXPECT_EQ(value_of("b1>2", {2}), 0);
    EXPECT_EQ(value_of("b1>=2", {2}), 1);
    EXPECT_EQ(value_of("b1==2", {2}), 1);
    EXPECT_EQ(value_of("b1!=2", {2}), 0);
}

TEST(BandExpression, JoinsConditionsBelowComparisons) {
    EXPECT_EQ(value_of("b1>1 & b2>1", {2, 2}), 1);
    EXPECT_EQ(value_of("b1>1 & b2>1", {2, 0}), 0);
    EXPECT_EQ(value_of("b1>1 | b2>1 & b2>5", {2, 2}), 1);
    EXPECT_EQ(value_of("!b1", {5}), 0);
    EXPECT_EQ(value_of("!(b1>9)", {5}), 1);
    EXPECT_EQ(value_of("!!b1", {5}), 1);
    EXPECT_EQ(value_of("-!b1", {0}), -1);
}

TEST(BandExpression, CallsItsFunctions) {
    EXPECT_EQ(value_of("where(b1>0, b2, 7)", {1, 5}), 5);
    EXPECT_EQ(value_of("where(b1>0, b2, 7)", {0, 5}), 7);
    EXPECT_EQ(value_of("min(b1,b2,3)", {5, 4}), 3);
    EXPECT_EQ(value_of("max(b1,b2,3)", {5, 4}), 5);
    EXPECT_EQ(value_of("abs(b1)+sqrt(b2)", {-2, 9}), 5);
    EXPECT_DOUBLE_EQ(value_of("log(exp(b1))", {2}), 2);
    EXPECT_DOUBLE_EQ(value_of("log10(b1)", {1000}), 3);
    EXPECT_EQ(value_of("pow(b1, 3)", {2}), 8);
    EXPECT_EQ(value_of("floor(b1)*100+ceil(b1)*10+round(b1)", {2.5}), 233);
    EXPECT_DOUBLE_EQ(value_of("sin(b1)^2+cos(b1)^2", {0.7}), 1);
    EXPECT_DOUBLE_EQ(value_of("tan(atan(b1))", {0.7}), 0.7);
}

TEST(BandExpression, MakesWhatIsNotFiniteNaN) {
    EXPECT_TRUE(std::isnan(value_of("b1/0", {1})));
    EXPECT_TRUE(std::isnan(value_of("b1/(b1-b1)", {0})));
    EXPECT_TRUE(std::isnan(value_of("sqrt(b1)", {-1})));
    EXPECT_TRUE(std::isnan(value_of("log(b1)", {0})));
    EXPECT_TRUE(std::isnan(value_of("b1%0", {1})));
    EXPECT_TRUE(std::isnan(value_of("b1*1e308*1e308", {1})));
    EXPECT_TRUE(std::isnan(value_of("exp(exp(exp(exp(b1))))", {9})));
    EXPECT_TRUE(std::isnan(value_of("b1^9^9^9^9^9", {2})));
    EXPECT_TRUE(std::isnan(value_of("b1*0+pow(10,pow(10,pow(10,10)))", {2})));
}

TEST(BandExpression, LetsNoAnswerLookLikeNo) {
    for (const auto* const text : {"b1>5",
                                   "b1<5",
                                   "b1==b1",
                                   "b1!=5",
                                   "!b1",
                                   "b1&0",
                                   "b1|1",
                                   "min(b1,1)",
                                   "min(1,b1)",
                                   "max(b1,1)",
                                   "max(1,b1)",
                                   "where(b1>5,1,0)",
                                   "abs(b1)",
                                   "b1*0"})
        EXPECT_TRUE(std::isnan(value_of(text, {nan}))) << text;
}

TEST(BandExpression, LooksOnlyAtTheBranchItTakes) {
    EXPECT_EQ(value_of("where(b1==0, 0, 1/b1)", {0}), 0);
    EXPECT_EQ(value_of("where(b1==0, 0, 1/b1)", {4}), 0.25);
}

TEST(BandExpression, NamesTheBandsItReadsOnceAndInOrder) {
    const auto expression = BandExpression::parse("b8/b3+b8*b1;b3", 12);

    ASSERT_TRUE(expression);
    EXPECT_EQ(expression->bands(), (std::vector<int>{1, 3, 8}));
    EXPECT_EQ(expression->outputs(), 2U);
    EXPECT_EQ(expression->text(), "b8/b3+b8*b1;b3");
}

TEST(BandExpression, GivesSeveralOutputsOverBlocksOfAnyLength) {
    const auto expression = BandExpression::parse("b1+b2;b1;5;b2*b2", 2);
    ASSERT_TRUE(expression);
    for (const std::size_t cells : {0U, 1U, 511U, 512U, 513U, 5000U}) {
        std::vector<float> first(cells), second(cells);
        for (std::size_t i = 0; i < cells; ++i) {
            first[i] = static_cast<float>(i);
            second[i] = 3;
        }
        std::vector<std::vector<float>> values(4, std::vector<float>(cells, -1.0F));
        const std::vector<std::span<const float>> inputs{first, second};

        expression->evaluate(inputs, std::vector<std::span<float>>(values.begin(), values.end()));

        for (std::size_t i = 0; i < cells; ++i) {
            ASSERT_EQ(values[0][i], static_cast<float>(i) + 3);
            ASSERT_EQ(values[1][i], static_cast<float>(i));
            ASSERT_EQ(values[2][i], 5);
            ASSERT_EQ(values[3][i], 9);
        }
    }
}

TEST(BandExpression, KeepsTheLimitsItIsGiven) {
    EXPECT_TRUE(BandExpression::parse("((b1))", 1, {.characters = 6, .depth = 2}));
    const auto long_one = BandExpression::parse("((b1)) ", 1, {.characters = 6, .depth = 2});
    const auto deep_one = BandExpression::parse("((b1))", 1, {.characters = 6, .depth = 1});

    ASSERT_FALSE(long_one);
    EXPECT_NE(long_one.error().what.find("at most 6"), std::string::npos);
    ASSERT_FALSE(deep_one);
    EXPECT_NE(deep_one.error().what.find("deeper than 1"), std::string::npos);
}

TEST(BandExpression, TakesConstantsBeyondFloatAsNotFinite) {
    const auto expression = BandExpression::parse("b1*1e300", 1);
    ASSERT_TRUE(expression);
    const float cell = 2;
    float result = 0;
    const std::vector<std::span<const float>> inputs{std::span(&cell, 1)};

    expression->evaluate(inputs, std::vector<std::span<float>>{std::span(&result, 1)});

    EXPECT_TRUE(std::isnan(result));
}

TEST(BandExpression, NamesTheBandThatIsNotThereAndHowManyThereAre) {
    const auto message = refusal_of_formula("b1+b77");

    EXPECT_THAT(message, HasSubstr("b77")) << message;
    EXPECT_THAT(message, HasSubstr("4 bands")) << message;
    EXPECT_THAT(message, HasSubstr("character 4")) << message;
    EXPECT_THAT(refusal_of_formula("b0"), HasSubstr("\"b0\""));
    EXPECT_THAT(refusal_of_formula("b99999999999999999999"), HasSubstr("b9999"));
}

TEST(BandExpression, NamesThePartThatIsWrongAndItsPlace) {
    EXPECT_THAT(refusal_of_formula("b1 b2"), HasSubstr("\"b2\" at character 4"));
    EXPECT_THAT(refusal_of_formula("b1 b2"), HasSubstr("in a web address + is written %2B"));
    EXPECT_THAT(refusal_of_formula("(b1 b2)/2"), HasSubstr("%2B"));
    EXPECT_THAT(refusal_of_formula("b1=5"), ::testing::Not(HasSubstr("%2B")));
    EXPECT_THAT(refusal_of_formula("nosuch(b1)"), HasSubstr("\"nosuch\" at character 1"));
    EXPECT_THAT(refusal_of_formula("b1+sin"), HasSubstr("\"sin\" at character 4"));
    EXPECT_THAT(refusal_of_formula("pow(b1)"),
                HasSubstr("\"pow\" at character 1 needs 2 operands, not 1"));
    EXPECT_THAT(refusal_of_formula("b1*1.2.3"), HasSubstr("\"1.2.3\" at character 4"));
    EXPECT_THAT(refusal_of_formula("b1+1_000"), HasSubstr("\"1_000\""));
    EXPECT_THAT(refusal_of_formula("b1\u00d7b2"), HasSubstr("\"\u00d7\" at character 3"));
    EXPECT_THAT(refusal_of_formula("b1<b2<b3"), HasSubstr("\"<\" at character 6"));
    EXPECT_THAT(refusal_of_formula("b1=5"), HasSubstr("\"=\" at character 3"));
    EXPECT_THAT(refusal_of_formula("b1+"), HasSubstr("ends"));
}

// The values of the hostile set that every server must refuse.
TEST(BandExpression, RefusesWhatIsNoFormula) {
    for (const auto* const text : {"",
                                   "   ",
                                   "(",
                                   ")",
                                   "b1+",
                                   "+",
                                   "b1 b2",
                                   "b1//",
                                   "b0",
                                   "b999999",
                                   "b-1",
                                   "b1;b2;",
                                   ";b1",
                                   "import os",
                                   "__import__('os').system('id')",
                                   "eval('1')",
                                   "exec('1')",
                                   "open('/etc/passwd').read()",
                                   "system('id')",
                                   "`id`",
                                   "$(id)",
                                   "${7*7}",
                                   "{{7*7}}",
                                   "b1'",
                                   "b1\"",
                                   "b1 OR 1=1",
                                   "b1%00%",
                                   "lambda:0",
                                   "x[0]",
                                   "b1.__class__",
                                   "b1=5",
                                   "b1:=5",
                                   "while(1){}",
                                   "for(;;);",
                                   "if(b1)",
                                   "b1?1",
                                   "b1,,b2",
                                   "()",
                                   "sin()",
                                   "sin",
                                   "pow(b1)",
                                   "nosuch(b1)",
                                   "b1**",
                                   "1e400*",
                                   "b1*1e400",
                                   "@b1",
                                   "#b1",
                                   "\\b1",
                                   "java.lang.Runtime.getRuntime()",
                                   "//*[1]",
                                   "concat('a','b')",
                                   "b1;b2;b3;b4;b1",
                                   "1+1",
                                   "b1)",
                                   "(b1",
                                   "b1\n+b2",
                                   "b",
                                   "B1",
                                   "b1b2",
                                   "2b1",
                                   "where(b1,b2)",
                                   "min(b1)"})
        EXPECT_FALSE(refusal_of_formula(text).empty()) << text;
    EXPECT_FALSE(refusal_of_formula(std::string_view("b1\0", 3)).empty());
}

TEST(BandExpression, BoundsLengthDepthAndCost) {
    const auto repeated = [](std::string_view part, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += part;
        return text;
    };

    EXPECT_THAT(refusal_of_formula(repeated("b1+", 30000) + "b1"), HasSubstr("90002 characters"));
    EXPECT_THAT(refusal_of_formula(repeated("(", 33) + "b1" + repeated(")", 33)),
                HasSubstr("deeper"));
    EXPECT_THAT(refusal_of_formula(repeated("abs(", 33) + "b1" + repeated(")", 33)),
                HasSubstr("deeper"));
    EXPECT_THAT(refusal_of_formula(repeated("b1^", 65) + "b1"), HasSubstr("65 powers"));
    EXPECT_EQ(value_of(repeated("(", 32) + "b1" + repeated(")", 32), {5}), 5);
    EXPECT_EQ(value_of(repeated("b1+", 332) + "b1", {1}), 333);
    EXPECT_EQ(value_of(repeated("-", 998) + "b1", {4}), 4);
    EXPECT_EQ(value_of(repeated("(b1)*", 199) + "b1", {1}), 1);
}

}  // namespace
}  // namespace relief::style
