// How the server begins, reloads and ends, and what it says when it cannot.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <thread>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StartAndEnd : public Journey {
protected:
    void configure(const std::string& text) const {
        std::filesystem::create_directories(workspace());
        std::ofstream(workspace() / "relief.yaml") << text;
    }
    /// One line on standard error and status 1.
    std::string failure_of(std::vector<std::string> words) const {
        words.insert(words.begin(), {RELIEF_PROGRAM, "serve"});
        words.insert(words.end(), {"--workspace", workspace().string()});
        testing::Program program(std::move(words));
        EXPECT_EQ(program.wait(), 1);
        auto errors = program.errors();
        EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
        return errors;
    }
};

TEST_F(StartAndEnd, ATakenPortIsNamedAndStatusOne) {
    const auto& server = serve();
    const std::string address = "127.0.0.1:" + std::to_string(server.port());

    EXPECT_THAT(failure_of({"--listen", address}), HasSubstr(std::to_string(server.port())));
}

TEST_F(StartAndEnd, AnUnknownKeyOfTheConfigurationNamesItsLine) {
    configure("workers: 2\n# a remark\nlisten_to: 127.0.0.1:0\n");

    EXPECT_THAT(failure_of({}), AllOf(HasSubstr("listen_to"), HasSubstr("relief.yaml:3")));
}

TEST_F(StartAndEnd, APathThatIsNotThereIsNamed) {
    EXPECT_THAT(failure_of({"/nowhere/at/all"}), HasSubstr("/nowhere/at/all"));
}

TEST_F(StartAndEnd, TermDuringItsStartEndsItToo) {
    testing::Program program(
        {RELIEF_PROGRAM, "serve", "--listen", "127.0.0.1:0", "--workspace", workspace().string()});
    // Bit 14 of those that are blocked: from then on the server takes the signal itself.
    const auto takes_it = [&] {
        std::istringstream status(
            testing::text_of("/proc/" + std::to_string(program.process()) + "/status"));
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("SigBlk:"))
                return ((std::stoull(line.substr(7), nullptr, 16) >> 14U) & 1U) != 0;
        return false;
    };
    while (!takes_it() && !program.ended()) continue;

    program.signal(SIGTERM);

    EXPECT_EQ(program.wait(), 0);
}

TEST_F(StartAndEnd, TermAndInterruptEndItWellAndSoon) {
    for (const int signal : {SIGTERM, SIGINT}) {
        auto& server = serve();
        server.program().signal(signal);
        EXPECT_EQ(server.program().wait(std::chrono::seconds(5)), 0);
        EXPECT_THAT(server.errors(), IsEmpty());
    }
}

/// However far the first look at the folder has come.
TEST_F(StartAndEnd, ItEndsWellWhileItIsStillReadingItsLayers) {
    const auto folder = workspace().parent_path() / "served";
    std::filesystem::create_directories(folder);
    testing::RasterRecipe recipe;
    recipe.width = 1500;
    recipe.height = 1500;
    recipe.value = [](int, int column, int row) { return (column * 7919 + row * 104729) % 251; };
    for (int i = 0; i < 12; ++i) {
        const testing::TemporaryFolder made;
        const auto file = testing::write_raster(made, "one.tif", recipe);
        std::filesystem::copy_file(file, folder / ("one" + std::to_string(i) + ".tif"));
    }
    for (const int delay : {0, 20, 60, 120, 250, 500}) {
        RunningRelief server({folder.string(), "--workspace", workspace().string()});
        std::this_thread::sleep_for(std::chrono::milliseconds(delay));
        server.program().signal(SIGTERM);
        EXPECT_EQ(server.program().wait(std::chrono::seconds(20)), 0) << delay << " ms";
    }
}

TEST_F(StartAndEnd, AnIdleConnectionDoesNotKeepItFromEnding) {
    auto& server = serve();
    support::LoopbackClient idle(server.port());
    ASSERT_TRUE(idle.ask("GET /healthz"));
    ASSERT_TRUE(idle.answer());

    server.program().signal(SIGTERM);

    EXPECT_EQ(server.program().wait(std::chrono::seconds(5)), 0);
}

TEST_F(StartAndEnd, ReloadKeepsServingAndTakesNewSettings) {
    add({write("dem.tif", heights())});
    auto& server = serve();
    support::LoopbackClient open(server.port());
    ASSERT_TRUE(open.ask("GET /healthz"));
    ASSERT_TRUE(open.answer());

    configure(
        "cors: [\"https://a.example\"]\nlimits: {anonymous_reports_per_minute: 0}\n"
        "layers:\n  dem:\n    title: Heights of 2024\n");
    server.program().signal(SIGHUP);

    EXPECT_TRUE(
        eventually([&] { return server.json("/layers/dem")["title"] == "Heights of 2024"; }));
    EXPECT_TRUE(open.ask("GET /healthz"));
    EXPECT_EQ(open.answer()->status, 200) << "on the connection from before";
    const auto read_by = [&](const std::string& page) {
        return server.get("/layers", "Origin: " + page + "\r\n")
            .header("access-control-allow-origin");
    };
    EXPECT_EQ(read_by("https://a.example"), "https://a.example");
    EXPECT_EQ(read_by("https://b.example"), "");
    support::LoopbackClient reporter(server.port());
    reporter.send(
        "POST /reports HTTP/1.1\r\nHost: maps.test\r\nContent-Length: 2\r\n"
        "Content-Type: application/json\r\n\r\n{}");
    EXPECT_EQ(support::status_of(reporter.answer()), 401) << "without a token";
}

TEST_F(StartAndEnd, AnOptionAndAVariableAndTheFileAgreeOnWhoWins) {
    configure("log: json\n");

    auto& server = serve({"--log", "text"});

    // The log is handed over at least once a second.
    EXPECT_TRUE(eventually([&] {
        return server.program().errors().find("info serving address=") != std::string::npos;
    }));
}

TEST_F(StartAndEnd, LogsEachRequestWithItsIdAndNeverAToken) {
    auto& server = serve();

    server.get("/layers?token=secret-word", "X-Request-Id: from-a-proxy-1\r\n");
    TearDown();

    EXPECT_THAT(server.program().errors(), HasSubstr("from-a-proxy-1"));
    EXPECT_THAT(server.program().errors(), Not(HasSubstr("secret-word")));
}

TEST_F(StartAndEnd, WithoutLayersServesTheEmptyListAndThePage) {
    const auto& server = serve();

    EXPECT_EQ(server.get("/layers").body, R"({"layers":[],"problems":[]})");
    EXPECT_EQ(server.get("/").status, 200);
}

TEST_F(StartAndEnd, GivesThePagesScriptsThePolicyThatTheirWorkersNeed) {
    const auto& server = serve();
    const std::string page = server.get("/").body;
    const std::size_t begin = page.find("src=\"./assets/");
    ASSERT_NE(begin, std::string::npos);
    const std::string script = page.substr(begin + 6, page.find('"', begin + 6) - begin - 6);

    const auto answer = server.get(script);

    EXPECT_THAT(answer.header("content-type"), ::testing::StartsWith("text/javascript"));
    EXPECT_THAT(answer.header("content-security-policy"),
                ::testing::HasSubstr("connect-src 'self'"));
    EXPECT_THAT(server.get("/layers").header("content-security-policy"),
                ::testing::StartsWith("default-src 'none'; base-uri"));
}

}  // namespace
}  // namespace relief::journey
