// relief export of features: vector tiles in every kind of package.

#include "tests/archive/example_package.hpp"
#include "tests/command/command_line.hpp"

#include <nlohmann/json.hpp>
#include <ogrsf_frmts.h>

#include <fstream>
#include <memory>

namespace relief::command {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class FeaturePackage : public CommandLine {
protected:
    void SetUp() override {
        std::string features;
        for (int i = 0; i < 200; ++i)
            features += std::string(i == 0 ? "" : ",") + R"({"type":"Feature","properties":{"n":)" +
                        std::to_string(i) +
                        R"(,"state":"open"},"geometry":{"type":"Point","coordinates":[)" +
                        std::to_string(30 + i * 0.01) + "," + std::to_string(10 + i % 7 * 0.01) +
                        "]}}";
        std::ofstream(file("wells.geojson"))
            << R"({"type":"FeatureCollection","features":[)" << features << "]}";
        const auto added = relief({"add", file("wells.geojson"), "--title", "Wells"});
        ASSERT_EQ(added.status, 0) << added.errors;
    }
    Said exported(const std::string& name, std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"export", "wells", "--zoom", "4-9", "-o", file(name)});
        return relief(std::move(words));
    }
    std::string tile(const std::string& name) const {
        EXPECT_EQ(relief({"tile", "wells", name, "-o", file("one.mvt")}).status, 0);
        return testing::text_of(file("one.mvt"));
    }
    static std::string plain(const std::string& packed) {
        const auto bytes =
            encode::gunzipped({reinterpret_cast<const std::uint8_t*>(packed.data()), packed.size()},
                              std::size_t{1} << 24U);
        return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
    }
};

TEST_F(FeaturePackage, HoldsTheTilesOfTheServerInEveryKind) {
    ASSERT_EQ(exported("a").status, 0);
    const auto said = exported("a.mbtiles");
    ASSERT_EQ(said.status, 0) << said.errors;
    ASSERT_EQ(exported("a.pmtiles").status, 0);

    const auto mbtiles = archive::tiles_of_mbtiles(file("a.mbtiles"));
    const auto pmtiles = archive::PmtilesFile(file("a.pmtiles")).tiles();

    ASSERT_GT(mbtiles.size(), 6U);
    EXPECT_TRUE(pmtiles == mbtiles);
    for (const auto& [name, packed] : mbtiles) {
        const std::string expected = tile(name);
        EXPECT_TRUE(plain(packed) == expected) << name;
        EXPECT_TRUE(testing::text_of(file("a/" + name + ".pbf")) == expected) << name;
    }
}

TEST_F(FeaturePackage, HoldsPicturesWhereTheyAreAskedFor) {
    const auto said = exported("a.mbtiles", {"--format", "png"});
    ASSERT_EQ(said.status, 0) << said.errors;
    const auto pictures = archive::tiles_of_mbtiles(file("a.mbtiles"));

    ASSERT_GT(pictures.size(), 6U);
    for (const auto& [name, bytes] : pictures) {
        ASSERT_EQ(relief({"tile", "wells", name, "-o", file("one.png")}).status, 0) << name;
        EXPECT_THAT(bytes, ::testing::StartsWith("\x89PNG")) << name;
        EXPECT_TRUE(testing::text_of(file("one.png")) == bytes) << name;
    }
    EXPECT_THAT(exported("b", {"--format", "gif"}).errors, HasSubstr("mvt, or png, webp or jpg"));
    EXPECT_THAT(exported("b", {"--style", "red"}).errors, HasSubstr("say --format png"));
    EXPECT_THAT(exported("b", {"--style", "red", "--format", "png"}).errors,
                HasSubstr("no style \"red\""));
}

TEST_F(FeaturePackage, HoldsPicturesByAStyleOfTheWorkspace) {
    std::filesystem::create_directories(workspace() / "styles");
    std::ofstream(workspace() / "styles" / "red.json")
        << R"({"version":8,"sources":{"w":{"type":"vector","url":"relief://wells"}},"layers":[
            {"id":"w","type":"circle","source":"w","source-layer":"wells",
             "paint":{"circle-color":"red"}}]})";

    ASSERT_EQ(exported("plain", {"--format", "png"}).status, 0);
    const auto said = exported("red", {"--format", "png", "--style", "red"});

    ASSERT_EQ(said.status, 0) << said.errors;
    const std::string tile = "/4/9/7.png";
    EXPECT_THAT(testing::text_of(file("red") + tile), ::testing::StartsWith("\x89PNG"));
    EXPECT_NE(testing::text_of(file("red") + tile), testing::text_of(file("plain") + tile));
}

TEST_F(FeaturePackage, IsReadByGdal) {
    ASSERT_EQ(exported("a.mbtiles").status, 0);
    ASSERT_EQ(exported("a").status, 0);
    GDALAllRegister();

    for (const std::string& name : {file("a.mbtiles"), file("a/9")}) {
        const std::unique_ptr<GDALDataset> dataset(
            GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
        ASSERT_NE(dataset, nullptr) << name;
        OGRLayer* const layer = dataset->GetLayerByName("wells");
        ASSERT_NE(layer, nullptr) << name;
        EXPECT_GE(layer->GetFeatureCount(), 200) << "those in buffers come twice";
        EXPECT_GE(layer->GetLayerDefn()->GetFieldIndex("n"), 0);
    }
}

TEST_F(FeaturePackage, SaysWhatItHolds) {
    ASSERT_EQ(exported("a").status, 0);
    ASSERT_EQ(exported("a.pmtiles").status, 0);

    const auto document = Json::parse(testing::text_of(file("a/tilejson.json")));
    const auto metadata = Json::parse(archive::PmtilesFile(file("a.pmtiles")).metadata());

    EXPECT_EQ(document["vector_layers"][0]["id"], "wells");
    EXPECT_EQ(document["vector_layers"][0]["fields"]["n"], "Number");
    EXPECT_EQ(metadata["vector_layers"], document["vector_layers"]);
}

TEST_F(FeaturePackage, HoldsTheFeaturesAndFieldsAskedFor) {
    ASSERT_EQ(exported("a", {"--filter", "n < 3", "--fields", "n"}).status, 0);
    const auto wrong = exported("b", {"--filter", "beds < 3"});
    const auto raster = exported("b", {"--rescale", "0,1"});

    EXPECT_THAT(testing::text_of(file("a/tilejson.json")), HasSubstr("wells"));
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(file("a")))
        if (entry.path().extension() == ".pbf") all += testing::text_of(entry.path());
    EXPECT_THAT(all, HasSubstr("wells"));
    EXPECT_THAT(all, Not(HasSubstr("state")));
    EXPECT_NE(wrong.status, 0);
    EXPECT_NE(raster.status, 0);
    EXPECT_THAT(raster.errors, HasSubstr("--rescale is for rasters"));
}

TEST_F(FeaturePackage, ThatIsWholeIsLeftAsItIs) {
    for (const char* const name : {"a.mbtiles", "a.pmtiles", "a"}) {
        ASSERT_EQ(exported(name).status, 0);
        EXPECT_NE(exported(name).status, 0);
        EXPECT_THAT(exported(name, {"--resume"}).output, HasSubstr("was whole already"));
        EXPECT_NE(exported(name, {"--resume", "--filter", "n < 3"}).status, 0);
    }
}

}  // namespace
}  // namespace relief::command
