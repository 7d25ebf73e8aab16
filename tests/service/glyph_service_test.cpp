#include "server/service/glyph_service.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace relief::service {
namespace {

std::optional<text::Fonts> machine_fonts() {
    auto fonts = text::Fonts::open();
    EXPECT_TRUE(fonts);
    return fonts ? std::optional(std::move(*fonts)) : std::nullopt;
}

TEST(GlyphsOfAHouse, AreKeptAndGivenAgain) {
    GlyphService glyphs(machine_fonts());
    const auto first = glyphs.get("Noto Sans Regular", "0-255");
    const auto second = glyphs.get("Noto Sans Regular", "0-255");
    ASSERT_TRUE(first && second);

    EXPECT_EQ(first->get(), second->get());
}

// Names that nobody has would each draw the same 256 characters anew.
TEST(GlyphsOfAHouse, AreDrawnOnceHoweverTheirFontsAreSpelled) {
    GlyphService glyphs(machine_fonts());
    const auto first = glyphs.get("Noto Sans Bold", "0-255");
    ASSERT_TRUE(first);

    for (const char* const spelled : {"noto sans BOLD",
                                      "rnd1,Noto Sans Bold",
                                      "Noto Sans Bold,rnd2",
                                      "Noto Sans Bold, Noto Sans Regular"}) {
        const auto again = glyphs.get(spelled, "0-255");
        ASSERT_TRUE(again);
        EXPECT_EQ(first->get(), again->get()) << spelled;
    }
    const auto other = glyphs.get("rnd3", "0-255");
    ASSERT_TRUE(other);
    EXPECT_NE(first->get(), other->get());
}

TEST(GlyphsOfAHouse, GoWhenThereAreTooMany) {
    // Room for one range, not for two.
    GlyphService glyphs(machine_fonts(), 100'000);
    const auto first = glyphs.get("Noto Sans Regular", "0-255");
    ASSERT_TRUE(glyphs.get("Noto Sans Bold", "0-255"));
    const auto again = glyphs.get("Noto Sans Regular", "0-255");
    ASSERT_TRUE(first && again);

    EXPECT_NE(first->get(), again->get());
    EXPECT_EQ(**first, **again);
}

TEST(GlyphsOfAHouse, AreSaidToBeMissingWhereThereIsNoFont) {
    GlyphService glyphs(std::nullopt);

    EXPECT_FALSE(glyphs.get("Noto Sans Regular", "0-255"));
}

}  // namespace
}  // namespace relief::service
