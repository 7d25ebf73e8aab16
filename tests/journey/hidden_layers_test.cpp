// A layer above "low" answers exactly as one that does not exist.

#include "tests/journey/running_relief.hpp"

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The same words for both names, so that nothing but the name can differ.
std::string with_name(std::string text, const std::string& name) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
        text.replace(at, name.size(), "NAME");
    return text;
}

class HiddenLayers : public Journey {
protected:
    HiddenLayers() {
        add({write("dem.tif", heights())});
        add({write("shelters.tif", heights()), "--sensitivity", "high"});
    }
};

TEST_F(HiddenLayers, AnswerExactlyAsAbsentOnes) {
    const auto& server = serve();

    for (const char* target : {"/layers/NAME",
                               "/layers/NAME/statistics",
                               "/layers/NAME/legend.png",
                               "/layers/NAME/legend.json",
                               "/layers/NAME/legend.bmp",
                               "/layers/NAME/preview.png",
                               "/layers/NAME/style.json",
                               "/layers/NAME/style.json?style=flood",
                               "/layers/NAME/point?lon=35.035&lat=33.77",
                               "/layers/NAME/point?lon=here",
                               "/tiles/NAME/14/9786/6557.png",
                               "/tiles/NAME/14/9786/6557@2x.webp",
                               "/tiles/NAME/14/9786/6557.bmp",
                               "/tiles/NAME/99/0/0.png",
                               "/tiles/NAME/14/9786/6557.png?bands=9",
                               "/tiles/NAME/14/9786/6557.png?time=2024",
                               "/tiles/NAME/14/9786/6557.png?style=heat",
                               "/tiles/NAME/14/9786/6557/point?lon=35.035&lat=33.77",
                               "/tiles/NAME/tilejson.json",
                               "/NAME.json"}) {
        const auto ask = [&](const std::string& name) {
            std::string words = target;
            return server.get(words.replace(words.find("NAME"), 4, name));
        };
        const auto hidden = ask("shelters");
        const auto absent = ask("nowhere1");

        EXPECT_GE(hidden.status, 400) << target;
        EXPECT_EQ(hidden.status, absent.status) << target;
        EXPECT_EQ(with_name(hidden.body, "shelters"), with_name(absent.body, "nowhere1")) << target;
        for (const char* name :
             {"etag", "cache-control", "content-type", "x-cache", "last-modified"})
            EXPECT_EQ(hidden.header(name), absent.header(name)) << target << ' ' << name;
    }
}

TEST_F(HiddenLayers, AreInNoListAndInNoMetric) {
    const auto& server = serve();
    server.get("/tiles/shelters/14/9786/6557.png");

    EXPECT_EQ(server.layers(), std::vector<std::string>{"dem"});
    for (const char* target : {"/layers", "/openapi.json", "/metrics"})
        EXPECT_THAT(server.get(target).body, Not(HasSubstr("shelters"))) << target;
}

TEST_F(HiddenLayers, DoNotEvenChangeTheValidatorOfTheList) {
    const auto& server = serve();
    const auto before = server.get("/layers").header("etag");

    remove("shelters");
    add({write("other.tif", heights())});
    ASSERT_TRUE(eventually([&] { return server.shows("other"); }));
    remove("other");
    ASSERT_TRUE(eventually([&] { return !server.shows("other"); }));

    EXPECT_EQ(server.get("/layers").header("etag"), before);
}

TEST_F(HiddenLayers, AreHiddenBySettingAndReloadWithoutARestart) {
    auto& server = serve();
    ASSERT_TRUE(server.shows("dem"));

    std::ofstream(workspace() / "relief.yaml") << "layers:\n  dem:\n    sensitivity: severe\n";
    server.program().signal(SIGHUP);

    EXPECT_TRUE(eventually([&] { return !server.shows("dem"); }));
    EXPECT_EQ(server.get(tile).status, 404) << "cached or not";
}

}  // namespace
}  // namespace relief::journey
