#include "tiler/source/variables.hpp"

#include "tests/support/cube_fixture.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace relief::source {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A forecast: temperatures in time, humidity in time and level, land without either.
testing::CubeRecipe forecast_cube() {
    testing::CubeRecipe recipe;
    recipe.axes = testing::place_axes();
    recipe.axes.push_back(
        {"time", {12, 6, 0}, {{"units", "hours since 2024-01-01"}, {"calendar", "standard"}}});
    recipe.axes.push_back({"level", {850, 500}, {{"units", "hPa"}}});
    recipe.variables = {
        {"t2m", {"time", "lat", "lon"}, {{"long_name", "2 metre temperature"}, {"units", "K"}}},
        {"q", {"time", "level", "lat", "lon"}, {{"long_name", "humidity"}}},
        {"lsm", {"lat", "lon"}, {}}};
    return recipe;
}

class Variables : public ::testing::Test {
protected:
    Variables() { start_gdal(); }

    std::vector<Variable> listed(const testing::CubeRecipe& recipe) const {
        const auto path = testing::write_cube(folder_, "cube.nc", recipe);
        const auto variables = list_variables(path);
        EXPECT_TRUE(variables) << (variables ? "" : variables.error().what);
        return variables ? *variables : std::vector<Variable>{};
    }
    std::string refusal(const testing::CubeRecipe& recipe, const VariableWords& words) const {
        const auto chosen = choose_variable(listed(recipe), words);
        return chosen ? "" : chosen.error().what;
    }
    std::string path(const char* name) const { return (folder_.path() / name).string(); }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }

private:
    testing::TemporaryFolder folder_;
};

std::vector<std::string> times_in(const Variable& variable) {
    std::vector<std::string> times;
    for (const VariableSlice& slice : variable.slices)
        times.push_back(slice.time ? to_text(*slice.time) : "none");
    return times;
}

TEST_F(Variables, AreListedWithWhatTheyAreCalledAndDependOn) {
    const auto variables = listed(forecast_cube());

    ASSERT_THAT(variables, SizeIs(3));
    EXPECT_EQ(variables[0].name, "t2m");
    EXPECT_EQ(variables[0].title, "2 metre temperature");
    EXPECT_EQ(variables[0].unit, "K");
    EXPECT_THAT(variables[0].axes, IsEmpty());
    EXPECT_THAT(times_in(variables[0]),
                ElementsAre("2024-01-01T12:00:00Z", "2024-01-01T06:00:00Z", "2024-01-01T00:00:00Z"))
        << "as they lie in the file";
    ASSERT_THAT(variables[1].axes, SizeIs(1));
    EXPECT_EQ(variables[1].axes[0].name, "level");
    EXPECT_EQ(variables[1].axes[0].unit, "hPa");
    EXPECT_THAT(variables[1].axes[0].values, ElementsAre("850", "500"));
    EXPECT_THAT(variables[1].slices, SizeIs(6));
    EXPECT_THAT(times_in(variables[2]), ElementsAre("none"));
}

/// Begin and end of one day after the other.
double whole_days(std::size_t i) {
    const std::size_t day = i / 2 + i % 2;
    return static_cast<double>(day);
}

/// The rain of three days, measured at noon, and what the file says of the days.
testing::CubeRecipe daily_rain(std::function<double(std::size_t)> bounds) {
    testing::CubeRecipe recipe;
    recipe.axes = testing::place_axes();
    recipe.axes.push_back(
        {"time", {0.5, 1.5, 2.5}, {{"units", "days since 2024-02-28"}, {"bounds", "time_bnds"}}});
    recipe.axes.push_back({"nv", {0, 1}, {}});
    recipe.variables = {{"rain", {"time", "lat", "lon"}, {{"units", "mm"}}},
                        {"time_bnds", {"time", "nv"}, {}, std::move(bounds)}};
    return recipe;
}

TEST_F(Variables, AStepWithBoundsIsThePeriodBetweenThem) {
    const auto variables = listed(daily_rain(whole_days));

    ASSERT_THAT(variables, SizeIs(1)) << "bounds are no map";
    EXPECT_THAT(times_in(variables[0]), ElementsAre("2024-02-28", "2024-02-29", "2024-03-01"));
}

TEST_F(Variables, BoundsThatDoNotHoldTheirStepSayNothing) {
    const auto elsewhere = [](std::size_t i) { return static_cast<double>(7 + i); };
    const auto backwards = [](std::size_t i) { return whole_days(i ^ 1U); };
    for (const auto& bounds : {std::function<double(std::size_t)>(elsewhere),
                               std::function<double(std::size_t)>(backwards)}) {
        const auto variables = listed(daily_rain(bounds));

        ASSERT_THAT(variables, SizeIs(1));
        EXPECT_THAT(
            times_in(variables[0]),
            ElementsAre("2024-02-28T12:00:00Z", "2024-02-29T12:00:00Z", "2024-03-01T12:00:00Z"));
    }
}

TEST_F(Variables, AValueAtAPointOfTimeHoldsForTheMomentWhateverTheBounds) {
    auto recipe = daily_rain(whole_days);
    recipe.variables[0].attributes["cell_methods"] = "area: mean time: point";

    const auto variables = listed(recipe);

    ASSERT_THAT(variables, SizeIs(1));
    EXPECT_THAT(times_in(variables[0]), ::testing::Contains("2024-02-28T12:00:00Z"));
}

TEST_F(Variables, AFileWithSeveralNamesThemWhenNoneIsChosen) {
    EXPECT_EQ(refusal(forecast_cube(), {}),
              "it holds 3 variables: t2m, q, lsm; choose one with --variable NAME");
    EXPECT_EQ(refusal(forecast_cube(), {"rain", {}}),
              "it has no variable \"rain\"; it has: t2m, q, lsm");
}

TEST_F(Variables, OtherDimensionsAreChosenOrTheirValuesNamed) {
    EXPECT_EQ(refusal(forecast_cube(), {"q", {}}),
              "variable \"q\" has several values of level: 850, 500 (hPa); choose one with --at "
              "\"level=850\"");
    EXPECT_EQ(refusal(forecast_cube(), {"q", {{"level", "700"}}}),
              "its level has no value \"700\"; it has: 850, 500 (hPa)");
    EXPECT_THAT(refusal(forecast_cube(), {"q", {{"depth", "1"}}}),
                HasSubstr("no dimension \"depth\""));
}

TEST_F(Variables, TheChosenSlicesAreInTheOrderOfTimeAndOfTheirOwnBands) {
    const auto chosen = choose_variable(listed(forecast_cube()), {"q", {{"level", "500.0"}}});

    ASSERT_TRUE(chosen);
    EXPECT_THAT(
        times_in(*chosen),
        ElementsAre("2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z", "2024-01-01T12:00:00Z"));
    // Bands run through the levels first: 500 hPa is the second of each pair.
    EXPECT_EQ(chosen->slices[0].band, 6);
    EXPECT_EQ(chosen->slices[1].band, 4);
    EXPECT_EQ(chosen->slices[2].band, 2);
}

TEST_F(Variables, ASliceIsDescribedAlone) {
    const auto chosen = choose_variable(listed(forecast_cube()), {"t2m", {}});
    ASSERT_TRUE(chosen);

    const auto raster =
        describe({chosen->dataset, {"v"}, Trust::operated, chosen->slices[0].band}, {});

    ASSERT_TRUE(raster) << raster.error().what;
    ASSERT_THAT(raster->bands, SizeIs(1));
    EXPECT_EQ(raster->crs, "EPSG:4326") << "degrees without a datum";
    EXPECT_EQ(raster->bands[0].unit, "K");
    // 48 cells a step, numbered through the file; the last step is the earliest.
    EXPECT_EQ(raster->bands[0].statistics->minimum, 96);
    EXPECT_EQ(raster->bands[0].statistics->maximum, 143);
}

TEST_F(Variables, BoundsOfATimeAreNoMap) {
    auto recipe = forecast_cube();
    recipe.axes.push_back({"edge", {0, 1}, {}});
    recipe.axes[2].attributes["bounds"] = "time_bounds";
    recipe.variables.push_back({"time_bounds", {"time", "edge"}, {}});

    EXPECT_THAT(listed(recipe), SizeIs(3));
}

TEST_F(Variables, ACalendarOfOtherDatesIsRefusedByName) {
    auto recipe = forecast_cube();
    recipe.axes[2].attributes["calendar"] = "360_day";

    EXPECT_THAT(refusal(recipe, {"t2m", {}}), HasSubstr("360_day"));
    EXPECT_EQ(refusal(recipe, {"lsm", {}}), "") << "which has no time";
}

TEST_F(Variables, ATimeAxisThatNamesAMomentTwiceIsRefused) {
    auto recipe = forecast_cube();
    recipe.axes[2].values = {0, 6, 6};

    EXPECT_THAT(refusal(recipe, {"t2m", {}}), HasSubstr("twice"));
}

TEST_F(Variables, OfOneRasterThereAreNone) {
    auto recipe = forecast_cube();
    recipe.variables = {{"lsm", {"lat", "lon"}, {}}};

    EXPECT_THAT(listed(recipe), IsEmpty());
}

TEST_F(Variables, Hdf5ThatFollowsTheConventionsIsReadByThem) {
    const auto cube = testing::write_cube(folder(), "cube.nc", forecast_cube());
    std::filesystem::rename(cube, path("cube.h5"));

    const auto variables = list_variables(path("cube.h5"));

    ASSERT_TRUE(variables);
    ASSERT_THAT(*variables, SizeIs(3));
    EXPECT_THAT(times_in(variables->front()), SizeIs(3));
}

TEST_F(Variables, OfADamagedFileAreAnError) {
    std::ofstream(path("broken.nc")) << "CDF\x01 and nothing more";

    EXPECT_FALSE(list_variables(path("broken.nc")));
    EXPECT_TRUE(list_variables(path("absent.nc"))) << "other formats hold none";
}

TEST(NameWithin, IsOnlyThatOfAPartOfTheFile) {
    EXPECT_EQ(name_within("NETCDF:\"/a/b.nc\":t2m", "/a/b.nc"), "t2m");
    EXPECT_EQ(name_within("HDF4_EOS:EOS_GRID:/a/b.hdf:grid:ndvi", "/a/b.hdf"), "grid:ndvi");
    EXPECT_EQ(name_within("NETCDF:\"/etc/passwd\":/a/b.nc", "/a/b.nc"), std::nullopt);
    EXPECT_EQ(name_within("/vsicurl/http://h/a/b.nc:x", "/a/b.nc"), std::nullopt);
    EXPECT_EQ(name_within("NETCDF:\"/a/b.nc.other\":x", "/a/b.nc"), std::nullopt);
    EXPECT_EQ(name_within("NETCDF:\"/a/b.nc\":x", "/a/\"b.nc"), std::nullopt);
}

}  // namespace
}  // namespace relief::source
