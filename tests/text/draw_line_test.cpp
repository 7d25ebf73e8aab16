#include "tiler/text/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <numeric>
#include <optional>
#include <string>

namespace relief::text {
namespace {

class DrawLine : public testing::Test {
protected:
    void SetUp() override {
        auto opened = Fonts::open();
        ASSERT_TRUE(opened) << opened.error().detail;
        fonts_.emplace(std::move(*opened));
    }
    const Fonts& fonts() const { return *fonts_; }
    Line draw(std::string_view text) const { return draw_line(*fonts_, text, 24); }

private:
    std::optional<Fonts> fonts_;
};

long ink(const Line& line) {
    return std::accumulate(line.coverage.begin(), line.coverage.end(), 0L);
}

TEST_F(DrawLine, HasOneByteOfCoverageForEachPixel) {
    const auto line = draw("Water depth");

    EXPECT_EQ(line.coverage.size(), static_cast<std::size_t>(line.size.width * line.size.height));
    EXPECT_GT(line.baseline, 0);
    EXPECT_LE(line.baseline, line.size.height);
    EXPECT_GT(ink(line), 0);
}

TEST_F(DrawLine, IsAsHighWithoutWordsAsWithThem) {
    const auto nothing = draw("");

    EXPECT_EQ(nothing.size.width, 0);
    EXPECT_EQ(nothing.size.height, draw("x").size.height);
    EXPECT_TRUE(nothing.coverage.empty());
}

TEST_F(DrawLine, GrowsInProportionToItsSize) {
    const auto small = draw_line(fonts(), "Flood extent", 20);
    const auto large = draw_line(fonts(), "Flood extent", 40);

    EXPECT_NEAR(large.size.width, 2 * small.size.width, 3);
}

TEST_F(DrawLine, HoldsSizesWithinItsLimits) {
    EXPECT_EQ(draw_line(fonts(), "a", 1e9).size, draw_line(fonts(), "a", 200).size);
    EXPECT_EQ(draw_line(fonts(), "a", -1).size, draw_line(fonts(), "a", 4).size);
    EXPECT_EQ(draw_line(fonts(), "a", std::nan("")).size, draw_line(fonts(), "a", 4).size);
}

TEST_F(DrawLine, JoinsArabicLetters) {
    // Four letters apart (joiners kept from touching) are wider than the word they make.
    const auto word = draw("بببب");
    const auto apart = draw("ب\u200cب\u200cب\u200cب");

    EXPECT_LT(word.size.width, apart.size.width * 3 / 4);
}

TEST_F(DrawLine, ReordersADevanagariVowelBeforeItsConsonant) {
    // Sign I is written after KA and drawn before it: the two are one cluster, narrower than KA
    // and the sign's own dotted circle.
    const auto cluster = draw("कि");
    const auto alone = draw("ि");

    EXPECT_LT(cluster.size.width, draw("क").size.width + alone.size.width);
    EXPECT_GT(ink(cluster), ink(draw("क")));
}

TEST_F(DrawLine, StacksBurmeseConsonants) {
    // Two consonants with a virama between stand one above the other.
    EXPECT_LT(draw("က္က").size.width, draw("ကက").size.width * 3 / 4);
}

TEST_F(DrawLine, PutsTheFirstArabicWordRightmost) {
    // "ا" is a thin upright stroke and "سسس" is wide: the stroke comes first, so it stands right.
    const auto line = draw("ا سسس");
    const auto middle = line.size.width / 2;
    const auto at = [&](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(line.size.width) +
               static_cast<std::size_t>(x);
    };
    int highest_left = line.size.height;
    int highest_right = line.size.height;
    for (int y = line.size.height - 1; y >= 0; --y) {
        for (int x = 0; x < line.size.width; ++x) {
            if (line.coverage[at(x, y)] < 128) continue;
            (x < middle ? highest_left : highest_right) = y;
        }
    }

    EXPECT_LT(highest_right, highest_left);
}

TEST_F(DrawLine, DrawsEveryScriptWithGlyphsOfItsOwn) {
    const auto missing = draw("\U0010FFFD").coverage;
    for (const auto* letter : {"a", "Д", "ش", "क", "မ", "አ", "ש", "ব", "ố"})
        EXPECT_NE(draw(letter).coverage, missing) << letter;
}

TEST_F(DrawLine, DrawsNoMoreThan500CodePoints) {
    EXPECT_EQ(draw(std::string(100000, 'i')).size.width, draw(std::string(500, 'i')).size.width);
}

TEST_F(DrawLine, TakesBytesThatAreNoUtf8) {
    EXPECT_EQ(draw("a\xff").coverage, draw("a\uFFFD").coverage);
    EXPECT_GT(ink(draw("\xf0\x9f")), 0);
}

TEST_F(DrawLine, GivesManyThreadsTheSamePixels) {
    const auto expected = draw("عمق depth बाढ़").coverage;
    std::vector<std::future<std::vector<std::uint8_t>>> answers;
    answers.reserve(8);
    for (int i = 0; i < 8; ++i)
        answers.push_back(std::async(std::launch::async, [this, i] {
            draw_line(fonts(), "другой", 10 + i);
            return draw("عمق depth बाढ़").coverage;
        }));

    for (auto& answer : answers) EXPECT_EQ(answer.get(), expected);
}

TEST(Printable, KeepsWordsAndDropsWhatCannotBeShown) {
    EXPECT_EQ(printable("Überflutung ماء"), "Überflutung ماء");
    EXPECT_EQ(printable(std::string_view("a\0b\nc\x1b", 6)), "a b c ");
    EXPECT_EQ(printable("\xff\xef\xbf\xbf"), "\uFFFD\uFFFD");
    EXPECT_EQ(printable(std::string(600, 'x')), std::string(500, 'x'));
}

TEST(IsRightToLeft, FollowsTheFirstLetterThatHasADirection) {
    EXPECT_TRUE(is_right_to_left("(12) ماء NDWI"));
    EXPECT_TRUE(is_right_to_left("שטח"));
    EXPECT_FALSE(is_right_to_left("NDWI ماء"));
    EXPECT_FALSE(is_right_to_left("2024"));
    EXPECT_FALSE(is_right_to_left(""));
}

}  // namespace
}  // namespace relief::text
