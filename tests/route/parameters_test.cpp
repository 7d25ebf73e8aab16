#include "server/route/parameters.hpp"

#include "tests/route/example_requests.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relief::route {
namespace {

using ::testing::HasSubstr;

class Numbers : public ::testing::TestWithParam<std::pair<const char*, double>> {};
class NoNumbers : public ::testing::TestWithParam<const char*> {};

TEST_P(Numbers, AreReadAsPeopleWriteThem) {
    const auto number = parse_number("lon", GetParam().first);

    ASSERT_TRUE(number);
    EXPECT_EQ(*number, GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(Parameters,
                         Numbers,
                         ::testing::Values(std::pair{"0", 0.0},
                                           std::pair{"-0.5", -0.5},
                                           std::pair{"12.25", 12.25},
                                           std::pair{"180", 180.0},
                                           std::pair{"1e2", 100.0}));

TEST_P(NoNumbers, AreRefusedByNameAndValue) {
    const auto number = parse_number("lon", GetParam());

    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().fault, Fault::bad_request);
    EXPECT_THAT(number.error().what, HasSubstr("lon"));
    EXPECT_THAT(number.error().what, HasSubstr('"' + std::string(GetParam()) + '"'));
}

INSTANTIATE_TEST_SUITE_P(
    Parameters,
    NoNumbers,
    ::testing::Values("", " ", "1 ", " 1", "+1", "1,5", "0x10", "nan", "inf", "1e999", "ten"));

TEST(TileAddress, ReadsZoomColumnAndRow) {
    const auto address = parse_tile_address(tile_request("12", "2046", "1583"));

    ASSERT_TRUE(address);
    EXPECT_EQ(address->tile, *TileId::make({.zoom = 12, .column = 2046, .row = 1583}));
    EXPECT_EQ(address->side, 256);
}

TEST(TileAddress, AtTwiceHas512PixelsASide) {
    const auto address = parse_tile_address(tile_request("0", "0", "0@2x"));

    ASSERT_TRUE(address);
    EXPECT_EQ(address->side, 512);
}

TEST(TileAddress, ThatNamesNoTileDoesNotExist) {
    // 2^3 = 8 columns at zoom 3; 24 is the deepest zoom; 2^32 does not fit 32 bits.
    for (const auto& request : {tile_request("3", "8", "0"),
                                tile_request("3", "0", "8"),
                                tile_request("25", "0", "0"),
                                tile_request("3", "4294967296", "0")}) {
        const auto address = parse_tile_address(request);
        ASSERT_FALSE(address);
        EXPECT_EQ(address.error().fault, Fault::not_found);
    }
}

TEST(TileAddress, ThatIsNoNumberIsRefusedWithItsAxis) {
    const auto address = parse_tile_address(tile_request("3", "-1", "0"));

    ASSERT_FALSE(address);
    EXPECT_EQ(address.error().fault, Fault::bad_request);
    EXPECT_THAT(address.error().what, HasSubstr("tile x \"-1\""));
}

TEST(TileAddress, KnowsNoOtherScaleThanTwo) {
    for (const char* row : {"0@3x", "0@", "@2x", "", "0 ", "0.5"})
        EXPECT_FALSE(parse_tile_address(tile_request("0", "0", row))) << row;
}

TEST(Format, OfTheQueryOverrulesThatOfThePath) {
    auto request = tile_request("0", "0", "0");
    request.query = {{{"format", "webp"}}};

    EXPECT_EQ(*parse_format(request), encode::ImageFormat::webp);
}

TEST(Format, ThatIsNotOfferedNamesThoseThatAre) {
    auto request = tile_request("0", "0", "0");
    request.captures.back() = {"format", "mvt"};

    const auto format = parse_format(request);

    ASSERT_FALSE(format);
    EXPECT_EQ(format.error().fault, Fault::not_acceptable);
    EXPECT_THAT(format.error().what, HasSubstr("\"mvt\""));
    EXPECT_THAT(format.error().what, HasSubstr("png, webp, jpg and auto"));
}

TEST(Known, ListsThemWhenOneIsNot) {
    const auto checked = check_known(with_query({{"colourmap", "viridis"}}), {"colormap", "time"});

    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().fault, Fault::bad_request);
    EXPECT_THAT(checked.error().what, HasSubstr("\"colourmap\" (\"viridis\")"));
    EXPECT_THAT(checked.error().what, HasSubstr("colormap, time"));
}

TEST(Known, BandsAndRescaleMayBeGivenTwiceOthersNot) {
    const std::vector<std::string_view> known{"bands", "rescale", "time"};

    EXPECT_TRUE(check_known(with_query({{"rescale", "0,1"}, {"rescale", "0,2"}}), known));
    EXPECT_TRUE(check_known(with_query({{"bands", "1"}, {"bands", "2"}}), known));
    EXPECT_FALSE(check_known(with_query({{"time", "2024"}, {"time", "2025"}}), known));
}

TEST(Known, AQueryWithoutParametersIsFine) {
    EXPECT_TRUE(check_known(with_query({}), {}));
}

TEST(RasterWordsOfARequest, AreThoseOfDrawingInTheirOrder) {
    const auto words =
        raster_words(with_query({{"v", "1"}, {"rescale", "0,9"}, {"time", "2024"}, {"bidx", "2"}}));

    EXPECT_THAT(
        words.words,
        ::testing::ElementsAre(::testing::Pair("rescale", "0,9"), ::testing::Pair("bidx", "2")));
}

TEST(StyleParameter, HasOnlyTheDefault) {
    EXPECT_TRUE(check_style(with_query({})));
    EXPECT_TRUE(check_style(with_query({{"style", "default"}})));
    EXPECT_EQ(check_style(with_query({{"style", "heat"}})).error().fault, Fault::not_found);
}

TEST(CacheControl, IsImmutableOnlyWithTheCurrentVersion) {
    const auto layer = workspace::example_layer("dem", Sensitivity::low);
    const std::string immutable = "public, max-age=31536000, immutable";

    EXPECT_EQ(cache_control(with_query({{"v", layer_version(*layer)}}), *layer), immutable);
    EXPECT_NE(cache_control(with_query({{"v", "of before"}}), *layer), immutable);
    EXPECT_NE(cache_control(with_query({}), *layer), immutable);
}

TEST(LayerVersion, ChangesWithContentTimesAndStyleButNotWithWords) {
    const auto layer = workspace::example_layer("dem", Sensitivity::low);
    const std::string before = layer_version(*layer);
    auto titled = *layer;
    titled.title = "Another title";
    auto newer = *layer;
    newer.observations[0].version = {"v2"};
    auto timed = *layer;
    timed.observations[0].time = Instant{0};
    auto styled = *layer;
    styled.style_words = {{"colormap", "viridis"}};

    EXPECT_EQ(layer_version(titled), before);
    EXPECT_NE(layer_version(newer), before);
    EXPECT_NE(layer_version(timed), before);
    EXPECT_NE(layer_version(styled), before);
}

TEST(TileParameters, DescribeEveryDrawingWordThatIsRead) {
    const auto described = drawing_parameters();
    const auto says = [&](std::string_view name) {
        return std::any_of(described.begin(), described.end(), [&](const auto& parameter) {
            return parameter.name == name;
        });
    };

    for (const std::string_view name : style::raster_parameter_names())
        EXPECT_TRUE(says(name)) << name;
}

}  // namespace
}  // namespace relief::route
