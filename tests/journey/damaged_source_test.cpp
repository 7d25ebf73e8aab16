// A file whose disk went bad under a running server: one block of it cannot be decoded.

#include "tests/journey/running_relief.hpp"

#include <gdal_priv.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// 700 × 600 cells make 2 × 2 blocks of 512 in the COG of `relief add`, above them overviews.
class DamagedSource : public Journey {
protected:
    void SetUp() override { add({write("dem.tif", rough())}); }

    static testing::RasterRecipe rough() {
        auto recipe = heights();
        recipe.value = [](int, int column, int row) {
            return (column * 7919 + row * 104'729) % 1301;
        };
        return recipe;
    }
    std::string cog() const {
        for (const auto& entry : std::filesystem::directory_iterator(workspace() / "layers"))
            return entry.path().string();
        return {};
    }
    /// Overwrites the north-western block of the raster itself (0) or of an overview (from 1).
    static void damage(const std::string& file, int level) {
        std::uint64_t offset = 0;
        std::size_t size = 0;
        {
            const std::unique_ptr<GDALDataset> dataset(
                GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
            GDALRasterBand* band = dataset->GetRasterBand(1);
            if (level > 0) band = band->GetOverview(level - 1);
            offset = std::stoull(band->GetMetadataItem("BLOCK_OFFSET_0_0", "TIFF"));
            size = std::stoull(band->GetMetadataItem("BLOCK_SIZE_0_0", "TIFF"));
        }
        std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
        bytes.seekp(static_cast<std::streamoff>(offset));
        bytes << std::string(size, '\xAA');
    }

    static int overviews_of(const std::string& file) {
        const std::unique_ptr<GDALDataset> dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
        return dataset->GetRasterBand(1)->GetOverviewCount();
    }

    /// In the south-eastern block alone: 35.063 E, 33.745 N by the formula of `tile`.
    static constexpr const char* elsewhere = "/tiles/dem/16/39151/26235.png";
    static std::string colours() { return "?rescale=0,1300"; }
};

TEST_F(DamagedSource, IsDrawnFromTheOverviewAndSaysSo) {
    const auto& server = serve();
    const auto whole = server.get(elsewhere + colours());
    ASSERT_EQ(whole.status, 200);
    ASSERT_EQ(whole.header("x-relief-empty"), "");
    damage(cog(), 0);

    const auto answer = server.get(tile + colours());

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("x-relief-degraded"), "overview");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_EQ(answer.header("content-type"), "image/png");
    EXPECT_EQ(answer.header("x-relief-empty"), "");
    EXPECT_EQ(answer.header("x-cache"), "MISS");
    const std::string version = server.json("/layers/dem")["version"];
    const auto again = server.get(tile + colours() + "&v=" + version);
    EXPECT_EQ(again.header("x-relief-degraded"), "overview") << "from memory too";
    EXPECT_EQ(again.header("cache-control"), "no-store") << "whatever v= promises";
    EXPECT_TRUE(again.body == answer.body);
    const auto beside = server.get(elsewhere + std::string("?rescale=0,1301"));
    EXPECT_EQ(beside.status, 200);
    EXPECT_EQ(beside.header("x-relief-degraded"), "");
    EXPECT_NE(beside.header("cache-control"), "no-store");
}

TEST_F(DamagedSource, IsAnotherTileThanTheWholeOneAndNotKeptOverARestart) {
    const std::string file = cog();
    std::string good;
    std::string degraded;
    std::string tag;
    {
        std::ifstream bytes(file, std::ios::binary);
        good.assign(std::istreambuf_iterator<char>(bytes), {});
    }
    damage(file, 0);
    {
        const auto answer = serve().get(tile + colours());
        ASSERT_EQ(answer.header("x-relief-degraded"), "overview");
        degraded = answer.body;
        tag = answer.header("etag");
        TearDown();
    }
    std::ofstream(file, std::ios::binary) << good;

    const auto mended = serve().get(tile + colours(), "If-None-Match: " + tag + "\r\n");

    EXPECT_EQ(mended.status, 200) << "the tag of the degraded tile is not that of the whole one";
    EXPECT_EQ(mended.header("x-relief-degraded"), "");
    EXPECT_EQ(mended.header("x-cache"), "MISS");
    EXPECT_FALSE(mended.body == degraded);
}

TEST_F(DamagedSource, WithoutAWholeOverviewIsRefusedWithoutPaths) {
    auto& server = serve();
    for (int level = 0; level <= overviews_of(cog()); ++level) damage(cog(), level);

    const auto answer = server.get(tile + colours());

    ASSERT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_THAT(answer.body, AllOf(HasSubstr("damaged"), Not(HasSubstr(".tif"))));
    EXPECT_EQ(server.get(elsewhere + colours()).status, 200) << "its block is whole";
    EXPECT_THAT(server.program().errors(), HasSubstr("tile-failed"));
}

TEST_F(DamagedSource, IsMarkedInStyledTilesPreviewsAndOnTheCommandLine) {
    std::filesystem::create_directories(workspace() / "styles");
    std::ofstream(workspace() / "styles" / "map.json")
        << R"({"version":8,"sources":{"d":{"type":"raster","url":"relief://dem"}},)"
           R"("layers":[{"id":"heights","type":"raster","source":"d"}]})";
    const auto& server = serve();
    damage(cog(), 0);

    for (const char* address :
         {"/styles/map/14/9786/6557.png", "/layers/dem/preview.png?size=512"}) {
        const auto answer = server.get(address);
        EXPECT_EQ(answer.status, 200) << address << answer.body;
        EXPECT_EQ(answer.header("x-relief-degraded"), "overview") << address;
        EXPECT_EQ(answer.header("cache-control"), "no-store") << address;
    }
    const auto relief = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {RELIEF_PROGRAM, "--workspace", workspace().string()});
        testing::Program program(std::move(words));
        EXPECT_EQ(program.wait(), 0) << program.errors();
        return program.output() + program.errors();
    };
    const std::string output = (folder().path() / "tile").string();
    EXPECT_THAT(relief({"tile", "dem", "14/9786/6557", "-o", output + ".png"}),
                HasSubstr("damaged"));
    EXPECT_THAT(relief({"export", "dem", "--zoom", "14", "-o", output + ".mbtiles"}),
                HasSubstr("damaged"));
}

TEST_F(DamagedSource, OfAServedFolderIsDrawnFromTheOverviewToo) {
    const auto place = folder().path() / "served";
    std::filesystem::create_directories(place);
    std::filesystem::copy_file(cog(), place / "heights.tif");
    const auto& server = serve({place.string()});
    ASSERT_TRUE(eventually([&] { return server.shows("heights"); }));
    const std::string version = server.json("/layers/heights")["version"];

    damage((place / "heights.tif").string(), 0);

    ASSERT_TRUE(eventually([&] {
        const Json now = server.json("/layers/heights")["version"];
        return now.is_string() && now != version;
    })) << server.get("/layers?problems=1").body;
    const auto answer = server.get("/tiles/heights/14/9786/6557.png" + colours());
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("x-relief-degraded"), "overview");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
}

}  // namespace
}  // namespace relief::journey
