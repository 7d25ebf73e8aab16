// Tiles as map clients ask for them.

#include "tests/journey/running_relief.hpp"

#include <nlohmann/json.hpp>

namespace relief::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Tiles : public Journey {
protected:
    Tiles() { add({write("dem.tif", heights())}); }

    static std::string detail(const Answer& answer) {
        return Json::parse(answer.body)["detail"].get<std::string>();
    }
    /// Width in the header of a PNG: bytes 16 to 19, big-endian (PNG 1.2, 11.2.2).
    static int width(const std::string& png) {
        return static_cast<unsigned char>(png.at(18)) * 256 +
               static_cast<unsigned char>(png.at(19));
    }
};

TEST_F(Tiles, AreMissedOnceAndThenFound) {
    const auto& server = serve();

    const auto first = server.get(tile);
    const auto second = server.get(tile);

    EXPECT_EQ(first.header("x-cache"), "MISS");
    EXPECT_EQ(second.header("x-cache"), "HIT");
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(first.header("etag"), second.header("etag"));
    EXPECT_THAT(first.header("last-modified"), Not(IsEmpty()));
    EXPECT_THAT(first.header("server-timing"), HasSubstr("total;dur="));
}

TEST_F(Tiles, AreFoundOnDiskAfterARestart) {
    const auto before = serve().get(tile);
    TearDown();

    const auto after = serve().get(tile);

    EXPECT_EQ(after.header("x-cache"), "HIT");
    EXPECT_EQ(after.body, before.body);
    EXPECT_EQ(after.header("etag"), before.header("etag"));
}

TEST_F(Tiles, WithoutACacheAreDrawnEachTime) {
    const auto& server = serve({"--cache-size", "0"});

    EXPECT_EQ(server.get(tile).header("x-cache"), "MISS");
    EXPECT_EQ(server.get(tile).header("x-cache"), "MISS");
}

TEST_F(Tiles, AreImmutableWithTheirVersionAndShortLivedWithout) {
    const auto& server = serve();
    const std::string version = server.json("/layers/dem")["version"];

    EXPECT_THAT(server.get(tile + ("?v=" + version)).header("cache-control"),
                HasSubstr("immutable"));
    EXPECT_THAT(server.get(tile).header("cache-control"), Not(HasSubstr("immutable")));
    EXPECT_THAT(server.get(tile + std::string("?v=old")).header("cache-control"),
                Not(HasSubstr("immutable")));
}

TEST_F(Tiles, AreAnsweredWith304BeforeTheyAreDrawn) {
    const auto etag = serve().get(tile).header("etag");
    TearDown();
    std::filesystem::remove_all(workspace() / "cache");
    const auto& server = serve();

    EXPECT_EQ(server.get(tile, "If-None-Match: " + etag + "\r\n").status, 304);
    EXPECT_EQ(server.get(tile, "If-None-Match: \"other\", W/" + etag + "\r\n").status, 304);
    EXPECT_EQ(server.get(tile, "If-None-Match: \"other\"\r\n").header("x-cache"), "MISS")
        << "the two before drew nothing";
}

TEST_F(Tiles, At2xHave512PixelsASide) {
    const auto& server = serve();

    EXPECT_EQ(width(server.get("/tiles/dem/14/9786/6557.png").body), 256);
    EXPECT_EQ(width(server.get("/tiles/dem/14/9786/6557@2x.png").body), 512);
}

TEST_F(Tiles, ComeInTheFormatAsked) {
    const auto& server = serve();
    const auto in = [&](const std::string& ending) {
        return server.get("/tiles/dem/14/9786/6557." + ending);
    };

    EXPECT_THAT(in("png").body, StartsWith("\x89PNG"));
    EXPECT_THAT(in("webp").body, AllOf(StartsWith("RIFF"), HasSubstr("WEBP")));
    EXPECT_THAT(in("jpg").body, StartsWith("\xFF\xD8\xFF"));
    EXPECT_EQ(in("webp").header("content-type"), "image/webp");
    EXPECT_EQ(in("jpg").header("content-type"), "image/jpeg");
    EXPECT_EQ(in("png?format=webp").header("content-type"), "image/webp");
    EXPECT_EQ(in("bmp").status, 406);
}

TEST_F(Tiles, OfAutoArePngWhereSomethingShowsThrough) {
    EXPECT_EQ(serve().get("/tiles/dem/10/611/409.auto").header("content-type"), "image/png");
}

TEST_F(Tiles, OutsideTheDataAreClearAndSayThatTheyAreEmpty) {
    const auto answer = serve().get("/tiles/dem/14/0/0.png");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-relief-empty"), "1");
    EXPECT_EQ(answer.header("content-type"), "image/png");
    EXPECT_EQ(width(answer.body), 256);
}

TEST_F(Tiles, InsideTheDataDoNotSayThatTheyAreEmpty) {
    EXPECT_EQ(serve().get(tile).header("x-relief-empty"), "");
}

TEST_F(Tiles, WithAnUnknownParameterAreRefusedWithTheKnownOnes) {
    const auto answer = serve().get(tile + std::string("?colourmap=viridis"));

    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_THAT(detail(answer),
                AllOf(HasSubstr("colourmap"),
                      HasSubstr("colormap"),
                      HasSubstr("rescale"),
                      HasSubstr("expression")));
}

TEST_F(Tiles, WithAMalformedValueAreRefusedNamingIt) {
    const auto& server = serve();

    for (const char* query : {"bands=x",
                              "bands=0",
                              "bands=99",
                              "rescale=1",
                              "rescale=a,b",
                              "colormap=nosuchmap",
                              "colormap=%7B%22broken",
                              "expression=b1%2B",
                              "expression=b9",
                              "nodata=much",
                              "resampling=guess",
                              "time=yesterday"}) {
        const auto answer = server.get(tile + ("?" + std::string(query)));
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_THAT(detail(answer), Not(IsEmpty())) << query;
        EXPECT_THAT(answer.body, Not(HasSubstr(folder().path().string()))) << query;
    }
}

TEST_F(Tiles, ThatDoNotExistAreNotFound) {
    const auto& server = serve();

    for (const char* address : {"3/8/0", "3/0/8", "25/0/0", "0/1/0", "3/4294967296/0"})
        EXPECT_EQ(server.get("/tiles/dem/" + std::string(address) + ".png").status, 404) << address;
    for (const char* address : {"a/0/0", "3/-1/0", "3/0/0@3x", "3/0/1.5"})
        EXPECT_EQ(server.get("/tiles/dem/" + std::string(address) + ".png").status, 400) << address;
    EXPECT_EQ(server.get("/tiles/other/0/0/0.png").status, 404);
}

TEST_F(Tiles, AreDrawnByTheWordsOfTheRequest) {
    const auto& server = serve();
    const auto drawn = [&](const std::string& query) {
        auto answer = server.get(tile + ("?" + query));
        EXPECT_EQ(answer.status, 200) << query << answer.body;
        return answer;
    };

    EXPECT_NE(drawn("colormap=viridis").body, drawn("colormap=magma").body);
    EXPECT_NE(drawn("rescale=0,100").body, drawn("rescale=0,1000").body);
    EXPECT_EQ(drawn("expression=b1*1").body, drawn("expression=b1*1").body);
    EXPECT_EQ(drawn("colormap=viridis").body, drawn("colormap_name=viridis").body);
    EXPECT_EQ(drawn("nodata=-1").status, 200);
}

TEST_F(Tiles, OfTwoTimesAreTwoPicturesAndOfNoTimeAnEmptyOne) {
    auto recipe = heights();
    add({write("a.tif", recipe), "--id", "flood", "--time", "2024-05-01"});
    recipe.value = [](int, int, int row) { return row; };
    add({write("b.tif", recipe), "--id", "flood", "--time", "2024-05-03"});
    const auto& server = serve();
    const auto at = [&](const std::string& time) {
        return server.get("/tiles/flood/14/9786/6557.png?rescale=0,1300&time=" + time);
    };

    EXPECT_EQ(at("latest").body, at("2024-05-03").body);
    EXPECT_NE(at("2024-05-01").body, at("2024-05-03").body);
    EXPECT_EQ(at("../2024-05-02").body, at("2024-05-01").body);
    const auto none = at("2023");
    EXPECT_EQ(none.status, 200);
    EXPECT_EQ(none.header("x-relief-empty"), "1");
    EXPECT_EQ(none.header("x-relief-observed"), "none") << "empty must not look like dry";
    EXPECT_NE(none.header("etag"), at("latest").header("etag"));
}

}  // namespace
}  // namespace relief::journey
