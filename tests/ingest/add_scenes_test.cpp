#include "tiler/ingest/add_scenes.hpp"

#include "tests/ingest/adding.hpp"
#include "tests/ingest/cog.hpp"
#include "tiler/workspace/mosaic_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace relief::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AddScenes : public Add {
protected:
    /// 64 × 64 cells of 10 m, `place` scenes' widths east of the first, all of one value.
    std::string scene_at(int place, const std::string& name, double value = 100) const {
        testing::RasterRecipe recipe;
        recipe.transform[0] += place * 640.0;
        recipe.value = [value, place](int, int column, int) { return value + place + column % 2; };
        return testing::write_raster(folder(), name + ".tif", recipe);
    }
    AddScenesOrder order_of(const std::vector<std::string>& files) const {
        AddScenesOrder order;
        order.layer = order_for("", *LayerName::make("swath"));
        for (const std::string& file : files)
            order.scenes.push_back({file, fs::path(file).stem().string(), false, {}, {}, {}});
        return order;
    }
    std::shared_ptr<const workspace::Mosaic> mosaic() const {
        const auto all = layers();
        return all.empty() ? nullptr : all[0].newest().mosaic;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> result;
        const auto shown = mosaic();
        for (const auto& scene : shown->scenes()) result.push_back(scene.name);
        return result;
    }
    std::size_t waiting() const {
        std::size_t count = 0;
        const auto store = workspace::MosaicStore::open(workspace());
        const auto scenes = *store->scenes(*LayerName::make("swath"));
        for (const auto& row : scenes.rows) count += row.shown ? 0 : 1;
        return count;
    }
};

TEST_F(AddScenes, MakesOneLayerOfManyFiles) {
    const auto added = add_scenes(order_of({scene_at(0, "a"), scene_at(1, "b"), scene_at(2, "c")}));

    ASSERT_TRUE(added) << added.error().what << added.error().detail;
    EXPECT_EQ(added->added, 3U);
    ASSERT_THAT(layers(), SizeIs(1));
    ASSERT_TRUE(mosaic());
    EXPECT_THAT(mosaic()->scenes(), SizeIs(3));
    EXPECT_EQ(added->observation.version, layers()[0].newest().version);
    EXPECT_THAT(stored_files(), SizeIs(4)) << "three scenes and their overview";
}

TEST_F(AddScenes, DrawsAnOverviewOfAllOnTheWebMercatorGrid) {
    ASSERT_TRUE(add_scenes(order_of({scene_at(0, "a"), scene_at(1, "b")})));

    const auto observation = layers()[0].newest();

    EXPECT_EQ(Cog(observation.file).layout(), "COG");
    EXPECT_EQ(observation.raster().crs, "EPSG:3857");
    EXPECT_EQ(observation.raster().maximum_zoom, mosaic()->scenes()[0].maximum_zoom);
    ASSERT_TRUE(observation.raster().bands[0].statistics);
    EXPECT_NEAR(observation.raster().bands[0].statistics->minimum, 100, 1);
    EXPECT_NEAR(observation.raster().bands[0].statistics->maximum, 102, 1);
    // 64 cells of 10 m at 33.8 N are 0.0069 of a degree of longitude.
    EXPECT_NEAR(
        observation.raster().bounds.east - observation.raster().bounds.west, 2 * 0.0069, 0.001);
}

TEST_F(AddScenes, TheSameContentTwiceIsOneScene) {
    const auto file = scene_at(0, "a");
    fs::copy_file(file, folder().path() / "copy.tif");

    const auto once =
        add_scenes(order_of({file, (folder().path() / "copy.tif").string(), scene_at(1, "b")}));
    const auto again = add_scenes(order_of({file}));

    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->added, 2U);
    EXPECT_EQ(again->added, 0U);
    EXPECT_EQ(again->known, 1U);
    EXPECT_THAT(mosaic()->scenes(), SizeIs(2));
    EXPECT_EQ(once->observation.version, again->observation.version);
    EXPECT_THAT(stored_files(), SizeIs(3));
}

TEST_F(AddScenes, MoreScenesExtendTheMosaicAndTheOldOverviewGoes) {
    ASSERT_TRUE(add_scenes(order_of({scene_at(0, "a")})));
    const auto before = layers()[0].newest();

    ASSERT_TRUE(add_scenes(order_of({scene_at(1, "b")})));

    EXPECT_THAT(mosaic()->scenes(), SizeIs(2));
    EXPECT_NE(layers()[0].newest().version, before.version);
    EXPECT_FALSE(fs::exists(before.file));
    EXPECT_THAT(stored_files(), SizeIs(3));
}

TEST_F(AddScenes, OfOneNameAreToldApart) {
    auto order = order_of({scene_at(0, "a"), scene_at(1, "b")});
    order.scenes[1].name = "a";

    ASSERT_TRUE(add_scenes(order));

    const auto second = mosaic()->scenes()[0].name == "a" ? 1 : 0;
    EXPECT_THAT(names()[static_cast<std::size_t>(second)], HasSubstr("a-"));
}

TEST_F(AddScenes, ANewVersionOfAnItemTakesItsPlace) {
    auto first = order_of({scene_at(0, "a")});
    first.scenes[0].replaces = true;
    ASSERT_TRUE(add_scenes(first));
    auto second = order_of({scene_at(0, "a", 7)});
    second.scenes[0].replaces = true;

    ASSERT_TRUE(add_scenes(second));

    EXPECT_THAT(names(), ElementsAre("a"));
    EXPECT_THAT(stored_files(), SizeIs(2)) << "the earlier version's file is gone";
}

TEST_F(AddScenes, OneThatCannotBeReadIsToldAndLeftOut) {
    std::ofstream(folder().path() / "broken.tif") << "no raster";
    auto order = order_of({scene_at(0, "a"),
                           (folder().path() / "broken.tif").string(),
                           (folder().path() / "none.tif").string()});
    std::vector<std::string> told;
    order.refused = [&](const SceneFile& scene, const Error&) { told.push_back(scene.name); };

    const auto added = add_scenes(order);

    ASSERT_TRUE(added);
    EXPECT_EQ(added->refused, 2U);
    EXPECT_THAT(told, ElementsAre("broken", "none"));
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(AddScenes, WhenNoneCanBeReadThereIsNoMosaic) {
    const auto added = add_scenes(order_of({(folder().path() / "none.tif").string()}));

    ASSERT_FALSE(added);
    EXPECT_THAT(layers(), IsEmpty());
    EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(AddScenes, StoppedLeaveTheMosaicAsItWasAndGoOnWhereTheyEnded) {
    ASSERT_TRUE(add_scenes(order_of({scene_at(0, "a")})));
    const auto before = layers()[0].newest().version;
    auto order = order_of({scene_at(1, "b"), scene_at(2, "c"), scene_at(3, "d")});
    // Two of the three are kept when 85 % × 2 ÷ 3 is passed.
    order.layer.progress = [](double share) { return share < 0.6; };

    const auto stopped = add_scenes(order);

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::out_of_time);
    EXPECT_EQ(layers()[0].newest().version, before);
    EXPECT_GE(waiting(), 1U);

    order.layer.progress = nullptr;
    const auto added = add_scenes(order);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->added, 3U);
    EXPECT_THAT(mosaic()->scenes(), SizeIs(4));
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(AddScenes, OfOtherBandsAndTypesAreOneMosaic) {
    testing::RasterRecipe colour;
    colour.bands = 3;
    colour.type = GDT_UInt16;
    colour.transform[0] += 640;
    colour.value = [](int band, int column, int) { return 1000 * band + column; };
    auto order = order_of({scene_at(0, "a"), testing::write_raster(folder(), "rgb.tif", colour)});
    order.layer.kind = RasterKind::continuous;

    const auto added = add_scenes(order);

    ASSERT_TRUE(added) << added.error().what;
    ASSERT_THAT(added->observation.raster().bands, SizeIs(3));
    EXPECT_EQ(added->observation.raster().bands[0].type, ValueType::u16);
    EXPECT_EQ(mosaic()->pyramid().bands, 3) << "of two that are as frequent, the more";
    EXPECT_TRUE(mosaic()->pyramid_suffices(2));
    EXPECT_FALSE(mosaic()->pyramid_suffices(1)) << "which a scene has that is not in the overview";
    EXPECT_TRUE(added->observation.raster().bands[2].statistics);
}

TEST_F(AddScenes, HaveTheOutlineOfTheirDataNotOfTheirBox) {
    testing::RasterRecipe triangle;
    triangle.width = triangle.height = 200;
    triangle.nodata = 0;
    triangle.value = [](int, int column, int row) { return column + row < 200 ? 9.0 : 0.0; };
    ASSERT_TRUE(add_scenes(order_of({testing::write_raster(folder(), "t.tif", triangle)})));

    const auto scene = mosaic()->scenes()[0];

    const auto box = geo::plane_box_of(scene.footprint);
    const auto at = [&](double x, double y) {
        return LonLat{box.west + x * (box.east - box.west),
                      box.south + y * (box.north - box.south)};
    };
    EXPECT_TRUE(geo::contains(scene.footprint, at(0.3, 0.8)));
    EXPECT_FALSE(geo::contains(scene.footprint, at(0.7, 0.2))) << "the south-eastern half is empty";
    EXPECT_LT(scene.footprint.points.size(), 10U);
}

TEST_F(AddScenes, OverTheAntimeridianAreOnePieceWithTheirNeighbours) {
    testing::RasterRecipe west;  // UTM zone 60S around 179.9 E
    west.crs = "EPSG:32760";
    west.transform = {806000, 100, 0, 8000000, 0, -100};
    west.width = west.height = 200;
    testing::RasterRecipe east = west;  // zone 1S around 179.9 W
    east.crs = "EPSG:32701";
    east.transform[0] = 174000;
    const auto added = add_scenes(order_of({testing::write_raster(folder(), "w.tif", west),
                                            testing::write_raster(folder(), "e.tif", east)}));

    ASSERT_TRUE(added) << added.error().what;
    const auto& bounds = added->observation.raster().bounds;
    EXPECT_GT(bounds.west, 179);
    EXPECT_LT(bounds.east, -179);
}

TEST_F(AddScenes, DoNotTakeTheNameOfAnotherLayer) {
    ASSERT_TRUE(add(order_for(raster_of(1), *LayerName::make("swath"))));

    const auto added = add_scenes(order_of({scene_at(0, "a")}));

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().fault, Fault::conflict);
    EXPECT_THAT(stored_files(), SizeIs(1));
}

}  // namespace
}  // namespace relief::ingest
