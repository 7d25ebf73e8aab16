#include "tests/ingest/adding.hpp"
#include "tests/ingest/cog.hpp"
#include "tests/support/cube_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace relief::ingest {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(Add, NamesTheFileByItsContentAndRegistersIt) {
    const auto added = add(order_for(raster_of(1)));

    ASSERT_TRUE(added);
    EXPECT_THAT(added->observation.version.text, SizeIs(64));
    EXPECT_EQ(added->observation.file,
              (workspace() / "layers" / (added->observation.version.text + ".tif")).string());
    EXPECT_EQ(Cog(added->observation.file).layout(), "COG");
    ASSERT_THAT(layers(), SizeIs(1));
    EXPECT_EQ(layers()[0].newest().version, added->observation.version);
}

TEST_F(Add, AMaskHoldsTheCoveredFractionInItsOverviews) {
    testing::RasterRecipe recipe;
    recipe.width = 600;
    recipe.height = 600;
    recipe.nodata = 255;
    recipe.value = [](int, int column, int) { return column % 3 == 0 ? 1 : 0; };

    const auto added = add(order_for(testing::write_raster(folder(), "mask.tif", recipe)));

    ASSERT_TRUE(added);
    const Cog cog(added->observation.file);
    EXPECT_NEAR(cog.mean(0) * cog.band().GetScale(), 1.0 / 3, 0.01);
}

TEST_F(Add, TheSameContentTwiceIsStoredOnce) {
    ASSERT_TRUE(add(order_for(raster_of(1), *LayerName::make("one"))));
    ASSERT_TRUE(add(order_for(raster_of(1), *LayerName::make("one"))));
    ASSERT_TRUE(add(order_for(raster_of(1, "copy.tif"), *LayerName::make("two"))));

    EXPECT_THAT(stored_files(), SizeIs(1));
    EXPECT_THAT(layers(), SizeIs(2));
}

TEST_F(Add, NewContentUnderAnIdIsANewVersionAndTheOldFileGoes) {
    const auto before = add(order_for(raster_of(1)));
    const auto after = add(order_for(raster_of(9)));

    ASSERT_TRUE(before && after);
    EXPECT_NE(before->observation.version, after->observation.version);
    EXPECT_FALSE(fs::exists(before->observation.file));
    EXPECT_THAT(stored_files(), SizeIs(1));
    ASSERT_THAT(layers(), SizeIs(1));
    EXPECT_THAT(layers()[0].observations, SizeIs(1));
}

TEST_F(Add, TwoTimesAreTwoObservations) {
    auto later = order_for(raster_of(9, "later.tif"));
    later.time = parse_instant("2024-05-02")->first;
    auto earlier = order_for(raster_of(1));
    earlier.time = parse_instant("2024-05-01")->first;

    ASSERT_TRUE(add(later));
    ASSERT_TRUE(add(earlier));

    ASSERT_THAT(layers(), SizeIs(1));
    const auto all = layers()[0].observations;
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(*all[0].time, *earlier.time) << "ascending, whatever came first";
    EXPECT_EQ(*all[1].time, *later.time);
    EXPECT_THAT(stored_files(), SizeIs(2));
}

TEST_F(Add, ATimeForALayerWithoutTimesIsRefusedAndLeavesNothing) {
    ASSERT_TRUE(add(order_for(raster_of(1))));
    auto timed = order_for(raster_of(9));
    timed.time = parse_instant("2024-05-01")->first;

    const auto added = add(timed);

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().fault, Fault::conflict);
    EXPECT_THAT(layers()[0].observations, SizeIs(1));
    EXPECT_THAT(stored_files(), SizeIs(1)) << "the refused content is not kept";
}

TEST_F(Add, PartsOfAFileAreObservationsWithTheirOwnContent) {
    testing::CubeRecipe recipe;
    recipe.axes = testing::place_axes();
    recipe.axes.push_back({"time", {0, 6}, {{"units", "hours since 2024-01-01"}}});
    recipe.variables = {{"t2m", {"time", "lat", "lon"}, {{"units", "K"}}}};
    auto order = order_for(testing::write_cube(folder(), "cube.nc", recipe));
    const std::string dataset = order.file.string();
    order.parts = {{{dataset, 1, {}}, parse_instant("2024-01-01")->first},
                   {{dataset, 2, {}}, parse_instant("2024-01-01T06:00:00Z")->first}};

    const auto added = add(order);

    ASSERT_TRUE(added) << added.error().what;
    EXPECT_EQ(added->count, 2U);
    ASSERT_THAT(layers(), SizeIs(1));
    const auto all = layers()[0].observations;
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_NE(all[0].version, all[1].version);
    EXPECT_EQ(all[1].raster().bands.at(0).statistics->minimum, 48) << "the second 48 cells";
    EXPECT_EQ(all[1].raster().bands.at(0).unit, "K");
    EXPECT_EQ(all[1].raster().crs, "EPSG:4326") << "the file names no datum";
}

TEST_F(Add, OfPartsOneThatCannotBeReadKeepsAllOut) {
    auto order = order_for(raster_of(1));
    order.parts = {{{order.file.string(), 1, {}}, parse_instant("2024-01-01")->first},
                   {{order.file.string(), 7, {}}, parse_instant("2024-01-02")->first}};

    EXPECT_FALSE(add(order));

    EXPECT_THAT(layers(), IsEmpty());
    EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(Add, TheCheckOfTheConvertedRasterCanRefuse) {
    auto order = order_for(raster_of(1));
    order.check = [](const RasterDescription& raster) -> Result<void> {
        return raster.size.width == 64 ? Result<void>(bad_request("not this one")) : Result<void>();
    };

    const auto added = add(order);

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().what, "not this one");
    EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(Add, TakesItsIdFromTheFilesName) {
    auto order = order_for(raster_of(1, "Flood Extent 2024.tif"));
    order.id.reset();

    EXPECT_EQ(add(order)->layer.text(), "flood-extent-2024");
}

TEST_F(Add, ANameThatIsAnAddressIsRefusedWithAWayOut) {
    auto order = order_for(raster_of(1, "tiles.tif"));
    order.id.reset();

    const auto added = add(order);

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().fault, Fault::conflict);
    EXPECT_THAT(added.error().what, HasSubstr("--id"));
}

TEST_F(Add, StoppedByItsCallerLeavesNothing) {
    auto order = order_for(noise());
    order.progress = [](double) { return false; };

    const auto added = add(order);

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().fault, Fault::out_of_time);
    EXPECT_THAT(stored_files(), IsEmpty());
    EXPECT_THAT(layers(), IsEmpty());
}

TEST_F(Add, SweepsWhatAKilledOneLeftADayAgo) {
    const fs::path left = workspace() / "layers" / "incoming-left00";
    const fs::path living = workspace() / "layers" / "incoming-living";
    fs::create_directories(left);
    fs::create_directories(living);
    fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(25));

    ASSERT_TRUE(add(order_for(raster_of(1))));

    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(living));
}

}  // namespace
}  // namespace relief::ingest
