#include "tiler/style/default_bands.hpp"

#include "tests/style/rasters.hpp"
#include "tiler/style/raster_style.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relief::style {
namespace {

using Why = BandChoice::Why;
using Numbers = std::vector<int>;

RasterDescription pictured(const std::vector<std::string>& titles) {
    std::vector<BandDescription> bands;
    for (const auto& title : titles) {
        bands.push_back(band_of(ValueType::u16, {0, 3000}));
        bands.back().title = title;
    }
    return raster_of(RasterKind::imagery, bands);
}

void colour(RasterDescription& raster, const std::vector<BandRole>& roles) {
    for (std::size_t i = 0; i < roles.size(); ++i) raster.bands.at(i).role = roles[i];
}

TEST(DefaultBands, OfSentinel2AreRedGreenAndBlueByTheirNames) {
    // data/orihuela_s2_b2_3_4_8_11_12.tif: B12 tells the sensor.
    const auto raster = pictured({"B2", "B3", "B4", "B8", "B11", "B12"});

    EXPECT_EQ(default_bands(raster).bands, (Numbers{3, 2, 1}));
    EXPECT_EQ(default_bands(raster).why, Why::titles);
    EXPECT_EQ(style_of({}, raster)->bands, (Numbers{3, 2, 1}));
}

TEST(DefaultBands, OfBareTwoThreeFourAreThoseOfSentinel2AndLandsat8) {
    for (const auto& titles : {std::vector<std::string>{"B2", "B3", "B4"},
                               {"B02 (490 nm)", "B03 (560 nm)", "B04 (665 nm)"},
                               {"SR_B2", "SR_B3", "SR_B4", "SR_B5"}}) {
        EXPECT_EQ(default_bands(pictured(titles)).bands, (Numbers{3, 2, 1})) << titles[0];
        EXPECT_EQ(default_bands(pictured(titles)).why, Why::numbers) << titles[0];
    }
}

TEST(DefaultBands, GoByNamesBeforeTheColoursThatAWriterGaveTheFirstThree) {
    auto raster = pictured({"B2", "B3", "B4"});
    colour(raster, {BandRole::red, BandRole::green, BandRole::blue});

    EXPECT_EQ(default_bands(raster).bands, (Numbers{3, 2, 1}));
}

TEST(DefaultBands, GoByWordsInAnyOrder) {
    const auto choice = default_bands(pictured({"nir", "Blue", "Red Edge", "green", "Red"}));

    EXPECT_EQ(choice.bands, (Numbers{5, 4, 2}));
    EXPECT_EQ(choice.why, Why::titles);
}

TEST(DefaultBands, GoByColoursWhereNothingIsNamed) {
    auto raster = pictured({"", "", "", ""});
    colour(raster, {BandRole::blue, BandRole::green, BandRole::red, BandRole::other});

    EXPECT_EQ(default_bands(raster).bands, (Numbers{3, 2, 1}));
    EXPECT_EQ(default_bands(raster).why, Why::roles);
}

TEST(DefaultBands, AreTheFirstThreeWhereNothingIsKnown) {
    for (const auto& titles : {std::vector<std::string>{"", "", "", ""},
                               {"B1", "B2", "B3", "B4"},
                               {"swir1", "nir", "red", "green"}}) {
        EXPECT_EQ(default_bands(pictured(titles)).bands, (Numbers{1, 2, 3})) << titles[0];
        EXPECT_EQ(default_bands(pictured(titles)).why, Why::unknown) << titles[0];
    }
}

TEST(DefaultBands, AreOneForWhatIsNoPicture) {
    auto raster = pictured({"B2", "B3", "B4"});
    raster.kind = RasterKind::categorical;
    auto two = pictured({"grey", ""});
    colour(two, {BandRole::grey, BandRole::alpha});

    EXPECT_EQ(default_bands(raster).bands, Numbers{1});
    EXPECT_EQ(default_bands(two).bands, Numbers{1});
}

TEST(DefaultBands, NeverShowAnAlphaBand) {
    auto raster = pictured({"", "", "", ""});
    colour(raster, {BandRole::alpha, BandRole::other, BandRole::other, BandRole::other});

    EXPECT_EQ(default_bands(raster).bands, (Numbers{2, 3, 4}));
}

}  // namespace
}  // namespace relief::style
