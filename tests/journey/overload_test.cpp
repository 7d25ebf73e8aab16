// More requests than the server has room for: a tile of the version before, or a refusal.

#include "tests/journey/running_relief.hpp"
#include "tests/support/range_server.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <poll.h>

namespace relief::journey {
namespace {

using ::testing::HasSubstr;

/// The one render thread and the one place in the queue are taken by tiles of a layer on another
/// machine, which does not answer until it is told to.
class Overload : public Journey {
protected:
    void SetUp() override {
        auto recipe = heights();
        recipe.tiled = true;
        far_.put("/cogs/far.tif", testing::bytes_of_file(write("far.tif", recipe)));
        add({far_.url("/cogs/far.tif"), "--sources", far_.url("/cogs/")});
        add({write("dem.tif", heights())});
    }
    void TearDown() override {
        end_overload();
        Journey::TearDown();
    }
    RunningRelief& serve_narrowly() {
        return serve({"--workers",
                      "1",
                      "--limits.queue",
                      "1",
                      "--limits.render_time",
                      "60s",
                      "--limits.source_age",
                      "1h",
                      "--sources",
                      far_.url("/cogs/")});
    }
    /// Asks until one is refused at once while two others wait, who fill the server. How many are
    /// refused before depends on how fast the render thread takes the first out of the queue.
    void overload(const RunningRelief& server) {
        constexpr std::size_t filling = 2;
        constexpr std::chrono::milliseconds at_once{500};
        far_.behave({.delay = std::chrono::minutes(5)});
        int asked = 0;
        ASSERT_TRUE(eventually([&] {
            const auto& last =
                clients_.emplace_back(std::make_unique<support::LoopbackClient>(server.port()));
            EXPECT_TRUE(
                last->ask("GET /tiles/far/14/9786/6557.png?rescale=0," + std::to_string(++asked)));
            const bool refused = eventually([&] { return is_answered(*last); }, at_once);
            std::erase_if(clients_, [](const auto& client) { return is_answered(*client); });
            return refused && clients_.size() == filling;
        }));
    }
    void end_overload() {
        far_.stop();
        clients_.clear();
    }
    void replace_dem(const RunningRelief& server) {
        const std::string before = server.json("/layers/dem")["version"];
        auto recipe = heights();
        recipe.value = [](int, int, int row) { return row; };
        add({write("dem.tif", recipe)});
        ASSERT_TRUE(eventually([&] { return server.json("/layers/dem")["version"] != before; }));
    }

    /// The same colours whatever the layer's statistics are.
    static std::string colours() { return "?rescale=0,1300"; }

private:
    static bool is_answered(const support::LoopbackClient& client) {
        pollfd look{client.descriptor(), POLLIN, 0};
        return ::poll(&look, 1, 0) > 0;
    }

    testing::RangeServer far_;
    std::vector<std::unique_ptr<support::LoopbackClient>> clients_;
};

TEST_F(Overload, IsAnsweredWithTheTileOfTheVersionBefore) {
    const auto& server = serve_narrowly();
    const auto before = server.get(tile + colours());
    ASSERT_EQ(before.header("x-cache"), "MISS");
    replace_dem(server);
    const std::string current =
        tile + colours() + "&v=" + server.json("/layers/dem")["version"].get<std::string>();
    overload(server);

    const auto stale = server.get(current);

    EXPECT_EQ(stale.status, 200) << stale.body;
    EXPECT_EQ(stale.header("x-cache"), "STALE");
    EXPECT_EQ(stale.header("cache-control"), "no-store") << "whatever v= promises";
    EXPECT_EQ(stale.header("etag"), before.header("etag"));
    EXPECT_EQ(stale.header("last-modified"), before.header("last-modified"));
    EXPECT_EQ(stale.header("content-type"), "image/png");
    EXPECT_TRUE(stale.body == before.body);
    const auto head = server.ask("HEAD " + current);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("x-cache"), "STALE");
    const auto had = server.get(current, "If-None-Match: " + before.header("etag") + "\r\n");
    EXPECT_EQ(had.status, 304);
    EXPECT_EQ(had.header("cache-control"), "no-store");
    EXPECT_THAT(server.get("/metrics").body, HasSubstr("relief_tiles_total{cache=\"stale\"} 3"));
}

TEST_F(Overload, RefusesWhatItHasNoTileOf) {
    const auto& server = serve_narrowly();
    ASSERT_EQ(server.get(tile + colours()).status, 200);
    replace_dem(server);
    overload(server);

    for (const std::string& never :
         {"/tiles/dem/14/9785/6557.png" + colours(), tile + std::string("?rescale=0,9")}) {
        const auto refused = server.get(never);
        EXPECT_EQ(refused.status, 503) << never;
        EXPECT_EQ(refused.header("content-type"), "application/problem+json");
        EXPECT_EQ(refused.header("cache-control"), "no-store");
        EXPECT_NE(refused.header("retry-after"), "");
    }
}

TEST_F(Overload, EndsAndTheNewVersionIsDrawn) {
    const auto& server = serve_narrowly();
    const auto before = server.get(tile + colours());
    replace_dem(server);
    overload(server);
    ASSERT_EQ(server.get(tile + colours()).header("x-cache"), "STALE");

    end_overload();

    Answer after;
    EXPECT_TRUE(eventually([&] {
        after = server.get(tile + colours());
        return after.status == 200 && after.header("x-cache") != "STALE";
    }));
    EXPECT_NE(after.header("etag"), before.header("etag"));
    EXPECT_FALSE(after.body == before.body);
    EXPECT_NE(after.header("cache-control"), "no-store");
}

}  // namespace
}  // namespace relief::journey
