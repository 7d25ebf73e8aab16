// relief export: packages that hold the server's tiles, and what happens when it is cut off.

#include "tests/archive/example_package.hpp"
#include "tests/command/command_line.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace relief::command {
namespace {

namespace fs = std::filesystem;
using archive::tiles_of_folder;
using archive::tiles_of_mbtiles;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class Export : public CommandLine {
protected:
    void SetUp() override {
        const auto added = relief({"add", raster(), "--title", "Heights", "--source", "Survey"});
        ASSERT_EQ(added.status, 0) << added.errors;
    }
    Said exported(std::vector<std::string> words) const {
        words.insert(words.begin(), {"export", "dem"});
        return relief(std::move(words));
    }
    std::string tile(const std::string& name) const {
        EXPECT_EQ(relief({"tile", "dem", name, "-o", file("one.png")}).status, 0);
        return testing::text_of(file("one.png"));
    }
    bool nothing_left(const std::string& name) const {
        return !fs::exists(file(name)) && !fs::exists(file(name) + ".part");
    }
};

TEST_F(Export, HoldsTheTilesThatTheServerDraws) {
    const auto to_file = exported({"--zoom", "8-13", "-o", file("dem.mbtiles")});
    const auto to_folder = exported({"--zoom", "8-13", "-o", file("dem")});

    ASSERT_EQ(to_file.status, 0) << to_file.errors;
    ASSERT_EQ(to_folder.status, 0) << to_folder.errors;
    const auto tiles = tiles_of_mbtiles(file("dem.mbtiles"));
    EXPECT_TRUE(tiles_of_folder(file("dem")) == tiles);
    ASSERT_GE(tiles.size(), 6U) << "at least one tile a zoom";
    EXPECT_TRUE(tiles.begin()->second == tile(tiles.begin()->first));
    EXPECT_TRUE(tiles.rbegin()->second == tile(tiles.rbegin()->first));
}

TEST_F(Export, TakesAreaAndZoomsOfTheLayerWhenNoneAreStated) {
    const auto layer = Json::parse(relief({"inspect", "dem", "--json"}).output);

    ASSERT_EQ(exported({"-o", file("dem")}).status, 0);

    const auto document = Json::parse(testing::text_of(file("dem/tilejson.json")));
    EXPECT_EQ(document["minzoom"], layer["minzoom"]);
    EXPECT_EQ(document["maxzoom"], layer["maxzoom"]);
    EXPECT_EQ(document["bounds"], layer["bounds"]);
    EXPECT_EQ(document["name"], "Heights");
    EXPECT_EQ(document["attribution"], "Survey");
}

TEST_F(Export, OfAMosaicHoldsItsTilesAndNamesTheScenesThatItLeavesOut) {
    const std::vector<std::string> add{"add", raster("west_20240501.tif"), "--time-from-name"};
    auto words = add;
    words.insert(words.end(), {"--mosaic", "swath"});
    ASSERT_EQ(relief(words).status, 0);
    words = {"export", "swath", "--zoom", "10-13", "--time", "2024-05-01", "-o", file("swath")};
    const auto whole = relief(words);
    ASSERT_EQ(whole.status, 0) << whole.errors;
    EXPECT_THAT(whole.errors, Not(HasSubstr("left out")));
    const auto document = Json::parse(testing::text_of(file("swath/tilejson.json")));
    EXPECT_EQ(document["relief"]["observed"], "2024-05-01");
    EXPECT_EQ(document["relief"]["pick"], "first");
    EXPECT_FALSE(tiles_of_folder(file("swath")).empty());
    for (const auto& entry : fs::directory_iterator(workspace() / "layers"))
        std::ofstream(entry.path(), std::ios::trunc) << "broken";
    words.back() = file("broken");
    words.emplace_back("--json");

    const auto broken = relief(words);

    ASSERT_EQ(broken.status, 0) << broken.errors;
    EXPECT_EQ(Json::parse(broken.output)["left_out"], Json{"west_20240501"});
}

TEST_F(Export, DrawsByTheWordsOfATileInTheFormatAskedFor) {
    ASSERT_EQ(exported({"--zoom",
                        "12",
                        "--format",
                        "webp",
                        "--rescale",
                        "0,50",
                        "--colormap",
                        "viridis",
                        "-o",
                        file("dem")})
                  .status,
              0);

    EXPECT_THAT(testing::text_of(file("dem/tilejson.json")), HasSubstr("{z}/{x}/{y}.webp"));
    EXPECT_EQ(exported({"--zoom", "12", "--colormap", "none", "-o", file("x")}).status, 1);
}

TEST_F(Export, SaysWhatItDidInJson) {
    const auto said = exported({"--zoom", "12", "-o", file("dem"), "--json"});

    const auto report = Json::parse(said.output);
    EXPECT_EQ(report["tiles"], tiles_of_folder(file("dem")).size());
    EXPECT_GT(report["bytes"], 0);
}

TEST_F(Export, TellsEachTenthWhereThereIsNoTerminal) {
    // Enough tiles that the tenths do not fall together.
    const auto said = exported({"--zoom", "14-19", "-o", file("dem")});

    EXPECT_THAT(said.errors, HasSubstr("exporting dem: 100 %"));
    EXPECT_GT(std::count(said.errors.begin(), said.errors.end(), '\n'), 1) << said.errors;
}

TEST_F(Export, RefusesWhatItCannotReadNamesItAndLeavesNothing) {
    const std::vector<std::pair<std::string, std::string>> bad{{"--bbox", "1,2,3"},
                                                               {"--bbox", "0,0,1,1"},
                                                               {"--zoom", "9-3"},
                                                               {"--zoom", "x"},
                                                               {"--format", "gif"},
                                                               {"--time", "yesterday"},
                                                               {"--style", "pretty"},
                                                               {"--bands", "7"}};
    for (const auto& [option, value] : bad) {
        const auto said = exported({option, value, "-o", file("a.mbtiles")});
        expect_one_line(said);
        EXPECT_THAT(said.errors, HasSubstr(value)) << option;
        EXPECT_TRUE(nothing_left("a.mbtiles")) << option;
    }
    expect_one_line(relief({"export", "other", "-o", file("a")}));
}

TEST_F(Export, OfOtherKindsNamesThoseThatAreOffered) {
    for (const char* name : {"a.tar", "a.gpkg"}) {
        const auto said = exported({"-o", file(name)});
        expect_one_line(said);
        EXPECT_THAT(said.errors, AllOf(HasSubstr(".mbtiles"), HasSubstr("folder")));
        EXPECT_TRUE(nothing_left(name));
    }
}

TEST_F(Export, OfTooManyTilesNamesWhatToChange) {
    const auto said =
        exported({"--zoom", "10-22", "-o", file("a"), "--limits.export_tiles", "1000"});

    expect_one_line(said);
    EXPECT_THAT(said.errors,
                AllOf(HasSubstr("1 000 of limits.export_tiles"),
                      ContainsRegex("end --zoom at [12][0-9] "),
                      HasSubstr("--bbox")));
    EXPECT_TRUE(nothing_left("a"));
}

TEST_F(Export, LeavesAPackageOfThatNameAlone) {
    ASSERT_EQ(exported({"--zoom", "12", "-o", file("a.mbtiles")}).status, 0);
    const std::string before = testing::text_of(file("a.mbtiles"));

    const auto again = exported({"--zoom", "12", "-o", file("a.mbtiles")});
    const auto resumed = exported({"--zoom", "12", "-o", file("a.mbtiles"), "--resume"});

    expect_one_line(again);
    EXPECT_THAT(again.errors, HasSubstr("--overwrite"));
    EXPECT_EQ(resumed.status, 0);
    EXPECT_THAT(resumed.output, HasSubstr("whole already"));
    EXPECT_TRUE(testing::text_of(file("a.mbtiles")) == before);
    EXPECT_EQ(exported({"--zoom", "12", "-o", file("a.mbtiles"), "--overwrite"}).status, 0);
}

/// Exports that are cut off.
class CutOffExport : public Export {
protected:
    /// So many tiles that the signal comes before the last of them, however late this process
    /// wakes.
    std::vector<std::string> words(const std::string& name) const {
        return {"export", "dem", "--zoom", "10-21", "-o", file(name)};
    }
    /// Ends the program by a signal once it works; its status.
    int cut_off(const std::string& name, int signal, bool resume = false) const {
        auto all = words(name);
        all.insert(all.begin(), RELIEF_PROGRAM);
        if (resume) all.emplace_back("--resume");
        testing::Program program(all, {"RELIEF_WORKSPACE=" + workspace().string()});
        testing::eventually([&] { return program.ended() || fs::exists(file(name) + ".part"); });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        program.signal(signal);
        const int status = program.wait();
        said_ = program.errors();
        return status;
    }
    Said resumed(const std::string& name) const {
        auto all = words(name);
        all.emplace_back("--resume");
        return relief(all);
    }
    mutable std::string said_;
};

TEST_F(CutOffExport, GoesOnAfterKillsAndEndsLikeAnUnbrokenOne) {
    ASSERT_EQ(relief(words("whole.mbtiles")).status, 0);
    for (const char* name : {"cut.mbtiles", "cut"}) {
        EXPECT_EQ(cut_off(name, SIGKILL), 128 + SIGKILL);
        EXPECT_EQ(cut_off(name, SIGKILL, true), 128 + SIGKILL);
        ASSERT_FALSE(fs::exists(file(name)));

        const auto said = resumed(name);

        ASSERT_EQ(said.status, 0) << said.errors;
    }
    const auto whole = tiles_of_mbtiles(file("whole.mbtiles"));
    EXPECT_TRUE(tiles_of_mbtiles(file("cut.mbtiles")) == whole);
    EXPECT_TRUE(tiles_of_folder(file("cut")) == whole);
}

TEST_F(CutOffExport, ByCtrlCSaysHowToGoOn) {
    EXPECT_EQ(cut_off("a.mbtiles", SIGINT), 1);

    EXPECT_THAT(said_, HasSubstr("--resume"));
    EXPECT_EQ(resumed("a.mbtiles").status, 0);
}

TEST_F(CutOffExport, OfAnotherAreaIsNotMixedIn) {
    // Not by a kill, which may come before the file says of which area it is.
    EXPECT_EQ(cut_off("a.mbtiles", SIGINT), 1);

    const auto said = exported({"--zoom", "10-16", "-o", file("a.mbtiles"), "--resume"});

    expect_one_line(said);
    EXPECT_THAT(said.errors, HasSubstr("--overwrite"));
}

}  // namespace
}  // namespace relief::command
