#include "tiler/ingest/stac.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string asset(const std::string& href, const std::string& more = {}) {
    return R"({"href":")" + href + R"(","type":"image/tiff; application=geotiff")" + more + "}";
}

/// An item whose members are as in the STAC 1.0.0 item specification's examples.
std::string item(const std::string& assets,
                 const std::string& properties = R"("datetime":"2024-05-01T10:00:00Z")",
                 const std::string& id = "S2A_1") {
    return R"({"type":"Feature","stac_version":"1.0.0","id":")" + id +
           R"(","geometry":null,"bbox":[0,0,1,1],"links":[],"properties":{)" + properties +
           R"(},"assets":{)" + assets + "}}";
}

std::string collection(const std::string& items) {
    return R"({"type":"FeatureCollection","features":[)" + items + "]}";
}

StacItem only(const std::string& text, const std::string& wanted = {}) {
    const auto items = parse_items(text, wanted);
    if (!items || items->items.size() != 1) {
        ADD_FAILURE() << (items ? items->refused.front().second.what : items.error().what);
        return {};
    }
    return items->items.front();
}

std::string refused(const std::string& text, const std::string& wanted = {}) {
    const auto items = parse_items(text, wanted);
    if (!items) return "document: " + items.error().what;
    return items->refused.empty() ? "" : items->refused.front().second.what;
}

TEST(Stac, TellsWhatAnItemSays) {
    const auto read = only(item(R"("data":)" + asset("./a%20b.tif"),
                                R"("datetime":"2024-05-01T10:00:00Z","eo:cloud_cover":12.34,)"
                                R"("relief:priority":7)"));

    EXPECT_EQ(read.name, "S2A_1");
    EXPECT_EQ(read.href, "./a%20b.tif");
    EXPECT_EQ(*read.time, parse_instant("2024-05-01T10:00:00Z")->first);
    EXPECT_EQ(read.cloud, 1234);
    EXPECT_EQ(read.priority, 7);
}

TEST(Stac, OfASpanOfTimeTakesAllOfIt) {
    const auto time_of = [](const std::string& properties) {
        return to_text(*only(item(R"("data":)" + asset("a.tif"), properties)).time);
    };
    EXPECT_EQ(time_of(R"("datetime":null,"start_datetime":"2024-05-01T00:00:00Z",)"
                      R"("end_datetime":"2024-05-31T00:00:00Z")"),
              "2024-05-01T00:00:00Z/2024-05-31T00:00:00Z");
    EXPECT_EQ(time_of(R"("datetime":null,"start_datetime":"2024-05-01T00:00:00Z")"),
              "2024-05-01T00:00:00Z");
    EXPECT_EQ(time_of(R"("datetime":"1985-03")"), "1985-03");
    EXPECT_FALSE(only(item(R"("data":)" + asset("a.tif"), R"("datetime":null)")).time);
}

TEST(Stac, TakesTheOneRasterThatIsData) {
    const std::string thumbnail =
        R"("thumbnail":)" + asset("t.tif", R"(,"roles":["thumbnail"])") + ",";
    EXPECT_EQ(only(item(thumbnail + R"("B04":)" + asset("b4.tif"))).href, "b4.tif");
    EXPECT_EQ(only(item(R"("other":)" + asset("o.tif") + R"(,"B04":)" +
                        asset("b4.tif", R"(,"roles":["data"])")))
                  .href,
              "b4.tif");
    EXPECT_EQ(only(item(R"("visual":)" + asset("v.tif") + R"(,"B04":)" + asset("b4.tif"))).href,
              "v.tif");
    EXPECT_EQ(
        only(item(R"("visual":)" + asset("v.tif") + R"(,"B04":)" + asset("b4.tif")), "B04").href,
        "b4.tif");
    EXPECT_EQ(only(item(R"("plain":{"href":"a.tif"},"note":{"href":"a.txt"})")).href, "a.tif")
        << "by its name where it has no type";
}

TEST(Stac, RefusesAnItemThatDoesNotSayWhichRasterIsMeant) {
    EXPECT_THAT(refused(item(R"("B04":)" + asset("4.tif") + R"(,"B08":)" + asset("8.tif"))),
                HasSubstr("B04, B08"));
    EXPECT_THAT(refused(item(R"("B04":)" + asset("4.tif")), "red"), HasSubstr("red"));
    EXPECT_THAT(refused(item("")), HasSubstr("no raster"));
    EXPECT_THAT(refused(item(R"("data":)" + asset(""))), HasSubstr("href"));
}

TEST(Stac, OneItemThatMakesNoSenseCostsItself) {
    const auto items =
        parse_items(collection(item(R"("data":)" + asset("a.tif")) + R"(,{"type":"Feature"},7,)" +
                               item(R"("data":)" + asset("b.tif"), R"("datetime":"soon")", "late")),
                    "");

    ASSERT_TRUE(items);
    EXPECT_THAT(items->items, SizeIs(1));
    ASSERT_THAT(items->refused, SizeIs(3));
    EXPECT_EQ(items->refused[2].first, "late");
    EXPECT_THAT(items->refused[2].second.what, HasSubstr("soon"));
}

TEST(Stac, RefusesOtherDocumentsAndOtherVersions) {
    EXPECT_THAT(refused("not json"), HasSubstr("document:"));
    EXPECT_THAT(refused("[]"), HasSubstr("document:"));
    EXPECT_THAT(refused(R"({"type":"Collection","stac_version":"1.0.0"})"), HasSubstr("document:"));
    EXPECT_THAT(refused(collection(R"({"type":"Feature","id":"a","properties":{},"assets":{}})")),
                HasSubstr("stac_version"));
    std::string old = item(R"("data":)" + asset("a.tif"));
    old.replace(old.find("1.0.0"), 5, "0.9.0");
    EXPECT_THAT(refused(old), HasSubstr("0.9.0"));
    EXPECT_THAT(refused(item(R"("data":)" + asset("a.tif"), R"("eo:cloud_cover":101)")),
                HasSubstr("eo:cloud_cover"));
}

TEST(Stac, RefusesMoreItemsThanItTakes) {
    std::string many = "{}";
    for (std::size_t i = 0; i < stac_most_items; ++i) many += ",{}";

    EXPECT_THAT(refused(collection(many)), HasSubstr("10001 items"));
}

TEST(Stac, OfAnyDepthIsRead) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');

    EXPECT_EQ(only(item(R"("data":)" + asset("a.tif"), R"("x":)" + deep)).href, "a.tif");
}

class StacFiles : public ::testing::Test {
protected:
    /// Reads one item whose asset has this href, from "items/items.json".
    std::string answer(const std::string& href, const std::vector<std::string>& roots = {}) const {
        const fs::path document = folder_.path() / "items" / "items.json";
        fs::create_directories(document.parent_path());
        std::ofstream(document) << collection(item(R"("data":)" + asset(href)));
        const auto read = read_items(document, {"", roots});
        if (!read) return read.error().what;
        if (!read->refused.empty()) return read->refused[0].second.what;
        return read->scenes[0].file.string();
    }
    std::string file(const std::string& name) const {
        const fs::path path = folder_.path() / name;
        fs::create_directories(path.parent_path());
        std::ofstream(path) << "raster";
        return fs::canonical(path).string();
    }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }

private:
    testing::TemporaryFolder folder_;
};

TEST_F(StacFiles, LieBesideTheDocumentOrBelowIt) {
    const auto beside = file("items/a b.tif");
    const auto below = file("items/2024/c.tif");

    EXPECT_EQ(answer("a%20b.tif"), beside);
    EXPECT_EQ(answer("./2024/c.tif"), below);
    EXPECT_EQ(answer("file://" + below), below);
    EXPECT_THAT(answer("d.tif"), HasSubstr("not there"));
}

TEST_F(StacFiles, ElsewhereAreReadOnlyWhereTheConfigurationNamesThePlace) {
    const auto elsewhere = file("archive/e.tif");

    EXPECT_THAT(answer("../archive/e.tif"), HasSubstr("`sources`"));
    EXPECT_THAT(answer(elsewhere), HasSubstr("`sources`"));
    EXPECT_EQ(answer("../archive/e.tif", {(folder().path() / "archive").string()}), elsewhere);
    EXPECT_THAT(answer("/etc/passwd", {(folder().path() / "archive").string()}),
                HasSubstr("`sources`"));
}

TEST_F(StacFiles, BehindALinkCountWhereTheyReallyAre) {
    const auto secret = file("archive/e.tif");
    fs::create_directories(folder().path() / "items");
    fs::create_symlink(secret, folder().path() / "items" / "link.tif");

    EXPECT_THAT(answer("link.tif"), HasSubstr("`sources`"));
}

TEST_F(StacFiles, AtRemoteAddressesAreRefusedWithTheReason) {
    for (const char* href : {"https://example.org/a.tif", "s3://bucket/a.tif", "ftp://x/a.tif"})
        EXPECT_THAT(answer(href), HasSubstr("does not name")) << href;
    EXPECT_THAT(answer("https://example.org/a.tif", {"https://example.org/"}),
                HasSubstr("download"));
    EXPECT_THAT(answer("https://example.organ/a.tif", {"https://example.org"}),
                HasSubstr("does not name"));
    EXPECT_THAT(answer("/vsicurl/https://example.org/a.tif"), HasSubstr("`sources`"));
}

TEST_F(StacFiles, OfNoDocumentAreNone) {
    EXPECT_EQ(read_items(folder().path() / "none.json", {}).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace relief::ingest
