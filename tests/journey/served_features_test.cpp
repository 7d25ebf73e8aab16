// Features in a folder that is served as it is.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>
#include <string>

namespace relief::journey {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds indexing_time{30};
constexpr const char* near_mocha = "/14/9786/6557.mvt";

class ServedFeatures : public Journey {
protected:
    fs::path served() const {
        fs::create_directories(folder().path() / "served");
        return folder().path() / "served";
    }
    /// At once, as a careful writer does.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name first, as everywhere
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(folder().path() / "being-written") << text;
        fs::rename(folder().path() / "being-written", served() / name);
    }
    static std::string camp(const std::string& name) {
        return R"({"type":"Feature","properties":{"name":")" + name +
               R"("},"geometry":{"type":"Point","coordinates":[35.035,33.77]}})";
    }
    static std::string placemarks(const std::string& folder_name, const std::string& place) {
        return "<Folder><name>" + folder_name + "</name><Placemark><name>a</name><Point>" +
               "<coordinates>" + place + "</coordinates></Point></Placemark></Folder>";
    }
};

TEST_F(ServedFeatures, AreLayersBesideTheRasters) {
    put("camps.geojson", camp("north"));
    fs::rename(write("dem", heights()), served() / "dem.tif");
    const auto& server = serve({served().string()});

    ASSERT_TRUE(eventually([&] { return server.shows("camps"); }, indexing_time));

    EXPECT_TRUE(server.shows("dem"));
    EXPECT_EQ(server.json("/layers/camps")["kind"], "vector");
    EXPECT_THAT(server.get(std::string("/tiles/camps") + near_mocha).body, HasSubstr("north"));
    EXPECT_EQ(std::distance(fs::directory_iterator(served()), {}), 2) << "nothing is written there";
}

TEST_F(ServedFeatures, ShowWhatTheFileHoldsNow) {
    put("camps.geojson", camp("north"));
    const auto& server = serve({served().string()});
    ASSERT_TRUE(eventually([&] { return server.shows("camps"); }, indexing_time));
    const std::string address = std::string("/tiles/camps") + near_mocha;
    const auto holds = [&](const char* name) {
        return server.get(address).body.find(name) != std::string::npos;
    };
    ASSERT_TRUE(holds("north"));

    put("camps.geojson", camp("south"));

    EXPECT_TRUE(eventually([&] { return holds("south"); }, indexing_time));
    EXPECT_FALSE(holds("north"));
    fs::remove(served() / "camps.geojson");
    EXPECT_TRUE(eventually([&] { return !server.shows("camps"); }, indexing_time));
}

TEST_F(ServedFeatures, OfAFileWithSeveralLayersAreALayerEach) {
    put("plan.kml",
        R"(<kml xmlns="http://www.opengis.net/kml/2.2"><Document>)" +
            placemarks("wells", "35.03,33.7") + placemarks("camps", "35.04,33.8") +
            "</Document></kml>");
    const auto& server = serve({served().string()});

    EXPECT_TRUE(eventually([&] { return server.shows("plan-wells"); }, indexing_time));
    EXPECT_TRUE(eventually([&] { return server.shows("plan-camps"); }, indexing_time));
}

TEST_F(ServedFeatures, ThatCannotBeReadCostTheirOwnFileAndNoMore) {
    put("broken.geojson", R"({"type":"FeatureCollection","features":[)");
    put("prices.csv", "item,price\nbread,2\n");
    put("camps.geojson", camp("north"));
    const auto& server = serve({served().string()});

    EXPECT_TRUE(eventually([&] { return server.shows("camps"); }, indexing_time));

    std::set<std::string> subjects;
    const auto document = server.json("/layers?problems=1");
    for (const auto& problem : document["problems"]) {
        subjects.insert(problem["subject"].get<std::string>());
        EXPECT_THAT(problem["reason"].get<std::string>(), Not(HasSubstr(served().string())));
    }
    EXPECT_EQ(subjects, (std::set<std::string>{"broken.geojson", "prices.csv"}));
}

}  // namespace
}  // namespace relief::journey
