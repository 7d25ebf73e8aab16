#include "tiler/glyphs/glyph_range.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <string>

namespace relief::glyphs {
namespace {

/// As a browser reads it.
struct ReadGlyph {
    std::string bitmap;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::int32_t left = 0;
    std::int32_t top = 0;
    std::uint32_t advance = 0;
};

struct ReadStack {
    std::string name;
    std::string range;
    std::map<std::uint32_t, ReadGlyph> glyphs;
};

std::pair<std::uint32_t, ReadGlyph> read_glyph(protozero::pbf_reader message) {
    std::uint32_t id = 0;
    ReadGlyph glyph;
    while (message.next()) switch (message.tag()) {
            case 1: id = message.get_uint32(); break;
            case 2: glyph.bitmap = message.get_string(); break;
            case 3: glyph.width = message.get_uint32(); break;
            case 4: glyph.height = message.get_uint32(); break;
            case 5: glyph.left = message.get_sint32(); break;
            case 6: glyph.top = message.get_sint32(); break;
            case 7: glyph.advance = message.get_uint32(); break;
            default: ADD_FAILURE() << "an unknown field"; message.skip();
        }
    return {id, glyph};
}

ReadStack read_stack(const Bytes& bytes) {
    protozero::pbf_reader outer(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    ReadStack stack;
    EXPECT_TRUE(outer.next(1)) << "not a message of glyphs";
    auto inner = outer.get_message();
    while (inner.next()) switch (inner.tag()) {
            case 1: stack.name = inner.get_string(); break;
            case 2: stack.range = inner.get_string(); break;
            case 3: stack.glyphs.insert(read_glyph(inner.get_message())); break;
            default: ADD_FAILURE() << "an unknown field"; inner.skip();
        }
    EXPECT_FALSE(outer.next()) << "one stack is one answer";
    return stack;
}

class GlyphRange : public testing::Test {
protected:
    void SetUp() override {
        auto opened = text::Fonts::open();
        ASSERT_TRUE(opened) << opened.error().detail;
        fonts_.emplace(std::move(*opened));
    }
    ReadStack stack(std::string_view fontstack, std::string_view range) {
        const auto bytes = drawn(fontstack, range);
        EXPECT_TRUE(bytes) << bytes.error().what;
        return bytes ? read_stack(*bytes) : ReadStack{};
    }
    std::string refusal(std::string_view fontstack, std::string_view range) {
        const auto bytes = drawn(fontstack, range);
        EXPECT_FALSE(bytes);
        if (bytes) return {};
        EXPECT_EQ(bytes.error().fault, Fault::bad_request);
        return bytes.error().what;
    }

private:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of the address
    Result<Bytes> drawn(std::string_view fontstack, std::string_view range) {
        const auto fonts = font_stack(*fonts_, fontstack);
        if (!fonts) return fonts.error();
        return glyph_range(*fonts_, *fonts, range);
    }

    std::optional<text::Fonts> fonts_;
};

TEST_F(GlyphRange, AnswersWithTheStackTheRangeAndAFieldThreePixelsLargerThanEachGlyph) {
    const auto latin = stack("Noto Sans Regular", "0-255");

    EXPECT_EQ(latin.name, "Noto Sans Regular");
    EXPECT_EQ(latin.range, "0-255");
    EXPECT_EQ(latin.glyphs.size(), 191U) << "ASCII without controls is 95, Latin 1 beside it 96";
    for (const auto& [id, glyph] : latin.glyphs) {
        const std::size_t field = std::size_t{glyph.width + 6} * (glyph.height + 6);
        EXPECT_EQ(glyph.bitmap.size(), glyph.width == 0 ? 0 : field) << id;
        EXPECT_GT(glyph.advance + (id == 0xAD ? 1U : 0U), 0U) << id;
    }
}

TEST_F(GlyphRange, SetsLettersAsTheFontMeasuresThem) {
    const auto latin = stack("Noto Sans Regular", "0-255");
    const auto& letter = latin.glyphs.at('H');

    // Noto Sans, 1000 units to the em: H is 714 high, 98 to 643 wide, 741 to the next letter.
    EXPECT_EQ(letter.advance, 17U);
    EXPECT_EQ(letter.left, 2);
    EXPECT_EQ(letter.height, 18U);
    EXPECT_EQ(letter.width, 14U);
    // The line begins 26 pixels above the baseline.
    EXPECT_EQ(letter.top, 18 - 26);
    // Descenders reach below the baseline.
    const auto& low = latin.glyphs.at('g');
    EXPECT_GT(static_cast<int>(low.height), low.top + 26);
}

TEST_F(GlyphRange, PutsTheEdgeOfALetterAtThreeQuarters) {
    const auto latin = stack("Noto Sans Regular", "0-255");
    const auto& bar = latin.glyphs.at('|');
    ASSERT_GT(bar.height, 12U);
    const std::size_t row = std::size_t{(bar.height + 6) / 2} * (bar.width + 6);
    const auto level = [&](std::size_t column) {
        return static_cast<int>(static_cast<unsigned char>(bar.bitmap[row + column]));
    };

    // Noto Sans: the bar is 85 units wide, 2.04 pixels: its middle lies a pixel from its edges, a
    // pixel is 255/8 levels, the edge is at 255 * 3/4.
    int highest = 0;
    for (std::size_t x = 0; x < bar.width + 6; ++x) highest = std::max(highest, level(x));
    EXPECT_NEAR(highest, 191 + 32, 20);
    EXPECT_LT(level(0), 191 - 2 * 32);
    double covered = 0;
    for (std::size_t x = 0; x + 1 < bar.width + 6; ++x) {
        const int here = level(x);
        const int next = level(x + 1);
        if ((here < 191) != (next < 191))
            covered +=
                (here < 191 ? -1 : 1) * (static_cast<double>(x) + (191.0 - here) / (next - here));
    }
    EXPECT_NEAR(covered, 2.04, 0.3);
}

TEST_F(GlyphRange, HasBlanksWithoutAField) {
    const auto space = stack("Noto Sans Regular", "0-255").glyphs.at(' ');

    EXPECT_EQ(space.width, 0U);
    EXPECT_TRUE(space.bitmap.empty());
    EXPECT_EQ(space.advance, 6U);  // 260 units of 1000
}

TEST_F(GlyphRange, TakesEachCharacterFromTheFirstFontThatHasIt) {
    const auto regular = stack("Noto Sans Regular", "0-255");
    const auto bold = stack("Noto Sans Bold,Noto Sans Regular", "0-255");
    const auto unknown = stack("No Such Font, Noto Sans Bold", "0-255");

    EXPECT_NE(bold.glyphs.at('M').bitmap, regular.glyphs.at('M').bitmap);
    EXPECT_EQ(unknown.glyphs.at('M').bitmap, bold.glyphs.at('M').bitmap);
    EXPECT_EQ(unknown.name, "Noto Sans Bold,Noto Sans Regular");
    EXPECT_EQ(bold.name, unknown.name);
}

TEST_F(GlyphRange, FallsBackToNotoSansRegular) {
    EXPECT_EQ(stack("No Such Font", "0-255").glyphs.at('M').bitmap,
              stack("Noto Sans Regular", "0-255").glyphs.at('M').bitmap);
}

TEST_F(GlyphRange, HasTheScriptsThatTheNamedFontLacks) {
    const auto arabic = stack("Noto Sans Regular", "1536-1791");
    const auto devanagari = stack("Noto Sans Regular", "2304-2559");
    const auto forms = stack("Noto Sans Regular", "65024-65279");

    EXPECT_GT(arabic.glyphs.size(), 200U);
    EXPECT_GT(arabic.glyphs.at(0x0628).width, 5U);
    EXPECT_GT(devanagari.glyphs.size(), 100U);
    // Browsers set Arabic by its presentation forms.
    EXPECT_TRUE(forms.glyphs.contains(0xFE91));
}

TEST_F(GlyphRange, LeavesOutWhatNoFontHas) {
    EXPECT_FALSE(stack("Noto Sans Regular", "65280-65535").glyphs.contains(0xFFFF));
    EXPECT_TRUE(stack("Noto Sans Regular", "55296-55551").glyphs.empty()) << "surrogates";
}

TEST_F(GlyphRange, NamesTheRangeThatIsNone) {
    for (const char* const range : {"",
                                    "0",
                                    "0-254",
                                    "1-256",
                                    "0-511",
                                    "256-0",
                                    "65536-65791",
                                    "-256--1",
                                    "00-255",
                                    "+0-255",
                                    "0-255.pbf",
                                    "99999999999-99999999999"}) {
        const auto what = refusal("Noto Sans Regular", range);
        EXPECT_THAT(what, testing::HasSubstr("\"" + std::string(range).substr(0, 40) + "\""));
        EXPECT_THAT(what, testing::HasSubstr("65280-65535"));
    }
}

TEST_F(GlyphRange, RefusesFontStacksWithoutEnd) {
    EXPECT_THAT(refusal("", "0-255"), testing::HasSubstr("empty"));
    EXPECT_THAT(refusal("Noto Sans Regular,,", "0-255"), testing::HasSubstr("empty"));
    EXPECT_THAT(refusal(std::string(257, 'a'), "0-255"), testing::HasSubstr("too long"));
    EXPECT_THAT(refusal("a,a,a,a,a,a,a,a,a", "0-255"), testing::HasSubstr("too many"));
}

}  // namespace
}  // namespace relief::glyphs
