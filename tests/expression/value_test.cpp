#include "tests/expression/compiled.hpp"
#include "tiler/expression/characters.hpp"
#include "tiler/expression/conversion.hpp"

#include <cmath>

namespace relief::expression {
namespace {

TEST(ValueText, WritesNumbersAsEcmaScriptDoes) {
    // ECMA-262, Number::toString, and its examples at both ends of the plain notation.
    EXPECT_EQ(to_text(0.0), "0");
    EXPECT_EQ(to_text(-0.0), "0");
    EXPECT_EQ(to_text(100.0), "100");
    EXPECT_EQ(to_text(-1.5), "-1.5");
    EXPECT_EQ(to_text(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(to_text(1e20), "100000000000000000000");
    EXPECT_EQ(to_text(1e21), "1e+21");
    EXPECT_EQ(to_text(1e-6), "0.000001");
    EXPECT_EQ(to_text(1.5e-7), "1.5e-7");
    EXPECT_EQ(to_text(5e-324), "5e-324");
    EXPECT_EQ(to_text(std::nan("")), "NaN");
    EXPECT_EQ(to_text(-INFINITY), "-Infinity");
}

TEST(ValueText, WritesListsAsJson) {
    EXPECT_EQ(result_of(R"(["to-string", ["literal", [1, "a\"b", null, [true]]]])"),
              R"([1,"a\"b",null,[true]])");
    EXPECT_EQ(result_of(R"j(["to-string", ["to-color", "rgba(26, 207, 26, .73)"]])j"),
              "rgba(26,207,26,0.73)");
}

TEST(ValueNumber, ReadsTextAsEcmaScriptDoes) {
    EXPECT_EQ(number_in(" 12.5 "), 12.5);
    EXPECT_EQ(number_in(""), 0);
    EXPECT_EQ(number_in("0x1F"), 31);
    EXPECT_EQ(number_in("0b101"), 5);
    EXPECT_EQ(number_in("+3e2"), 300);
    EXPECT_EQ(number_in("-Infinity"), -INFINITY);
    for (const auto* const text : {"12 m", "--1", "+-1", "0x", "0xg", "1e999x", "nan", "infinity"})
        EXPECT_TRUE(std::isnan(number_in(text))) << text;
}

TEST(ValueOrder, OfTextsIsThatOfUtf16) {
    EXPECT_LT(compare({"a", "b"}), 0);
    EXPECT_GT(compare({"ab", "a"}), 0);
    EXPECT_EQ(compare({"same", "same"}), 0);
    // U+1F30D is D83C DF0D in UTF-16: before U+FF5E, though its number is larger.
    EXPECT_LT(compare({"\xF0\x9F\x8C\x8D", "\xEF\xBD\x9E"}), 0);
}

TEST(Characters, AreCountedWhole) {
    EXPECT_EQ(count_characters("na\xC3\xAFve \xF0\x9F\x8C\x8D"), 7U);
    EXPECT_EQ(byte_after("na\xC3\xAFve", 3), 4U);
    EXPECT_EQ(byte_after("ab", 9), 2U);
}

TEST(Scratch, GivesNoMoreThanItsBudget) {
    Scratch scratch(1000);

    EXPECT_EQ(scratch.take<double>(50).size(), 50U);
    EXPECT_TRUE(scratch.take<double>(100).empty());
    EXPECT_EQ(scratch.keep(std::string(2000, 'x')).data(), nullptr);
    scratch.clear();
    EXPECT_EQ(scratch.take<double>(100).size(), 100U);
}

}  // namespace
}  // namespace relief::expression
