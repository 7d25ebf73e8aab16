// Files that hold several rasters, and views, as they are inspected and added.

#include "tests/command/command_line.hpp"
#include "tests/support/cube_fixture.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace relief::command {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class VariablesOnTheCommandLine : public CommandLine {
protected:
    std::string cube(const std::string& calendar = "standard") const {
        testing::CubeRecipe recipe;
        recipe.axes = testing::place_axes();
        recipe.axes.push_back(
            {"time", {6, 0}, {{"units", "hours since 2024-01-01"}, {"calendar", calendar}}});
        recipe.axes.push_back({"level", {850, 500}, {{"units", "hPa"}}});
        recipe.variables = {{"t2m", {"time", "lat", "lon"}, {{"long_name", "2 metre temperature"}}},
                            {"q", {"time", "level", "lat", "lon"}, {}}};
        return testing::write_cube(cubes_, "Forecast.nc", recipe);
    }

private:
    testing::TemporaryFolder cubes_;
};

TEST_F(VariablesOnTheCommandLine, InspectNamesThemAndWhatToWrite) {
    const std::string file = cube();

    const auto said = relief({"inspect", file});

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output,
                AllOf(HasSubstr("t2m, \"2 metre temperature\"; 2 times, 2024-01-01T00:00:00Z to "
                                "2024-01-01T06:00:00Z"),
                      HasSubstr("level: 850, 500 (hPa)"),
                      HasSubstr("relief add " + file + " --variable q --at level=850")));
}

TEST_F(VariablesOnTheCommandLine, InspectTellsThemInJson) {
    const auto said = relief({"inspect", cube(), "--json"});

    const auto document = nlohmann::json::parse(said.output);
    ASSERT_EQ(document["variables"].size(), 2U);
    EXPECT_EQ(document["variables"][1]["dimensions"][0]["values"], (nlohmann::json{"850", "500"}));
    EXPECT_EQ(document["variables"][0]["times"].size(), 2U);
}

TEST_F(VariablesOnTheCommandLine, InspectDescribesTheOneThatIsNamed) {
    const auto said = relief({"inspect", cube(), "--variable", "q", "--at", "level=500"});

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, AllOf(HasSubstr("8 x 6 cells"), HasSubstr("2 times")));
}

TEST_F(VariablesOnTheCommandLine, AddWithoutAChoiceNamesThem) {
    const auto said = relief({"add", cube()});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("it holds 2 variables: t2m, q; choose one with --variable"));
    EXPECT_FALSE(std::filesystem::exists(workspace() / "relief.db"));
}

TEST_F(VariablesOnTheCommandLine, AddMakesALayerWithEachTimeAsAnObservation) {
    const auto said = relief({"add", cube(), "--variable", "t2m", "--json"});

    ASSERT_EQ(said.status, 0) << said.errors;
    const auto document = nlohmann::json::parse(said.output);
    EXPECT_EQ(document["id"], "forecast-t2m");
    EXPECT_EQ(document["title"], "Forecast: 2 metre temperature");
    EXPECT_EQ(document["times"], (nlohmann::json{"2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"}));
}

TEST_F(VariablesOnTheCommandLine, AddAtALevelNamesTheLayerAfterIt) {
    expect_one_line(relief({"add", cube(), "--variable", "q"}));

    const auto said = relief({"add", cube(), "--variable", "q", "--at", "level=500", "--json"});

    ASSERT_EQ(said.status, 0) << said.errors;
    EXPECT_EQ(nlohmann::json::parse(said.output)["id"], "forecast-q-500");
}

TEST_F(VariablesOnTheCommandLine, ATimeForWhatHasItsOwnIsRefused) {
    const auto said = relief({"add", cube(), "--variable", "t2m", "--time", "2024-05-01"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("2 times of its own"));
}

TEST_F(VariablesOnTheCommandLine, ACalendarOfOtherDatesIsNeverAWrongDate) {
    const auto said = relief({"add", cube("360_day"), "--variable", "t2m"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("360_day"));
}

TEST_F(VariablesOnTheCommandLine, AVariableOfAPlainRasterIsRefused) {
    const auto said = relief({"add", raster(), "--variable", "t2m"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("it has no variables"));
}

class ViewsOnTheCommandLine : public CommandLine {
protected:
    /// A view of one file, 64 x 64 cells.
    std::string view_of(const std::string& source, const std::string& extra = {}) const {
        std::string path = file("view.vrt");
        std::ofstream(path)
            << R"(<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>EPSG:32636</SRS>)"
            << "<GeoTransform>700000,10,0,3740000,0,-10</GeoTransform>"
            << R"(<VRTRasterBand dataType="Float32" band="1">)" << extra << "<SimpleSource>"
            << R"(<SourceFilename relativeToVRT="1">)" << source << "</SourceFilename>"
            << "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>";
        return path;
    }
};

TEST_F(ViewsOnTheCommandLine, AreInspectedAndAddedWithTheirSources) {
    raster("dem.tif");
    const std::string view = view_of("dem.tif");

    EXPECT_EQ(relief({"inspect", view}).status, 0);
    const auto said = relief({"add", view, "--json"});

    ASSERT_EQ(said.status, 0) << said.errors;
    EXPECT_EQ(nlohmann::json::parse(said.output)["id"], "view");
}

TEST_F(ViewsOnTheCommandLine, WithoutASourceSayWhichOne) {
    const auto said = relief({"add", view_of("gone.tif")});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("\"gone.tif\" is not there"));
    expect_one_line(relief({"inspect", view_of("gone.tif")}));
}

TEST_F(ViewsOnTheCommandLine, ThatRunCodeAreRefused) {
    raster("dem.tif");

    const auto said = relief(
        {"add", view_of("dem.tif", "<PixelFunctionLanguage>Python</PixelFunctionLanguage>")});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("Python"));
}

TEST_F(ViewsOnTheCommandLine, AreRefusedUnderAnotherName) {
    raster("dem.tif");
    std::filesystem::rename(view_of("dem.tif"), file("view.tif"));

    expect_one_line(relief({"add", file("view.tif")}));
}

}  // namespace
}  // namespace relief::command
