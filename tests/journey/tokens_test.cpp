// Who holds a token sees what it grants, and nobody else learns of it.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

namespace relief::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Tokens : public Journey {
protected:
    Tokens() {
        add({write("dem.tif", heights())});
        add({write("shelters.tif", heights()), "--sensitivity", "high"});
        add({write("bases.tif", heights()), "--sensitivity", "severe"});
    }
    Json make(std::vector<std::string> words) const {
        words.insert(words.begin(),
                     {RELIEF_PROGRAM, "--workspace", workspace().string(), "token", "create"});
        words.emplace_back("--json");
        testing::Program program(std::move(words));
        EXPECT_EQ(program.wait(), 0) << program.errors();
        return Json::parse(program.output(), nullptr, false);
    }
    static std::string bearer(const Json& token) {
        return "Authorization: Bearer " + token["token"].get<std::string>() + "\r\n";
    }
    static std::vector<std::string> ids(const Answer& answer) {
        std::vector<std::string> found;
        const Json document = Json::parse(answer.body);
        for (const auto& layer : document["layers"]) found.push_back(layer["id"]);
        return found;
    }
    static constexpr const char* shelters = "/tiles/shelters/14/9786/6557.png";
    static constexpr const char* bases = "/tiles/bases/14/9786/6557.png";
};

TEST_F(Tokens, OpenTheLayersThatTheyGrant) {
    const auto viewer = make({"--role", "viewer", "--layers", "shelters"});
    const auto admin = make({"--role", "admin"});
    const auto& server = serve();

    EXPECT_EQ(server.get(shelters).status, 404);
    const auto open = server.get(shelters, bearer(viewer));
    EXPECT_EQ(open.status, 200);
    EXPECT_EQ(open.header("cache-control"), "private, no-store");
    EXPECT_EQ(server.get(bases, bearer(viewer)).status, 404);
    EXPECT_EQ(server.get(bases, bearer(admin)).status, 200);
    EXPECT_EQ(server.get(shelters).status, 404) << "after it was in memory";
    EXPECT_THAT(ids(server.get("/layers", bearer(viewer))), ElementsAre("dem", "shelters"));
    EXPECT_THAT(ids(server.get("/layers")), ElementsAre("dem"));
}

TEST_F(Tokens, MayStandInTheAddressAndAreRepeatedNowhere) {
    const auto admin = make({"--role", "admin"});
    const std::string secret = admin["token"];
    auto& server = serve();

    EXPECT_EQ(server.get(std::string(shelters) + "?token=" + secret).status, 200);
    const auto document = server.get("/tiles/shelters/tilejson.json?token=" + secret);
    EXPECT_EQ(document.status, 200);
    EXPECT_THAT(document.body, Not(HasSubstr("relief_")));
    EXPECT_EQ(server.get(std::string(shelters) + "?token=" + secret + "&bands=9").status, 400);
    EXPECT_THAT(server.program().errors(), Not(HasSubstr(secret)));
    EXPECT_THAT(server.program().output(), Not(HasSubstr(secret)));
}

TEST_F(Tokens, ThatOpenNothingAreRefusedWhateverIsAsked) {
    const auto brief = make({"--role", "admin", "--expires", "1ms"});
    const auto& server = serve();

    for (const std::string& header : {bearer(brief),
                                      std::string("Authorization: Bearer null\r\n"),
                                      std::string("Authorization: Bearer\r\n"),
                                      std::string("authorization: bearer relief_x\r\n")}) {
        for (const char* target : {"/layers", shelters, "/nowhere"}) {
            const auto answer = server.get(target, header);
            EXPECT_EQ(answer.status, 401) << target << " " << header;
            EXPECT_THAT(answer.header("www-authenticate"), HasSubstr("invalid_token"));
        }
    }
    EXPECT_EQ(server.get("/layers?token=").status, 401);
    EXPECT_EQ(server.get("/layers?token=a&token=b").status, 400);
    EXPECT_EQ(server.get("/layers", "Authorization: Basic YTpi\r\n").status, 200)
        << "a proxy's own password";
}

TEST_F(Tokens, OfAnalystsExplainTiles) {
    const auto analyst = make({"--role", "analyst"});
    const auto moderator = make({"--role", "moderator"});
    const auto& server = serve();
    const char* target = "/explain/dem/14/9786/6557";

    EXPECT_EQ(server.get(target).status, 401);
    EXPECT_EQ(server.get(target, bearer(moderator)).status, 403);
    EXPECT_EQ(server.get("/explain/shelters/14/9786/6557", bearer(analyst)).status, 404);
    const auto first = server.get(target, bearer(analyst));
    ASSERT_EQ(first.status, 200) << first.body;
    const auto document = Json::parse(first.body);
    EXPECT_EQ(document["cache"], "none");
    EXPECT_GT(document["files"][0]["reads"][0]["blocks"], 0);
    EXPECT_THAT(document["files"][0]["file"].get<std::string>(), Not(HasSubstr("/")));
    ASSERT_EQ(server.get(tile).status, 200);
    EXPECT_EQ(Json::parse(server.get(target, bearer(analyst)).body)["cache"], "memory");
    EXPECT_EQ(server.get(std::string(target) + "?bands=9", bearer(analyst)).status, 400);
}

TEST_F(Tokens, EndWhenTheyAreRevoked) {
    const auto admin = make({"--role", "admin"});
    const auto& server = serve();
    ASSERT_EQ(server.get(shelters, bearer(admin)).status, 200);

    testing::Program revoke({RELIEF_PROGRAM,
                             "--workspace",
                             workspace().string(),
                             "token",
                             "revoke",
                             admin["id"].get<std::string>()});
    ASSERT_EQ(revoke.wait(), 0) << revoke.errors();

    EXPECT_TRUE(eventually([&] { return server.get(shelters, bearer(admin)).status == 401; }));
}

TEST_F(Tokens, LeaveNothingOfHiddenLayersOnTheDisk) {
    const auto admin = make({"--role", "admin"});
    const auto& server = serve();
    const auto files = [&] {
        std::size_t count = 0;
        std::error_code ignored;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(workspace() / "cache", ignored))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    };

    ASSERT_EQ(server.get(shelters, bearer(admin)).status, 200);
    const std::size_t before = files();
    ASSERT_EQ(server.get(tile).status, 200);

    EXPECT_TRUE(eventually([&] { return files() == before + 1; }))
        << "one of the layer that all may see";
}

}  // namespace
}  // namespace relief::journey
