#include "tiler/core/utf8.hpp"

#include <gtest/gtest.h>

namespace relief {
namespace {

TEST(Utf8, TellsHowLongTheFirstCharacterIs) {
    EXPECT_EQ(utf8_length("ab"), 1U);
    EXPECT_EQ(utf8_length(std::string_view("\0b", 2)), 1U);
    EXPECT_EQ(utf8_length("\xC3\xA9t"), 2U);
    EXPECT_EQ(utf8_length("\xE4\xB8\xAD"), 3U);
    EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80x"), 4U);
    EXPECT_EQ(utf8_length("\xF4\x8F\xBF\xBF"), 4U);
}

TEST(Utf8, FindsNoneWhereItIsNotWellFormed) {
    for (const std::string_view text : {"",
                                        "\x80",
                                        "\xC3",
                                        "\xC3(",
                                        "\xC0\x80",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xE4\xB8",
                                        "\xE4\xB8(",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80"})
        EXPECT_EQ(utf8_length(text), 0U) << text;
}

}  // namespace
}  // namespace relief
