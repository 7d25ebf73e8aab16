#include "tiler/query/condition.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::query {
namespace {

TEST(Like, TakesAnyTextForAPercentSignAndACharacterForAnUnderscore) {
    for (const auto& [text, pattern] : {std::pair("", ""),
                                        std::pair("", "%"),
                                        std::pair("abc", "%"),
                                        std::pair("abc", "a%c"),
                                        std::pair("abc", "a%%c"),
                                        std::pair("abc", "_b_"),
                                        std::pair("abcabd", "%ab_"),
                                        std::pair("mississippi", "%iss%ip%"),
                                        std::pair("é", "_"),
                                        std::pair("100%", "100\\%"),
                                        std::pair("a_b", "a\\_b")})
        EXPECT_TRUE(is_like(text, pattern)) << text << " " << pattern;
    for (const auto& [text, pattern] : {std::pair("a", ""),
                                        std::pair("", "_"),
                                        std::pair("abc", "ab"),
                                        std::pair("abc", "_c"),
                                        std::pair("é", "__"),
                                        std::pair("1000", "100\\%"),
                                        std::pair("axb", "a\\_b"),
                                        std::pair("mississippi", "%iss%ss%ss%")})
        EXPECT_FALSE(is_like(text, pattern)) << text << " " << pattern;
}

TEST(Like, DoesNotTakeForEverOverManyPercentSigns) {
    std::string pattern;
    for (int i = 0; i < 500; ++i) pattern += "%a";
    EXPECT_FALSE(is_like(std::string(3000, 'a'), pattern + "b"));
}

}  // namespace
}  // namespace relief::query
