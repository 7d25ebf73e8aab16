// Files of several variables and views, served in place.

#include "tests/journey/running_relief.hpp"
#include "tests/support/cube_fixture.hpp"
#include "tests/support/grib_fixture.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class ServedVariables : public Journey {
protected:
    ServedVariables() { std::filesystem::create_directory(served()); }

    std::filesystem::path served() const { return folder().path() / "served"; }
    void write_forecast() const {
        testing::CubeRecipe recipe;
        recipe.axes = testing::place_axes();
        recipe.axes.push_back({"time", {0, 6, 12}, {{"units", "hours since 2024-01-01"}}});
        recipe.axes.push_back({"level", {850, 500}, {{"units", "hPa"}}});
        recipe.variables = {{"t2m", {"time", "lat", "lon"}, {{"units", "K"}}},
                            {"lsm", {"lat", "lon"}, {}},
                            {"q", {"level", "lat", "lon"}, {}}};
        std::filesystem::rename(testing::write_cube(folder(), "Forecast.nc", recipe),
                                served() / "Forecast.nc");
    }
    static double value_at(const Answer& answer) {
        return Json::parse(answer.body)["values"][0]["value"].get<double>();
    }
};

TEST_F(ServedVariables, AreALayerEachWithItsTimesAsObservations) {
    write_forecast();
    const auto& server = serve({served().string()});

    EXPECT_THAT(server.layers(), ::testing::ElementsAre("forecast-lsm", "forecast-t2m"));
    EXPECT_EQ(server.json("/layers/forecast-t2m")["times"],
              (Json{"2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z", "2024-01-01T12:00:00Z"}));
    const auto problems = server.json("/layers?problems=1")["problems"];
    ASSERT_EQ(problems.size(), 1U) << "levels are not chosen in place";
    EXPECT_THAT(problems[0]["reason"].get<std::string>(),
                AllOf(HasSubstr("level: 850, 500 (hPa)"), HasSubstr("--at")));
}

TEST_F(ServedVariables, ShowTheSliceOfTheTimeThatIsAskedFor) {
    write_forecast();
    const auto& server = serve({served().string()});
    const std::string point = "/layers/forecast-t2m/point?lon=8.25&lat=46.25";

    // 48 cells a step, the first of each at this corner.
    EXPECT_EQ(value_at(server.get(point + "&time=2024-01-01T00:00:00Z")), 0);
    EXPECT_EQ(value_at(server.get(point + "&time=2024-01-01T06:00:00Z")), 48);
    EXPECT_EQ(value_at(server.get(point)), 96) << "the newest";
}

TEST_F(ServedVariables, AreVersionedApart) {
    write_forecast();
    const auto& server = serve({served().string()});
    const std::string tile_of_time = "/tiles/forecast-t2m/6/33/22.png?rescale=0,150&time=";

    const auto first = server.get(tile_of_time + "2024-01-01T00:00:00Z");
    const auto last = server.get(tile_of_time + "latest");

    EXPECT_EQ(first.status, 200);
    EXPECT_NE(first.header("etag"), last.header("etag"));
    EXPECT_EQ(last.header("x-relief-observed"), "2024-01-01T12:00:00Z");
    EXPECT_EQ(first.header("x-cache"), "MISS");
    EXPECT_EQ(last.header("x-cache"), "MISS");
}

TEST_F(ServedVariables, OfGribMessagesAreObservationsOfTheirHours) {
    std::filesystem::rename(
        testing::write_grib(folder(), "wind.grb2", {{0, 0, 0, 85'000, 10}, {0, 0, 6, 85'000, 20}}),
        served() / "wind.grb2");
    const auto& server = serve({served().string()});

    EXPECT_EQ(server.json("/layers/wind")["times"],
              (Json{"2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"}));
    const std::string point = "/layers/wind/point?lon=8.25&lat=46.25&time=";
    EXPECT_NEAR(value_at(server.get(point + "2024-01-01T00:00:00Z")), 10, 1e-4)
        << "by way of kelvins";
    EXPECT_NEAR(value_at(server.get(point + "latest")), 20, 1e-4);
    EXPECT_EQ(server.get("/tiles/wind/6/33/22.png").status, 200);
}

TEST_F(ServedVariables, OfGribMessagesAreAddedLevelByLevel) {
    const auto file = testing::write_grib(folder(),
                                          "levels.grb2",
                                          {{0, 0, 0, 85'000, 10},
                                           {0, 0, 0, 50'000, 20},
                                           {0, 0, 6, 85'000, 30},
                                           {0, 0, 6, 50'000, 40}});
    add({file, "--variable", "TMP", "--at", "level=50000-ISBL", "--id", "upper"});
    const auto& server = serve();

    const std::string point = "/layers/upper/point?lon=8.25&lat=46.25&time=";
    EXPECT_NEAR(value_at(server.get(point + "2024-01-01T00:00:00Z")), 20, 1e-3);
    EXPECT_NEAR(value_at(server.get(point + "2024-01-01T06:00:00Z")), 40, 1e-3);
}

class ServedViews : public ServedVariables {
protected:
    void write_view(const std::string& source, const std::string& name = "view.vrt") const {
        std::ofstream(served() / name)
            << R"(<VRTDataset rasterXSize="700" rasterYSize="600"><SRS>EPSG:4326</SRS>)"
            << "<GeoTransform>35,0.0001,0,33.8,0,-0.0001</GeoTransform>"
            << R"(<VRTRasterBand dataType="Float32" band="1"><SimpleSource>)"
            << R"(<SourceFilename relativeToVRT="1">)" << source << "</SourceFilename>"
            << "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>";
    }
};

TEST_F(ServedViews, ShowTheirSourcesAndChangeWithThem) {
    write("served/dem.tif", heights());
    write_view("dem.tif");
    const auto& server = serve({served().string()});
    const std::string tile_of_view = "/tiles/view/14/9786/6557.png?rescale=0,1300";
    const auto before = server.get(tile_of_view);
    EXPECT_EQ(before.status, 200);
    EXPECT_EQ(before.body, server.get("/tiles/dem/14/9786/6557.png?rescale=0,1300").body);

    auto recipe = heights();
    recipe.value = [](int, int, int) { return 1.0; };
    write("served/dem.new", recipe);
    std::filesystem::rename(served() / "dem.new", served() / "dem.tif");

    EXPECT_TRUE(eventually([&] {
        const auto now = server.get(tile_of_view);
        return now.status == 200 && now.header("etag") != before.header("etag");
    })) << "a view has the version of what it shows";
    const auto after = server.get("/layers/view/point?lon=35.01&lat=33.79");
    ASSERT_EQ(after.status, 200) << after.body;
    EXPECT_EQ(value_at(after), 1);
}

TEST_F(ServedViews, OfWhatIsNotThereOrNotAllowedAreProblemsAndNothingElse) {
    write("served/dem.tif", heights());
    write("outside.tif", heights());
    write_view("gone.tif", "gone.vrt");
    write_view("../outside.tif", "outside.vrt");
    write_view("/vsicurl/http://127.0.0.1:1/a.tif", "remote.vrt");
    const auto& server = serve({served().string()});

    EXPECT_THAT(server.layers(), ::testing::ElementsAre("dem"));
    const auto problems = server.json("/layers?problems=1")["problems"].dump();
    EXPECT_THAT(problems,
                AllOf(HasSubstr("gone.tif"), HasSubstr("`sources`"), HasSubstr("address")));
}

TEST_F(ServedViews, MayShowWhatTheConfigurationNames) {
    write("outside.tif", heights());
    write_view("../outside.tif", "outside.vrt");
    std::filesystem::create_directories(workspace());
    std::ofstream(workspace() / "relief.yaml") << "sources: [" << folder().path().string() << "]\n";

    EXPECT_THAT(serve({served().string()}).layers(), Contains("outside"));
}

}  // namespace
}  // namespace relief::journey
