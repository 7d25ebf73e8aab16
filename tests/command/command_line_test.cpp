// The program as people call it: exit status, one line of error, answers to read and to parse.

#include "tests/command/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

TEST_F(CommandLine, WithoutAVerbShowsTheHelpAndIsAUsageError) {
    const auto said = relief({});

    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.errors, HasSubstr("relief serve"));
}

TEST_F(CommandLine, TellsItsVersion) {
    const auto said = relief({"--version"});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.output, StartsWith("relief "));
}

TEST_F(CommandLine, EveryVerbHasHelpWithAnExample) {
    for (const char* verb :
         {"serve", "add", "layers", "remove", "inspect", "tile", "export", "config"}) {
        const auto said = relief({verb, "--help"});
        EXPECT_EQ(said.status, 0) << verb;
        EXPECT_THAT(said.output, HasSubstr(std::string("  relief ") + verb)) << verb;
    }
}

TEST_F(CommandLine, HidesTheVerbsOfItsChild) {
    EXPECT_THAT(relief({"--help"}).output, Not(HasSubstr("worker-")));
}

TEST_F(CommandLine, WrongUseIsStatusTwo) {
    EXPECT_EQ(relief({"add"}).status, 2);
    EXPECT_EQ(relief({"fly"}).status, 2);
    EXPECT_EQ(relief({"tile", "dem"}).status, 2);
    EXPECT_EQ(relief({"add", "a.tif", "b.tif", "--id", "one"}).status, 2);
    EXPECT_EQ(relief({"add", raster(), "--sensitivity", "secret"}).status, 2);
}

TEST_F(CommandLine, ListsNothingInAnEmptyFolderAndLeavesItSo) {
    fs::create_directories(workspace());

    const auto said = relief({"layers"});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.output, HasSubstr("relief add FILE"));
    EXPECT_TRUE(fs::is_empty(workspace()));
    EXPECT_EQ(Json::parse(relief({"layers", "--json"}).output),
              Json({{"layers", Json::array()},
                    {"problems", Json::array()},
                    {"suspended", Json::array()}}));
}

TEST_F(CommandLine, AWorkspaceThatDoesNotExistIsNotAnEmptyOne) {
    const auto listed = relief({"layers"});
    EXPECT_EQ(listed.status, 0) << "it is made on first use";
    EXPECT_THAT(listed.errors, HasSubstr(workspace().string() + " does not exist"));
    for (const auto& words : {std::vector<std::string>{"inspect", "dem"},
                              {"remove", "dem"},
                              {"tile", "dem", "0/0/0", "-o", file("t.png")}}) {
        const auto said = relief(words);
        expect_one_line(said);
        EXPECT_THAT(
            said.errors,
            AllOf(HasSubstr(workspace().string() + " does not exist"), HasSubstr("--workspace")));
    }
    EXPECT_FALSE(fs::exists(workspace()));
    EXPECT_THAT(relief({"config", "print"}).errors, HasSubstr("does not exist yet"));
}

TEST_F(CommandLine, AddsListsInspectsAndRemovesALayer) {
    const auto added = relief({"add", raster(), "--title", "Heights", "--source", "Survey"});
    ASSERT_EQ(added.status, 0) << added.errors;
    EXPECT_THAT(added.output,
                AllOf(HasSubstr("layer \"dem\""), HasSubstr("64 x 64 cells, elevation")));

    EXPECT_THAT(relief({"layers"}).output, HasSubstr("dem  \"Heights\"  elevation, low"));
    const auto listed = Json::parse(relief({"layers", "--json"}).output);
    EXPECT_EQ(listed["layers"][0]["id"], "dem");
    const auto inspected = Json::parse(relief({"inspect", "dem", "--json"}).output);
    EXPECT_EQ(inspected["provenance"]["source"], "Survey");

    EXPECT_EQ(relief({"remove", "dem"}).status, 0);
    EXPECT_EQ(Json::parse(relief({"layers", "--json"}).output)["layers"].size(), 0U);
    EXPECT_TRUE(fs::is_empty(workspace() / "layers"));
}

TEST_F(CommandLine, OneOfTwoFilesThatCannotBeAddedCostsOnlyItself) {
    std::ofstream(file("broken.tif")) << "no raster";

    const auto said = relief({"add", file("broken.tif"), raster()});

    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.output, HasSubstr("layer \"dem\""));
    EXPECT_THAT(said.errors, HasSubstr("relief: " + file("broken.tif")));
}

TEST_F(CommandLine, ADefaultStyleThatCannotBeDrawnIsRefused) {
    const auto said = relief({"add", raster(), "--bands", "9"});

    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.errors, HasSubstr("9"));
    EXPECT_EQ(Json::parse(relief({"layers", "--json"}).output)["layers"].size(), 0U);
}

TEST_F(CommandLine, ATimeThatIsNoneIsWrongUse) {
    for (const char* option : {"--time", "--acquired", "--processed"}) {
        const auto said = relief({"add", raster(), option, "yesterday"});
        EXPECT_EQ(said.status, 2) << option;
        EXPECT_THAT(said.errors,
                    AllOf(HasSubstr(option), HasSubstr("\"yesterday\""), HasSubstr("2024-05-01")));
    }
    EXPECT_EQ(relief({"add", raster(), "--acquired", "2024-05-01/2024-05-03"}).status, 0);
}

TEST_F(CommandLine, RemovingWhatIsNotThereIsAFailureAndMakesNoWorkspace) {
    expect_one_line(relief({"remove", "nothing"}));
    EXPECT_FALSE(fs::exists(workspace()));
}

TEST_F(CommandLine, InspectsAFileWithoutAWorkspace) {
    const auto said = relief({"inspect", raster()});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.output, HasSubstr("UTM zone 36N (EPSG:32636)"));
    EXPECT_FALSE(fs::exists(workspace()));
    EXPECT_TRUE(Json::accept(relief({"inspect", raster(), "--json"}).output));
}

TEST_F(CommandLine, InspectingWhatIsNeitherFileNorLayerSaysSo) {
    expect_one_line(relief({"inspect", "nothing"}));
}

TEST_F(CommandLine, WritesATileInTheFormatOfItsName) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);
    const std::vector<std::pair<std::string, std::string>> formats{
        {"tile.png", "\x89PNG"}, {"tile.webp", "RIFF"}, {"tile.jpg", "\xFF\xD8\xFF"}};

    for (const auto& [name, beginning] : formats) {
        const auto said = relief({"tile", "dem", "0/0/0", "-o", file(name)});
        EXPECT_EQ(said.status, 0) << said.errors;
        EXPECT_THAT(testing::text_of(file(name)), StartsWith(beginning));
    }
}

TEST_F(CommandLine, ATileThatCannotBeWrittenIsAFailure) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);

    expect_one_line(relief({"tile", "dem", "1/2/0", "-o", file("t.png")}));
    expect_one_line(relief({"tile", "dem", "0/0/0", "-o", file("t.bmp")}));
    expect_one_line(relief({"tile", "dem", "0/0/0", "-o", file("none/t.png")}));
    expect_one_line(relief({"tile", "other", "0/0/0", "-o", file("t.png")}));
    EXPECT_FALSE(fs::exists(file("t.png")));
}

TEST_F(CommandLine, ATileThatIsNoAddressIsWrongUse) {
    for (const char* tile : {"1/0", "a/b/c", "1/0/0/0", "1/0/0.5"}) {
        const auto said = relief({"tile", "dem", tile, "-o", file("t.png")});
        EXPECT_EQ(said.status, 2) << tile;
        EXPECT_THAT(said.errors, HasSubstr("12/2046/1583")) << tile;
    }
}

TEST_F(CommandLine, PrintsTheConfigurationWithTheOriginOfEachValue) {
    fs::create_directories(workspace());
    std::ofstream(workspace() / "relief.yaml") << "cache_size: 1GB\nworkers: 3\n";

    const auto said = relief({"config", "print", "--workers", "5"}, {"RELIEF_LOG=json"});

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, HasSubstr("relief.yaml:1"));
    EXPECT_THAT(said.output, HasSubstr("RELIEF_LOG"));
    EXPECT_THAT(said.output, HasSubstr("--workers")) << "an option wins over the file";
}

TEST_F(CommandLine, AnUnknownKeyNamesItsLine) {
    fs::create_directories(workspace());
    std::ofstream(workspace() / "relief.yaml") << "workers: 2\nlisten_to: 127.0.0.1:80\n";

    const auto said = relief({"config", "print"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, AllOf(HasSubstr("listen_to"), HasSubstr("2")));
}

TEST_F(CommandLine, AVariableThatNamesNoKeyIsAWarning) {
    const auto said = relief({"config", "print"}, {"RELIEF_LISTEM=x"});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.errors, HasSubstr("RELIEF_LISTEM"));
}

TEST_F(CommandLine, WordsOfAStyleAreCheckedBeforeTheFileIsConverted) {
    const Said said = relief({"add", raster(), "--colormap", "nonsense"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("nonsense"));
    EXPECT_FALSE(std::filesystem::exists(workspace() / "layers"));
    expect_one_line(relief({"add", raster(), "--bands", "7"}));
}

}  // namespace
}  // namespace relief::command
