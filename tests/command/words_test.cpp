#include "server/command/words.hpp"

#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::command {
namespace {

using ::testing::HasSubstr;

TEST(InPlainWords, TellPlaceSizeKindAndValues) {
    const auto words = in_plain_words(workspace::example_raster());

    EXPECT_THAT(words, HasSubstr("1000 x 800 cells, mask, WGS 84 / UTM zone 36N (EPSG:32636)"));
    EXPECT_THAT(words, HasSubstr("from 33.0000 E, 41.9000 N to 33.1200 E, 42.0000 N"));
    EXPECT_THAT(words, HasSubstr("zooms 5 to 14"));
    EXPECT_THAT(
        words,
        HasSubstr("32-bit float, \"Höhe\", values -3.2 to 812.5 m, no data NaN, 99.5 % data"));
    EXPECT_THAT(words, HasSubstr("band 2: 8-bit integer, no data at all"));
}

TEST(InPlainWords, SayWestSouthAndTheAntimeridian) {
    auto raster = workspace::example_raster();
    raster.bounds = {179, -19, -179, -17};

    const auto words = in_plain_words(raster);

    EXPECT_THAT(words, HasSubstr("from 179.0000 E, 19.0000 S to 179.0000 W, 17.0000 S"));
    EXPECT_THAT(words, HasSubstr("over the antimeridian"));
}

TEST(InPlainWords, SayHowAMaskIsKept) {
    auto raster = workspace::example_raster();
    raster.bands.resize(1);
    EXPECT_THAT(in_plain_words(raster), ::testing::Not(HasSubstr("are kept")));

    raster.bands.front().scale = 1.0 / 65534;

    EXPECT_THAT(in_plain_words(raster), HasSubstr("0 and 1 are kept as 0 and 65534 in 16 bits"));
}

TEST(InPlainWords, StopAtSixteenBands) {
    auto raster = workspace::example_raster();
    raster.bands.resize(200);

    EXPECT_THAT(in_plain_words(raster), HasSubstr("and 184 more bands"));
}

TEST(OneLine, NamesTheLayerAndItsLevel) {
    EXPECT_EQ(one_line(*workspace::example_layer("dem", Sensitivity::high)),
              "dem  \"Title of dem\"  mask, high");
}

TEST(OneLine, CountsObservationsAndTellsTheNewest) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.observations.push_back(layer.observations[0]);
    layer.observations[1].time = Instant{0};

    EXPECT_THAT(one_line(layer), HasSubstr("2 observations, newest 1970-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace relief::command
