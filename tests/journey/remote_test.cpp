// Layers whose files lie on another machine: a server of this test, of files and of S3.

#include "tests/journey/running_relief.hpp"
#include "tests/support/range_server.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RangeServer;

constexpr std::chrono::seconds patience{30};
constexpr const char* asked = "?rescale=0,1300";

struct Said {
    int status;
    std::string output, errors;
};

class RemoteJourney : public Journey {
protected:
    void SetUp() override { put(heights()); }

    /// The file that `relief add` makes of the recipe, at the address.
    void put(const testing::RasterRecipe& recipe) {
        const auto made = folder().path() / ("made" + std::to_string(++made_));
        testing::Program program(
            {RELIEF_PROGRAM, "--workspace", made.string(), "add", write("dem.tif", recipe)});
        ASSERT_EQ(program.wait(), 0) << program.errors();
        for (const auto& entry : std::filesystem::directory_iterator(made / "layers"))
            bytes_ = testing::bytes_of_file(entry.path().string());
        far_.put("/cogs/dem.tif", bytes_);
    }
    static testing::RasterRecipe flat() {
        auto recipe = heights();
        recipe.value = [](int, int, int row) { return row; };
        return recipe;
    }
    /// 2,000 × 2,000 cells that no codec makes small: their blocks lie apart in the file.
    static testing::RasterRecipe rough(int seed) {
        auto recipe = heights();
        recipe.width = 2000;
        recipe.height = 2000;
        recipe.value = [seed](int, int column, int row) {
            const auto mixed = static_cast<std::uint32_t>(column * 7919 + row * 104729 + seed);
            return static_cast<double>((mixed * 2654435761U) >> 8U) / 12345.0;
        };
        return recipe;
    }
    /// Of 35.15 E, 33.65 N, by the same formula as `tile`.
    static constexpr const char* far_tile = "/tiles/dem/14/9791/6564.png";
    std::string root() const { return far_.url("/cogs/"); }
    std::string address() const { return far_.url("/cogs/dem.tif"); }
    Said relief(std::vector<std::string> words, const std::vector<std::string>& variables = {}) {
        words.insert(words.begin(),
                     {RELIEF_PROGRAM, "--workspace", workspace().string(), "--sources", root()});
        testing::Program program(std::move(words), variables);
        const int status = program.wait();
        return {status, program.output(), program.errors()};
    }
    void add_remote() {
        const Said said = relief({"add", address()});
        ASSERT_EQ(said.status, 0) << said.errors;
    }
    RunningRelief& serve_remote(const std::string& age = "200ms") {
        return serve({"--sources", root(), "--limits.source_age", age});
    }
    std::string output(const std::string& name) const { return (folder().path() / name).string(); }

    RangeServer far_;
    std::string bytes_;

private:
    int made_ = 0;
};

TEST_F(RemoteJourney, ALayerIsReferredToAndNotCopied) {
    const Said said = relief({"add", address(), "--title", "Far heights"});
    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output,
                AllOf(HasSubstr("is now layer \"dem\""), HasSubstr("tiled in blocks")));
    EXPECT_TRUE(std::filesystem::is_empty(workspace() / "layers"));
    EXPECT_THAT(relief({"layers"}).output, HasSubstr("remote"));

    const auto& server = serve_remote();
    const auto far = server.get(tile + std::string(asked));
    EXPECT_EQ(far.status, 200);
    EXPECT_EQ(far.header("content-type"), "image/png");
    EXPECT_EQ(server.get("/layers/dem/statistics").status, 200);
    const Json point = server.json("/layers/dem/point?lon=35.03505&lat=33.76995");
    // The middle of the cell in column 350 and row 300, whose value is their sum.
    EXPECT_EQ(point["values"][0]["value"].get<double>(), 650);
    EXPECT_THAT(server.get("/layers/dem").body, Not(HasSubstr(far_.authority())));
    EXPECT_THAT(server.get("/layers/dem").body, Not(HasSubstr("/cogs/")));
}

TEST_F(RemoteJourney, ATileCostsFewQuestionsAndOneOfTheSameBlocksNone) {
    put(rough(0));
    add_remote();
    const auto& server = serve_remote("1h");
    // The server's own first look at the file, to its end.
    ASSERT_TRUE(eventually([&] {
        const std::size_t asked = far_.questions().size();
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        return asked > 0 && far_.questions().size() == asked;
    }));
    far_.forget_questions();

    ASSERT_EQ(server.get(tile).status, 200);
    // The beginning of the file, where its 512 × 512 blocks lie, and one block.
    EXPECT_LE(far_.questions().size(), 3U);
    EXPECT_LE(far_.bytes_sent(), 3'000'000U);
    far_.forget_questions();

    ASSERT_EQ(server.get(far_tile).status, 200);
    // At most four blocks in two rows of the file.
    EXPECT_LE(far_.questions().size(), 2U);
    far_.forget_questions();

    ASSERT_EQ(server.get(std::string(far_tile) + "?rescale=0,9").status, 200);
    EXPECT_THAT(far_.questions(), IsEmpty());
}

TEST_F(RemoteJourney, AnObjectThatChangesIsShownUnderANewVersion) {
    add_remote();
    const auto& server = serve_remote();
    const std::string version = server.json("/layers/dem")["version"];
    const auto before = server.get(tile + std::string(asked));

    put(flat());
    ASSERT_TRUE(
        eventually([&] { return server.json("/layers/dem")["version"] != version; }, patience));
    const auto after = server.get(tile + std::string(asked));

    EXPECT_EQ(after.status, 200);
    EXPECT_FALSE(after.body == before.body);
    EXPECT_NE(after.header("etag"), before.header("etag"));
    // What `relief tile` draws is the new one too, though the workspace was told of the old.
    const Said said =
        relief({"tile", "dem", "14/9786/6557", "-o", output("t.png"), "--rescale", "0,1300"});
    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_TRUE(testing::bytes_of_file(output("t.png")) == after.body);
}

TEST_F(RemoteJourney, AChangeThatATileMeetsFirstIsNoticedAtOnce) {
    put(rough(0));
    add_remote();
    const auto& server = serve_remote("1h");
    const auto before = server.get(tile + std::string(asked)).body;
    put(rough(1));

    // In memory, under the version that is still believed in.
    EXPECT_TRUE(server.get(tile + std::string(asked)).body == before);
    const auto other = server.get(far_tile);
    EXPECT_EQ(other.status, 503);
    EXPECT_EQ(other.header("content-type"), "application/problem+json");

    EXPECT_TRUE(eventually([&] { return server.get(far_tile).status == 200; }, patience));
    EXPECT_FALSE(server.get(tile + std::string(asked)).body == before);
}

TEST_F(RemoteJourney, ASilentServerCostsTilesNotTheLayerAndComesBack) {
    add_remote();
    const auto& server = serve_remote();
    ASSERT_EQ(server.get(tile).status, 200);

    far_.stop();
    ASSERT_TRUE(eventually(
        [&] {
            return server.get("/layers?problems=1").body.find("cannot be reached") !=
                   std::string::npos;
        },
        patience));
    EXPECT_TRUE(server.shows("dem"));
    EXPECT_EQ(server.get(tile).status, 200) << "in the cache, and of the version that is known";
    const auto failed = server.get("/tiles/dem/14/9787/6557.png");
    EXPECT_EQ(failed.status, 503);
    EXPECT_THAT(failed.body, AllOf(HasSubstr("cannot be reached"), Not(HasSubstr("127.0.0.1"))));

    far_.start();
    EXPECT_TRUE(eventually([&] { return server.get("/tiles/dem/14/9787/6557.png").status == 200; },
                           patience));
    EXPECT_THAT(server.json("/layers?problems=1")["problems"], IsEmpty());
}

TEST_F(RemoteJourney, ASlowServerCostsNoMoreThanTheTimeForAPicture) {
    add_remote();
    const auto& server = serve({"--sources", root(), "--limits.render_time", "1s"});
    far_.behave({.delay = std::chrono::seconds(20)});
    const auto begun = std::chrono::steady_clock::now();

    const auto answer = server.get(tile);

    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.body, HasSubstr("too long"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(RemoteJourney, OnlyPlacesThatTheOperatorNamesAreAsked) {
    RangeServer other;
    other.put("/cogs/dem.tif", "anything");
    const std::string elsewhere = other.url("/cogs/dem.tif");
    for (const std::string& refused : {elsewhere,
                                       far_.url("/cogsecret/dem.tif"),
                                       far_.url("/cogs/../secret/dem.tif"),
                                       far_.url("/cogs/%2e%2e/secret/dem.tif"),
                                       std::string("ftp://127.0.0.1/cogs/dem.tif")}) {
        for (const char* verb : {"add", "inspect"}) {
            const Said said = relief({verb, refused});
            EXPECT_EQ(said.status, 1) << refused;
            EXPECT_EQ(std::count(said.errors.begin(), said.errors.end(), '\n'), 1) << said.errors;
        }
    }
    EXPECT_THAT(relief({"add", elsewhere}).errors,
                AllOf(HasSubstr(other.url("/cogs/")), HasSubstr("sources")));
    EXPECT_THAT(other.questions(), IsEmpty());

    const auto before = far_.questions().size();
    EXPECT_EQ(relief({"inspect", address()}).status, 0);
    EXPECT_GT(far_.questions().size(), before);
}

TEST_F(RemoteJourney, ARedirectIsNotFollowed) {
    RangeServer other;
    other.put("/cogs/dem.tif", "anything");
    far_.behave({.status = 302, .location = other.url("/cogs/dem.tif")});

    const Said said = relief({"add", address()});

    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.errors, HasSubstr("sends to another address"));
    EXPECT_THAT(other.questions(), IsEmpty());
}

TEST_F(RemoteJourney, APlaceThatIsNoLongerAllowedIsNotServed) {
    add_remote();
    const auto& server = serve();

    EXPECT_FALSE(server.shows("dem"));
    EXPECT_THAT(server.get("/layers?problems=1").body, HasSubstr("`sources` no longer"));
}

TEST_F(RemoteJourney, AServerWithoutPartsIsToldInPlainWords) {
    far_.behave({.ranges = false});

    EXPECT_THAT(relief({"add", address()}).errors, HasSubstr("whole files only"));
}

TEST_F(RemoteJourney, AFileThatWouldBeSlowIsTakenWithAWarning) {
    auto recipe = heights();
    recipe.width = 3000;
    recipe.height = 3000;
    far_.put("/cogs/rows.tif", testing::bytes_of_file(write("rows.tif", recipe)));

    const Said said = relief({"add", far_.url("/cogs/rows.tif")});

    EXPECT_EQ(said.status, 0) << said.errors;
    // 3,000 × 3,000 cells of 4 bytes.
    EXPECT_THAT(said.errors,
                AllOf(HasSubstr("no overviews"), HasSubstr("36 MB"), HasSubstr("COG")));
}

/// Seen by programs that start while it lives.
class Variables {
public:
    explicit Variables(std::vector<std::pair<std::string, std::string>> variables)
        : variables_(std::move(variables)) {
        for (const auto& [name, value] : variables_) ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Variables() {
        for (const auto& [name, value] : variables_) ::unsetenv(name.c_str());
    }
    Variables(const Variables&) = delete;
    Variables& operator=(const Variables&) = delete;
    Variables(Variables&&) = delete;
    Variables& operator=(Variables&&) = delete;

private:
    std::vector<std::pair<std::string, std::string>> variables_;
};

TEST_F(RemoteJourney, AnObjectOfS3IsReadWithCredentialsThatNobodySees) {
    // Path style, http://HOST/BUCKET/KEY. That a signature is sent is checked, not whether S3 would
    // find it right.
    far_.put("/bucket/far/dem.tif", bytes_);
    far_.behave({.wants_signature = true});
    const Variables variables({{"AWS_ACCESS_KEY_ID", "AKIDOFTHETEST"},
                               {"AWS_SECRET_ACCESS_KEY", "hush-hush"},
                               {"AWS_REGION", "eu-central-1"},
                               {"AWS_S3_ENDPOINT", far_.authority()},
                               {"AWS_HTTPS", "NO"},
                               {"AWS_VIRTUAL_HOSTING", "FALSE"}});
    testing::Program program({RELIEF_PROGRAM,
                              "--workspace",
                              workspace().string(),
                              "--sources",
                              "s3://bucket/far/",
                              "add",
                              "s3://bucket/far/dem.tif"});
    ASSERT_EQ(program.wait(), 0) << program.errors();
    auto& server = serve({"--sources", "s3://bucket/far/", "--limits.source_age", "200ms"});

    EXPECT_EQ(server.get(tile).status, 200);
    const auto questions = far_.questions();
    ASSERT_FALSE(questions.empty());
    for (const auto& question : questions) EXPECT_EQ(question.path, "/bucket/far/dem.tif");
    far_.stop();
    ASSERT_TRUE(eventually(
        [&] {
            return server.get("/layers?problems=1").body.find("cannot be reached") !=
                   std::string::npos;
        },
        patience));
    const std::string told = program.output() + program.errors() + server.get("/layers/dem").body +
                             server.get("/layers?problems=1").body +
                             server.get("/tiles/dem/14/9787/6557.png").body +
                             server.program().errors();
    for (const char* secret : {"hush", "AKIDOFTHETEST", "X-Amz"})
        EXPECT_THAT(told, Not(HasSubstr(secret)));
}

TEST_F(RemoteJourney, S3WithoutCredentialsIsToldInPlainWords) {
    const Variables variables({{"AWS_CONFIG_FILE", "/nowhere"},
                               {"AWS_SHARED_CREDENTIALS_FILE", "/nowhere"},
                               {"CPL_AWS_CREDENTIALS_FILE", "/nowhere"}});
    testing::Program program({RELIEF_PROGRAM,
                              "--workspace",
                              workspace().string(),
                              "--sources",
                              "s3://bucket/",
                              "add",
                              "s3://bucket/dem.tif"});

    EXPECT_EQ(program.wait(), 1);
    EXPECT_THAT(program.errors(), HasSubstr("AWS_ACCESS_KEY_ID"));
}

}  // namespace
}  // namespace relief::journey
