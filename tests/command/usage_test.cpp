// What the command line says to who sees it for the first time.

#include "tests/command/command_line.hpp"

#include <fstream>

namespace relief::command {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Usage = CommandLine;

TEST_F(Usage, NamesTheVerbsBeforeTheOptionsAndPointsToTheConfiguration) {
    const std::string help = relief({"--help"}).output;

    EXPECT_LT(help.find("\n  serve "), help.find("--workspace"));
    EXPECT_THAT(help, HasSubstr("relief config print"));
    EXPECT_THAT(help, Not(HasSubstr("limits.")));
    EXPECT_LT(std::count(help.begin(), help.end(), '\n'), 45) << help;
    EXPECT_THAT(relief({"config", "--help"}).output,
                AllOf(HasSubstr("--limits.body"), HasSubstr("--cache-size")));
}

TEST_F(Usage, NamesTheVerbThatWasMeant) {
    const auto wrong = relief({"inspct", "dem.tif"});
    const auto below = relief({"style", "chek", "a.json"});
    const auto other = relief({"fly"});

    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.errors, HasSubstr("no verb \"inspct\"; did you mean inspect?"));
    EXPECT_EQ(below.status, 2);
    EXPECT_THAT(below.errors, HasSubstr("no verb \"chek\"; did you mean check?"));
    EXPECT_EQ(other.status, 2);
    EXPECT_THAT(other.errors,
                AllOf(HasSubstr("\"fly\"; there are serve, add"), Not(HasSubstr("worker"))));
}

TEST_F(Usage, NamesTheOptionThatWasMeant) {
    const auto own = relief({"add", "a.tif", "--titel", "Flood"});
    const auto key = relief({"serve", "--cach-size=0"});
    const auto other = relief({"layers", "--everything"});

    EXPECT_EQ(own.status, 2);
    EXPECT_THAT(own.errors, HasSubstr("no option --titel; did you mean --title?"));
    EXPECT_THAT(key.errors, HasSubstr("no option --cach-size; did you mean --cache-size?"));
    EXPECT_THAT(other.errors, HasSubstr("no option --everything; --help lists"));
}

TEST_F(Usage, LeavesOtherMistakesToTheirOwnWords) {
    EXPECT_THAT(relief({"add"}).errors, HasSubstr("FILE is required"));
    EXPECT_THAT(relief({"style"}).errors, HasSubstr("subcommand is required"));
}

TEST_F(Usage, SaysThatTheFolderOfAPictureDoesNotExist) {
    ASSERT_EQ(relief({"add", raster()}).status, 0);

    const auto nowhere = relief({"tile", "dem", "0/0/0", "-o", file("none/a.png")});
    const auto folder = relief({"tile", "dem", "0/0/0", "-o", file("a.png")});

    expect_one_line(nowhere);
    EXPECT_THAT(nowhere.errors, HasSubstr(file("none") + ", its folder, does not exist"));
    EXPECT_EQ(folder.status, 0) << folder.errors;
}

TEST_F(Usage, SaysFirstThatAStyleIsNotThere) {
    const auto alone = relief({"render", file("none.json")});
    std::ofstream(file("style.json")) << R"({"version":8,"sources":{},"layers":[]})";
    const auto sizeless = relief({"render", file("style.json"), "-o", file("a.png")});
    const auto nowhere =
        relief({"render", file("style.json"), "--size", "9x9", "-o", file("none/a.png")});

    expect_one_line(alone);
    EXPECT_THAT(alone.errors, HasSubstr("none.json: there is no such file"));
    EXPECT_EQ(sizeless.status, 2);
    EXPECT_THAT(sizeless.errors, HasSubstr("--size WIDTHxHEIGHT is missing"));
    expect_one_line(nowhere);
    EXPECT_THAT(nowhere.errors, HasSubstr("does not exist"));
}

TEST_F(Usage, NamesTheRangeOfANumber) {
    const auto said = relief({"render", "a.json", "--zoom", "30"});

    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.errors,
                HasSubstr("--zoom: \"30\" is out of range; it is a number from 0 to 24"));
}

TEST_F(Usage, NamesTheLineWhereAGeoJsonIsDamaged) {
    std::ofstream(file("camps.geojson")) << "{\"type\":\"FeatureCollection\",\n\"features\":[\n"
                                            "{\"type\":\"Feature\",\"properties\":{,}}]}\n";
    std::ofstream(file("notes.txt")) << "no map\n";

    const auto added = relief({"add", file("camps.geojson")});
    const auto inspected = relief({"inspect", file("camps.geojson")});
    const auto other = relief({"add", file("notes.txt")});

    expect_one_line(added);
    EXPECT_THAT(added.errors, HasSubstr("damaged at line 3"));
    expect_one_line(inspected);
    EXPECT_THAT(inspected.errors, HasSubstr("damaged at line 3"));
    expect_one_line(other);
    EXPECT_THAT(other.errors, AllOf(HasSubstr("GeoTIFF"), HasSubstr("GeoJSON")));
}

}  // namespace
}  // namespace relief::command
