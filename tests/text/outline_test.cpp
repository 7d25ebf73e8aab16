#include "tiler/text/outline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace relief::text {
namespace {

class OutlinedWords : public testing::Test {
protected:
    void SetUp() override {
        auto opened = Fonts::open();
        ASSERT_TRUE(opened) << opened.error().detail;
        fonts_.emplace(*opened);
        text_.emplace(std::move(*opened));
    }
    const Fonts& fonts() const { return *fonts_; }
    OutlinedLine line(std::string_view utf8) {
        const TextPart whole{.utf8 = utf8};
        return text_->line({&whole, 1});
    }

private:
    std::optional<Fonts> fonts_;
    std::optional<OutlinedText> text_;
};

TEST_F(OutlinedWords, GiveEachLetterItsOwnAdvanceWhereDrawLineKerns) {
    // Kerned, each V leans over the A beside it.
    const auto word = line("AVAVAVAV");

    EXPECT_FLOAT_EQ(word.advance, 4 * (line("A").advance + line("V").advance));
    EXPECT_LT(draw_line(fonts(), "AVAVAVAV", 200).size.width, 200 * 0.98F * word.advance);
}

TEST_F(OutlinedWords, JoinLettersOnlyWhereTheirScriptDemandsIt) {
    EXPECT_EQ(line("ffi").glyphs.size(), 3U);
    // Lam and alef are never written apart.
    EXPECT_EQ(line("لا").glyphs.size(), 1U);
    EXPECT_LT(line("بببب").advance, 0.75F * line("ب\u200cب\u200cب\u200cب").advance);
}

TEST_F(OutlinedWords, KeepWhatTheirGlyphsPointTo) {
    const auto first = line("o");
    const auto again = line("oo");

    ASSERT_EQ(again.glyphs.size(), 2U);
    EXPECT_EQ(again.glyphs[1].outline, first.glyphs[0].outline);
    // A ring has an outer and an inner contour.
    EXPECT_EQ(first.glyphs[0].outline->ends.size(), 2U);
    EXPECT_FLOAT_EQ(again.glyphs[1].at.x, first.advance);
}

TEST_F(OutlinedWords, AreForgottenWhenTheyTakeTooMuch) {
    OutlinedText text(fonts());
    const TextPart whole{.utf8 = "Gao"};
    const float advance = text.line({&whole, 1}).advance;

    EXPECT_FALSE(text.forget_beyond(1 << 20));
    EXPECT_TRUE(text.forget_beyond(100));
    EXPECT_FALSE(text.forget_beyond(100)) << "there is nothing left";
    const auto again = text.line({&whole, 1});
    EXPECT_FLOAT_EQ(again.advance, advance);
    EXPECT_FALSE(again.glyphs.front().outline->points.empty());
}

TEST_F(OutlinedWords, AreTheSameWhenSetAgainAndOthersInAnotherFontOrSize) {
    OutlinedText text(fonts());
    const auto bold = text.font_named("Noto Sans Bold");
    const auto advance = [&](const TextPart& part) { return text.line({&part, 1}).advance; };

    EXPECT_FLOAT_EQ(advance({.utf8 = "Gao"}), advance({.utf8 = "Gao"}));
    EXPECT_GT(advance({.utf8 = "Gao", .font = bold}), advance({.utf8 = "Gao"}));
    EXPECT_FLOAT_EQ(advance({.utf8 = "Gao", .scale = 2}), 2 * advance({.utf8 = "Gao"}));
    const std::array halves{TextPart{.utf8 = "G"}, TextPart{.utf8 = "ao"}};
    EXPECT_EQ(text.line(halves).glyphs.back().part, 1U);
    const TextPart whole{.utf8 = "Gao"};
    EXPECT_EQ(text.line({&whole, 1}).glyphs.back().part, 0U);
}

TEST_F(OutlinedWords, AreSetByManyThreadsAtOnce) {
    const float alone = line("Timbuktu").advance;
    std::array<float, 4> advances{};
    std::vector<std::thread> threads;
    threads.reserve(advances.size());
    for (float& advance : advances)
        threads.emplace_back([&] {
            const TextPart whole{.utf8 = "Timbuktu"};
            advance = OutlinedText(fonts()).line({&whole, 1}).advance;
        });
    for (auto& thread : threads) thread.join();

    EXPECT_THAT(advances, testing::Each(testing::FloatEq(alone)));
}

TEST_F(OutlinedWords, GiveACharacterItsOwnGlyphUnshapedFromTheFirstFontThatHasIt) {
    OutlinedText text(fonts());
    const auto bold = text.font_named("Noto Sans Bold");
    ASSERT_TRUE(bold);

    const auto letter = text.glyph(U'H', std::array{*bold});
    const auto usual = text.glyph(U'H', {});
    ASSERT_TRUE(letter && usual);
    EXPECT_GT(letter->advance, usual->advance);
    EXPECT_FLOAT_EQ(usual->advance, line("H").advance);
    // The bold font has no Arabic letter: it comes from the usual ones, in its isolated form.
    const auto beh = text.glyph(U'ب', std::array{*bold});
    ASSERT_TRUE(beh);
    EXPECT_FALSE(beh->outline->points.empty());
    // Shaped by itself this vowel sign would stand on a dotted circle.
    const auto sign = text.glyph(U'\u0941', {});
    ASSERT_TRUE(sign);
    EXPECT_LT(sign->outline->ends.size(), line("\u0941").glyphs.front().outline->ends.size() + 1);
}

TEST_F(OutlinedWords, HaveNoGlyphForWhatIsNoCharacter) {
    OutlinedText text(fonts());

    EXPECT_FALSE(text.glyph(U'\uFFFF', {}));
}

}  // namespace
}  // namespace relief::text
