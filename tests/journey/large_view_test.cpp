// A view (VRT) of a million by a million cells, served as it is.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// 30 W to 70 E and 60 N to 40 S in cells of 0.0001°; a few real rasters lie in it, far apart.
class LargeView : public Journey {
protected:
    LargeView() {
        std::filesystem::create_directory(folder().path() / "sources");
        std::ofstream view(file());
        view << R"(<VRTDataset rasterXSize="1000000" rasterYSize="1000000"><SRS>EPSG:4326</SRS>)"
             << "<GeoTransform>-30,0.0001,0,60,0,-0.0001</GeoTransform>"
             << R"(<VRTRasterBand dataType="Float32" band="1"><NoDataValue>-9999</NoDataValue>)";
        for (int i = 0; i < 3; ++i) {
            auto recipe = heights();
            recipe.transform[0] += 5 * i;
            const std::string name = "sources/dem" + std::to_string(i) + ".tif";
            write(name, recipe);
            view << R"(<ComplexSource><SourceFilename relativeToVRT="1">)" << name
                 << "</SourceFilename><SourceBand>1</SourceBand>"
                 << R"(<SrcRect xOff="0" yOff="0" xSize="700" ySize="600"/>)"
                 << "<DstRect xOff=\"" << 650'000 + 50'000 * i
                 << R"(" yOff="262000" xSize="700" ySize="600"/></ComplexSource>)";
        }
        view << "</VRTRasterBand></VRTDataset>";
    }
    std::string file() const { return (folder().path() / "big.vrt").string(); }

    /// The answer, which must come within the time that an interactive map bears.
    static Answer in_time(const RunningRelief& server, const std::string& address) {
        const auto begin = std::chrono::steady_clock::now();
        Answer answer = server.get(address);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << address;
        return answer;
    }
    static double resident_bytes(const RunningRelief& server) {
        const std::string text = server.get("/metrics").body;
        const std::string name = "\nprocess_resident_memory_bytes ";
        const std::size_t found = text.find(name);
        return found == std::string::npos ? 0 : std::stod(text.substr(found + name.size()));
    }
};

TEST_F(LargeView, IsDrawnWhereItsSourcesAreAndRefusedWhereATileWouldReadTooMuch) {
    const auto& server = serve({file()});
    ASSERT_THAT(server.layers(), ElementsAre("big"));

    // Inside a source, between two of them, and over half the world.
    const auto near = in_time(server, "/tiles/big/14/9786/6557.png?rescale=0,1300");
    const auto between = in_time(server, "/tiles/big/14/9900/6557.png?rescale=0,1300");
    const auto far = in_time(server, "/tiles/big/2/2/1.png?rescale=0,1300");

    EXPECT_EQ(near.status, 200) << near.body;
    EXPECT_EQ(near.header("x-relief-empty"), "");
    EXPECT_EQ(between.status, 200);
    EXPECT_EQ(between.header("x-relief-empty"), "1");
    EXPECT_GE(far.status, 400);
    EXPECT_THAT(far.body,
                AllOf(HasSubstr("million cells"), HasSubstr("overviews"), HasSubstr("relief add")));
    EXPECT_LT(resident_bytes(server), 400e6);
}

TEST_F(LargeView, HasTheValuesOfItsSources) {
    const auto& server = serve({file()});

    const auto point = in_time(server, "/layers/big/point?lon=40.01005&lat=33.79005");
    const auto nothing = in_time(server, "/layers/big/point?lon=0&lat=0");

    ASSERT_EQ(point.status, 200) << point.body;
    // 100 columns and 99 rows from the corner of the second source: heights() is their sum.
    EXPECT_EQ(Json::parse(point.body)["values"][0]["value"].get<double>(), 199);
    EXPECT_TRUE(Json::parse(nothing.body)["values"][0]["value"].is_null());
}

}  // namespace
}  // namespace relief::journey
