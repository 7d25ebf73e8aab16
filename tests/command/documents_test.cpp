// What the verbs say of a layer: one document, one configuration, and plain words.

#include "tests/command/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace relief::command {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

class Documents : public CommandLine {
protected:
    Json json(std::vector<std::string> words) const {
        words.emplace_back("--json");
        const auto said = relief(words);
        EXPECT_EQ(said.status, 0) << said.errors;
        return Json::parse(said.output, nullptr, false);
    }
    void configure(const std::string& text) const {
        fs::create_directories(workspace());
        std::ofstream(workspace() / "relief.yaml") << text;
    }
    std::string sentinel(const std::string& name = "scene.tif") const {
        testing::RasterRecipe recipe;
        recipe.bands = 3;
        recipe.type = GDT_UInt16;
        recipe.titles = {"B2", "B3", "B4"};
        recipe.value = [](int band, int column, int row) { return 1000 * band + column + row; };
        return write(name, recipe);
    }
};

MATCHER_P(HasAllOf, less, "has every member of the other with the same value") {
    const auto members = less.items();
    return std::all_of(members.begin(), members.end(), [&](const auto& member) {
        if (arg.value(member.key(), Json()) == member.value()) return true;
        *result_listener << member.key();
        return false;
    });
}

TEST_F(Documents, OfALayerAreTheSameFromEveryVerb) {
    const auto added = json({"add", raster(), "--title", "Heights"});
    const auto listed = json({"layers"})["layers"][0];
    const auto inspected = json({"inspect", "dem"});

    EXPECT_THAT(added, HasAllOf(listed));
    EXPECT_THAT(inspected, HasAllOf(listed));
    for (const char* member : {"bands", "raster", "style", "algorithms", "added"})
        EXPECT_EQ(added[member], inspected[member]) << member;
    EXPECT_TRUE(added["replaced"].is_null());
    EXPECT_EQ(inspected["statistics"]["bands"][0]["max"], 126) << "63 + 63";
    EXPECT_EQ(inspected["file"]["block"], Json({256, 256}));
    EXPECT_EQ(inspected["style"]["colormap"], "hypsometric");
}

TEST_F(Documents, OfAFileAreThoseOfTheLayerItWouldBe) {
    const auto of_file = json({"inspect", raster()});
    const auto of_layer = json({"add", raster()});

    for (const auto& [name, value] : of_layer.items()) {
        const bool of_adding = name == "replaced";
        EXPECT_NE(of_file.contains(name), of_adding) << name;
    }
    for (const char* member : {"id", "title", "kind", "bounds", "sensitivity", "tiles"})
        EXPECT_EQ(of_file[member].type(), of_layer[member].type()) << member;
    EXPECT_EQ(of_file["id"], "dem");
    EXPECT_EQ(of_file["raster"]["crs"], "EPSG:32636");
    EXPECT_EQ(of_file["version"].get<std::string>().size(), 16U);
    EXPECT_EQ(of_file["added"], false);
}

TEST_F(Documents, TellWhichBandsAreDrawnAndWhy) {
    const std::string why = "as Sentinel-2 and Landsat 8 number them";

    EXPECT_THAT(relief({"inspect", sentinel()}).output,
                HasSubstr("drawn: bands 3 (B4), 2 (B3), 1 (B2) as red, green, blue, " + why));
    EXPECT_THAT(relief({"add", sentinel()}).output, HasSubstr(why));
    EXPECT_EQ(json({"inspect", "scene"})["style"]["bands"], Json({3, 2, 1}));
}

TEST_F(Documents, SayWhatANewFileTakesThePlaceOf) {
    ASSERT_EQ(relief({"add", raster(), "--title", "Old heights"}).status, 0);
    const std::string version = json({"layers"})["layers"][0]["version"];
    testing::RasterRecipe other;
    other.value = [](int, int column, int) { return column; };

    EXPECT_THAT(relief({"add", raster()}).output, HasSubstr("shows the same content already"));
    const auto said = relief({"add", write("dem.tif", other)});
    EXPECT_THAT(said.output, HasSubstr("in place of \"Old heights\" as it was added at 20"));
    const auto again = json({"add", raster(), "--id", "dem"});
    EXPECT_EQ(again["replaced"]["title"], "Old heights");
    EXPECT_NE(again["replaced"]["version"], version);
    EXPECT_EQ(again["version"], version) << "the first content once more";
}

TEST_F(Documents, NameAFileInAnotherScriptByAStandInAndKeepItsOwnNameAsTitle) {
    for (const char* name : {"فيضان", "ရေကြီးမှု", "洪水"}) {
        const auto added = json({"add", raster(std::string(name) + ".tif")});
        EXPECT_THAT(added["id"].get<std::string>(), StartsWith("layer-")) << name;
        EXPECT_EQ(added["title"], name);
        EXPECT_EQ(json({"inspect", file(std::string(name) + ".tif")})["id"], added["id"]);
    }
    EXPECT_EQ(json({"layers"})["layers"].size(), 3U);
}

TEST_F(Documents, FollowTheConfigurationThatServeReads) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    configure("layers: {sensitivity: moderate, dem: {title: Hidden, sensitivity: high}}\n");

    EXPECT_THAT(relief({"layers"}).output, HasSubstr("dem  \"Hidden\"  elevation, high"));
    EXPECT_EQ(json({"layers"})["layers"][0]["sensitivity"], "high");
    EXPECT_THAT(relief({"inspect", "dem"}).output, HasSubstr("Hidden"));
    EXPECT_EQ(json({"inspect", "dem"})["title"], "Hidden");
    EXPECT_EQ(json({"inspect", sentinel()})["sensitivity"], "moderate");
}

TEST_F(Documents, AConfigurationThatIsWrongStopsEveryVerb) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    configure("workers: 2\nlisten_to: 127.0.0.1:80\n");

    for (const auto& words : {std::vector<std::string>{"layers"},
                              {"inspect", "dem"},
                              {"inspect", raster()},
                              {"remove", "dem"},
                              {"add", raster()},
                              {"tile", "dem", "0/0/0", "-o", file("t.png")},
                              {"export", "dem", "-o", file("t.mbtiles")},
                              {"serve"}}) {
        const auto said = relief(words);
        expect_one_line(said);
        EXPECT_THAT(said.errors, HasSubstr("relief.yaml:2: unknown key listen_to")) << words[0];
    }
}

TEST_F(Documents, OfWhatWasDoneAreJsonWhereAskedFor) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);

    const auto tile = json({"tile", "dem", "0/0/0", "-o", file("t.webp")});
    EXPECT_EQ(tile["layer"], "dem");
    EXPECT_EQ(tile["format"], "webp");
    EXPECT_EQ(tile["bytes"], fs::file_size(file("t.webp")));
    EXPECT_EQ(tile["file"], file("t.webp"));
    EXPECT_EQ(tile["version"], json({"layers"})["layers"][0]["version"]);
    EXPECT_EQ(json({"config", "print"})["settings"]["workers"]["origin"], "built in");
    const std::vector<std::string> carry{"export", "dem", "-o", file("t.mbtiles"), "--resume"};
    EXPECT_GT(json(carry)["tiles"], 0);
    EXPECT_EQ(json(carry), (Json{{"unchanged", true}}));
    EXPECT_EQ(json({"remove", "dem"}), (Json{{"id", "dem"}, {"removed", true}}));
}

TEST_F(Documents, TellAlphaFromData) {
    testing::RasterRecipe recipe;
    recipe.bands = 2;
    recipe.alpha = true;
    recipe.value = [](int band, int column, int) { return band == 2 ? 255 : column; };
    const auto path = write("scene.tif", recipe);

    const auto said = relief({"add", path}).output;
    EXPECT_THAT(said, AllOf(HasSubstr("band 2: alpha"), Not(HasSubstr("255 to 255"))));
    const auto document = json({"inspect", "scene"});
    EXPECT_EQ(document["bands"][1]["role"], "alpha");
    EXPECT_FALSE(document["bands"][1].contains("statistics"));
    EXPECT_EQ(document["statistics"]["bands"][1], Json({{"band", 2}}));
}

TEST_F(Documents, CoordinatesThatCannotBeRightAreRefusedAndDoubtfulOnesTold) {
    testing::RasterRecipe recipe;
    recipe.transform = {-74.6, 0.01, 0, 20.2, 0, -0.01};
    recipe.crs = "EPSG:3857";
    const auto refused = relief({"add", write("wrong.tif", recipe)});
    expect_one_line(refused);
    EXPECT_THAT(refused.errors, HasSubstr("x -74.6 to -73.96, y 19.56 to 20.2"));

    recipe.crs = "EPSG:3035";
    const auto doubted = relief({"inspect", write("doubtful.tif", recipe)});
    EXPECT_EQ(doubted.status, 0) << doubted.errors;
    EXPECT_THAT(doubted.errors, HasSubstr("look like degrees"));
    EXPECT_EQ(json({"inspect", file("doubtful.tif")})["warnings"].size(), 1U);
}

TEST_F(Documents, OfATileExplainWhatItIsReadFrom) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    const auto tile = json({"explain", "dem", "14/9792/6557", "--colormap", "viridis"});

    EXPECT_EQ(tile["version"], tile["files"][0]["version"]);
    EXPECT_EQ(tile["style"]["colormap"], "viridis");
    const auto& read = tile["files"][0]["reads"][0];
    EXPECT_EQ(read["overview"], 0);
    EXPECT_EQ(read["overview_size"], Json({64, 64}));
    EXPECT_EQ(read["blocks"], 1);
    EXPECT_FALSE(tile["empty"]);
    EXPECT_EQ(json({"explain", "dem", "14/0/0"})["files"][0]["reads"], Json::array());
    EXPECT_THAT(relief({"explain", "dem", "14/9792/6557"}).output,
                HasSubstr("the full resolution"));
}

TEST_F(Documents, OfALayerWithoutALevelHaveThatOfTheConfiguration) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    EXPECT_EQ(json({"layers"})["layers"][0]["sensitivity"], "low");

    configure("layers: {sensitivity: high}\n");

    EXPECT_EQ(json({"layers"})["layers"][0]["sensitivity"], "high");
    ASSERT_EQ(relief({"add", raster(), "--sensitivity", "moderate"}).status, 0);
    EXPECT_EQ(json({"layers"})["layers"][0]["sensitivity"], "moderate");
}

}  // namespace
}  // namespace relief::command
