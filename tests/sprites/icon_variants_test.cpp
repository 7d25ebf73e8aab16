#include "tiler/sprites/icon_variants.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace relief::sprites {
namespace {

double covered_by(const canvas::Surface& surface) {
    double sum = 0;
    for (int y = 0; y < surface.size().height; ++y)
        for (int x = 0; x < surface.size().width; ++x) sum += surface.row(y)[x * 4 + 3];
    return sum / 255;
}

/// Share of pixels that are not alike.
double apart(const canvas::Surface& a, const canvas::Surface& b) {
    double sum = 0;
    for (int y = 0; y < a.size().height; ++y)
        for (int x = 0; x < a.size().width; ++x)
            sum += std::abs(a.row(y)[x * 4 + 3] - b.row(y)[x * 4 + 3]);
    return sum / 255 / (a.size().width * a.size().height);
}

std::map<std::string, canvas::Surface> drawn_icons(int ratio, bool fields) {
    std::map<std::string, canvas::Surface> icons;
    for (const ShippedIcon& icon : shipped_icons()) {
        auto drawn = draw_shipped(icon, ratio);
        EXPECT_TRUE(drawn) << icon.name;
        if (!drawn || icon.folder == "icons/patterns" || icon.folder == "icons/marks") continue;
        for (DrawnIcon& one : *drawn)
            if (one.is_distances == fields) icons.emplace(one.name, std::move(one.picture.pixels));
    }
    return icons;
}

TEST(ShippedIcons, AreThoseOfTheFolder) {
    std::set<std::string> files;
    const std::filesystem::path folder = RELIEF_STYLES_FOLDER;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "icons"))
        if (entry.is_regular_file())
            files.insert(entry.path().lexically_relative(folder).generic_string());
    std::set<std::string> shipped;
    for (const ShippedIcon& icon : shipped_icons())
        shipped.insert(std::string(icon.folder) + "/" + std::string(icon.name) + ".svg");

    EXPECT_EQ(shipped, files);
    EXPECT_GE(shipped.size(), 40U);
}

TEST(ShippedIcons, AreTwentyFourPixelsWideInOneColourAndFillAFairPartOfThem) {
    for (const auto& [name, icon] : drawn_icons(1, false)) {
        EXPECT_EQ(icon.size(), (PixelSize{24, 24})) << name;
        const double share = covered_by(icon) / (24 * 24);
        EXPECT_GT(share, 0.12) << name << " is too faint to be seen at 16 pixels";
        EXPECT_LT(share, 0.85) << name;
        for (int y = 0; y < 24; ++y)
            for (int x = 0; x < 24 * 4; ++x)
                EXPECT_TRUE(x % 4 == 3 || icon.row(y)[x] == 0) << name << " is not black alone";
    }
}

TEST(ShippedIcons, AreToldApartByFormAlone) {
    // One colour for all: in greyscale and to the colour-blind they differ as much as in print.
    const auto icons = drawn_icons(1, false);
    for (auto a = icons.begin(); a != icons.end(); ++a)
        for (auto b = std::next(a); b != icons.end(); ++b)
            EXPECT_GT(apart(a->second, b->second), 0.045) << a->first << " and " << b->first;
}

TEST(ShippedIcons, OfFacilitiesComeInEveryStateAndThoseOfEventsInNone) {
    const auto icons = drawn_icons(1, false);

    for (const char* const state : {"", "-affected", "-destroyed", "-closed"})
        for (const char* const facility : {"health", "school", "bridge", "airport"})
            EXPECT_TRUE(icons.contains(std::string(facility) + state)) << facility << state;
    EXPECT_TRUE(icons.contains("flood"));
    EXPECT_FALSE(icons.contains("flood-destroyed"));
}

TEST(ShippedIcons, AsFieldsHaveThreePixelsAroundThem) {
    const auto fields = drawn_icons(2, true);

    ASSERT_TRUE(fields.contains("health-sdf"));
    EXPECT_EQ(fields.at("health-sdf").size(), (PixelSize{60, 60}));
    // Outside of the cross nothing, in its middle all: 4.5 pixels from the edge are more than a
    // quarter of 8.
    EXPECT_LT(fields.at("health-sdf").row(2)[2 * 4 + 3], 100);
    EXPECT_EQ(fields.at("health-sdf").row(30)[30 * 4 + 3], 255);
}

TEST(InState, DrawsTheOverlaysDarkAndCutsOutItsWhite) {
    // Three columns: of the overlay black, white, nothing.
    canvas::Surface icon({3, 1});
    icon.flood({0, 0, 0, 200});
    canvas::Surface overlay({3, 1}, {0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0});

    const auto result = in_state({icon, overlay});

    EXPECT_EQ(result.row(0)[3], 255);
    EXPECT_EQ(result.row(0)[7], 0);
    EXPECT_EQ(result.row(0)[11], 200);
}

TEST(OwnIcons, GiveAPictureInTheirColoursAndAField) {
    const auto drawn = draw_own(
        {"post",
         R"(<svg xmlns="http://www.w3.org/2000/svg" width="10" height="12"><rect width="10" height="12" fill="red"/></svg>)"},
        1);

    ASSERT_TRUE(drawn);
    ASSERT_EQ(drawn->size(), 2U);
    EXPECT_EQ((*drawn)[0].name, "post");
    EXPECT_EQ((*drawn)[0].picture.pixels.row(5)[20], 255);
    EXPECT_EQ((*drawn)[1].name, "post-sdf");
    EXPECT_TRUE((*drawn)[1].is_distances);
    EXPECT_EQ((*drawn)[1].picture.pixels.size(), (PixelSize{16, 18}));
}

}  // namespace
}  // namespace relief::sprites
