#include "tiler/ingest/inspect.hpp"

#include "tests/support/cube_fixture.hpp"
#include "tests/support/raster_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::ingest {
namespace {

std::string broken_file(const testing::TemporaryFolder& folder) {
    auto file = (folder.path() / "broken.tif").string();
    std::ofstream(file) << "no raster";
    return file;
}

std::string width_of(const Result<FileContent>& content) {
    if (!content) return "broken";
    return std::to_string(
        std::get<RasterDescription>(content->layers.at(0).slices.at(0).content).size.width);
}

testing::CubeRecipe cube_of_three() {
    testing::CubeRecipe recipe;
    recipe.axes = testing::place_axes();
    recipe.axes.push_back({"time", {0, 6}, {{"units", "hours since 2024-01-01"}}});
    recipe.axes.push_back({"level", {850, 500}, {{"units", "hPa"}}});
    recipe.variables = {
        {"t2m", {"time", "lat", "lon"}, {{"long_name", "2 metre temperature"}, {"units", "K"}}},
        {"q", {"level", "lat", "lon"}, {}},
        {"lsm", {"lat", "lon"}, {}}};
    return recipe;
}

TEST(InspectFiles, FindsALayerForEachVariableAndASliceForEachTime) {
    const testing::TemporaryFolder folder;
    const auto cube = testing::write_cube(folder, "cube.nc", cube_of_three());
    std::optional<FileContent> content;

    inspect_files(RELIEF_PROGRAM, {cube}, [&](std::size_t, Result<FileContent> found) {
        if (found) content = std::move(*found);
        return true;
    });

    ASSERT_TRUE(content);
    ASSERT_THAT(content->layers, ::testing::SizeIs(2));
    EXPECT_EQ(content->layers[0].variable, "t2m");
    EXPECT_EQ(content->layers[0].title, "2 metre temperature");
    ASSERT_THAT(content->layers[0].slices, ::testing::SizeIs(2));
    EXPECT_EQ(content->layers[0].slices[1].time, parse_instant("2024-01-01T06:00:00Z")->first);
    EXPECT_EQ(std::get<RasterDescription>(content->layers[0].slices[1].content)
                  .bands.at(0)
                  .statistics->minimum,
              48);
    EXPECT_EQ(content->layers[1].variable, "lsm");
    ASSERT_THAT(content->refused, ::testing::SizeIs(1)) << "the levels are not chosen here";
    EXPECT_THAT(content->refused[0].second, ::testing::HasSubstr("level: 850, 500 (hPa)"));
}

TEST(InspectFiles, GivesAStepWithBoundsItsPeriod) {
    const testing::TemporaryFolder folder;
    testing::CubeRecipe recipe = cube_of_three();
    recipe.axes[2].attributes["bounds"] = "time_bnds";
    recipe.axes.push_back({"nv", {0, 1}, {}});
    recipe.variables.push_back({"time_bnds", {"time", "nv"}, {}, [](std::size_t i) {
                                    const std::size_t step = i / 2 + i % 2;
                                    return static_cast<double>(step) * 6 - 3;
                                }});
    const auto cube = testing::write_cube(folder, "cube.nc", recipe);
    std::optional<FileContent> content;

    inspect_files(RELIEF_PROGRAM, {cube}, [&](std::size_t, Result<FileContent> found) {
        if (found) content = std::move(*found);
        return true;
    });

    ASSERT_TRUE(content);
    ASSERT_EQ(content->layers.at(0).slices.size(), 2U);
    ASSERT_TRUE(content->layers[0].slices[1].time);
    EXPECT_EQ(to_text(*content->layers[0].slices[1].time),
              "2024-01-01T03:00:00Z/2024-01-01T08:59:59.999Z");
}

TEST(InspectFiles, AnswersEachInOrderAndABrokenOneCostsOnlyItself) {
    const testing::TemporaryFolder folder;
    testing::RasterRecipe small;
    testing::RasterRecipe wide;
    wide.width = 96;
    std::vector<std::string> answers;

    inspect_files(RELIEF_PROGRAM,
                  {testing::write_raster(folder, "small.tif", small),
                   broken_file(folder),
                   testing::write_raster(folder, "wide.tif", wide)},
                  [&](std::size_t index, const Result<FileContent>& content) {
                      answers.push_back(std::to_string(index) + ": " + width_of(content));
                      return true;
                  });

    EXPECT_THAT(answers, ::testing::ElementsAre("0: 64", "1: broken", "2: 96"));
}

TEST(InspectFiles, OfNoneStartsNothing) {
    inspect_files("/nowhere/relief", {}, [](std::size_t, const Result<FileContent>&) {
        ADD_FAILURE() << "nobody asked";
        return true;
    });
}

TEST(InspectLayer, ANameWithALineBreakIsRefused) {
    EXPECT_FALSE(inspect_layer(RELIEF_PROGRAM, "/tmp/two\nlines.tif", {}));
    EXPECT_FALSE(inspect_variables(RELIEF_PROGRAM, "/tmp/two\nlines.nc"));
}

TEST(InspectLayer, AChildThatDiesIsAnError) {
    const auto raster = inspect_layer("/bin/false", "/tmp/any.tif", {});

    ASSERT_FALSE(raster);
    EXPECT_EQ(raster.error().fault, Fault::source_broken);
}

}  // namespace
}  // namespace relief::ingest
