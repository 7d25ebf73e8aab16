// A layer that does harm is taken from everybody while the server runs.

#include "tests/journey/access_journey.hpp"

#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Of docs/75, and the longest that anybody may still see it.
constexpr std::chrono::seconds longest_seen{5};

class Suspension : public AccessJourney {
protected:
    static bool hides(const RunningRelief& server,
                      const std::string& id,
                      const std::string& who = {}) {
        return server.get("/layers/" + id, who).status == 404;
    }
};

TEST_F(Suspension, TakesALayerFromEverybodyAndGivesItBack) {
    const auto admin = make_token({"--role", "admin"});
    const auto& server = serve();
    const auto none = server.get("/layers/none").body;
    ASSERT_EQ(server.get(tile).status, 200) << "and now it is in the cache";

    relief({"suspend", "dem"});

    EXPECT_TRUE(eventually([&] { return hides(server, "dem"); }, longest_seen));
    EXPECT_EQ(server.get(tile).status, 404);
    EXPECT_EQ(server.get(tile, bearer(admin)).status, 404);
    EXPECT_FALSE(server.shows("dem"));
    EXPECT_THAT(server.get("/layers?problems=1").body, Not(HasSubstr("dem")));
    EXPECT_TRUE(hides(server, "dem", bearer(admin)));

    relief({"suspend", "dem", "--resume"});

    EXPECT_TRUE(eventually([&] { return server.get(tile).status == 200; }));
    EXPECT_THAT(relief({"audit", "verify"}), HasSubstr("is whole"));
}

TEST_F(Suspension, HoldsOverARestartAndIsListed) {
    relief({"suspend", "dem"});
    relief({"suspend", "reports"});

    EXPECT_THAT(relief({"layers"}), HasSubstr("; suspended: shown to nobody"));
    EXPECT_THAT(relief({"layers"}), HasSubstr("reports: suspended: shown to nobody"));
    const auto& server = serve();

    EXPECT_TRUE(hides(server, "dem"));
    EXPECT_FALSE(server.shows("dem"));
}

TEST_F(Suspension, LeavesNothingOfTheLayerInAStyle) {
    std::filesystem::create_directories(workspace() / "styles");
    std::ofstream(workspace() / "styles/over.json")
        << R"({"version": 8, "sources": {"d": {"type": "raster", "tileSize": 256,
        "tiles": ["relief://dem"]}}, "layers": [{"id": "d", "type": "raster", "source": "d"}]})";
    const auto& server = serve();
    const std::string drawn = "/styles/over/static/35.03,33.77,10/64x64.png";
    ASSERT_TRUE(eventually([&] { return server.get(drawn).status == 200; }));
    const std::string before = server.get(drawn).body;

    relief({"suspend", "dem"});

    EXPECT_TRUE(eventually([&] { return server.get(drawn).body != before; }, longest_seen));
    EXPECT_TRUE(server.errors().empty());
}

TEST_F(Suspension, OfANameThatTheWorkspaceHasNotSaysSo) {
    EXPECT_THAT(relief({"suspend", "demm"}),
                AllOf(HasSubstr("has no layer \"demm\""), Not(HasSubstr("shows it to nobody"))));
    EXPECT_THAT(relief({"suspend", "dem"}), HasSubstr("shows it to nobody"));
}

TEST_F(Suspension, OfAMistypedWorkspaceMakesNone) {
    const auto there = folder().path() / "mistyped";
    testing::Program program({RELIEF_PROGRAM, "--workspace", there.string(), "suspend", "dem"});

    EXPECT_EQ(program.wait(), 1);
    EXPECT_THAT(program.errors(), HasSubstr("does not exist"));
    EXPECT_FALSE(std::filesystem::exists(there));
}

}  // namespace
}  // namespace relief::journey
