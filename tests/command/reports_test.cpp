// relief reports import, export

#include "tests/command/command_line.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace relief::command {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ReportJson = nlohmann::json;

class ReportsCommand : public CommandLine {
protected:
    std::string text_file(const std::string& name, const std::string& text) const {
        std::ofstream(file(name), std::ios::binary) << text;
        return file(name);
    }
    static std::string read_file(const std::string& name) {
        std::ifstream stream(name);
        std::ostringstream text;
        text << stream.rdbuf();
        return text.str();
    }
    ReportJson import(std::vector<std::string> words, int status = 0) const {
        words.insert(words.begin(), {"reports", "import", "--json"});
        const auto said = relief(std::move(words), open_house);
        EXPECT_EQ(said.status, status) << said.errors;
        return ReportJson::parse(said.output, nullptr, false);
    }
    Said run_export(std::vector<std::string> words) const {
        words.insert(words.begin(), {"reports", "export"});
        return relief(std::move(words), open_house);
    }
    const std::vector<std::string> open_house{"RELIEF_REPORTS__SENSITIVITY=low",
                                              "RELIEF_REPORTS__MODERATION=after"};
    /// Two good rows, one without a place, one beyond the pole. The first fills two lines: rows are
    /// numbered as a spreadsheet does.
    const std::string posts = text_file(
        "posts.csv",
        "Post ID,Survey,Post Status,Post Date (UTC),Contact,Title,Description,Loc.lat,Loc.lon\n"
        "1,s,published,2024-01-02 09:00:00,CANARY,=1+1,\"a\nb\",33.5,35.4\n"
        "2,s,published,2024-01-03 09:00:00,,طريق مغلق,text,33.6,35.5\n"
        "3,s,published,,,no place,text,,\n"
        "4,s,published,,,far,text,95,35\n");
};

TEST_F(ReportsCommand, ImportsWhatIsGoodAndNamesWhatIsNot) {
    const auto said =
        relief({"reports", "import", posts, "--rejects", file("bad.csv")}, open_house);

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output,
                AllOf(HasSubstr("ushahidi"), HasSubstr("2 new"), HasSubstr("2 rejected")));
    EXPECT_THAT(read_file(file("bad.csv")),
                AllOf(StartsWith("row,reason\n"),
                      HasSubstr("\n4,\"there is no place"),
                      HasSubstr("\n5,\"latitude \"\"95\"\"")));
}

TEST_F(ReportsCommand, ImportsTheSameFileAgainWithoutDoublingIt) {
    import({posts});
    const auto again = import({posts, "--format", "ushahidi"});
    text_file("posts.csv",
              "Post ID,Survey,Post Status,Title,Description,Loc.lat,Loc.lon\n"
              "2,s,published,changed,text,33.6,35.5\n");
    const auto changed = import({posts});

    EXPECT_EQ(again["stored"], 0);
    EXPECT_EQ(again["unchanged"], 2);
    EXPECT_EQ(changed["updated"], 1);
    EXPECT_EQ(changed["stored"], 0);
}

TEST_F(ReportsCommand, ExportsGeoJsonThatComesInAgainAsItWas) {
    import({posts});
    const auto exported = file("out.geojson");
    ASSERT_EQ(run_export({"-o", exported, "--view", "exact"}).status, 0);
    const auto document = ReportJson::parse(read_file(exported), nullptr, false);

    EXPECT_EQ(document["features"].size(), 2U);
    EXPECT_THAT(document.dump(), AllOf(HasSubstr("طريق مغلق"), Not(HasSubstr("CANARY"))));
    EXPECT_EQ(import({exported})["unchanged"], 2);
    auto changed = document;
    changed["features"][0]["properties"]["title"] = "mended";
    EXPECT_EQ(import({text_file("mended.geojson", changed.dump())})["updated"], 1);
}

TEST_F(ReportsCommand, ExportsATableThatComesInAgainAsItWas) {
    import({posts, "--sensitivity", "severe"});
    const auto exported = file("out.csv");
    ASSERT_EQ(run_export({"-o", exported, "--view", "exact"}).status, 0);

    EXPECT_EQ(import({exported})["unchanged"], 2);
    EXPECT_THAT(run_export({"--view", "exact"}).output,
                AllOf(HasSubstr(R"("sensitivity":"severe")"), HasSubstr(R"("title":"=1+1")")));
}

TEST_F(ReportsCommand, ExportsNoFormulaInATable) {
    import({posts});
    const auto said = run_export({"--format", "csv"});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.output,
                AllOf(StartsWith("id,title,description"),
                      HasSubstr("\r\n#meta+id,#event+name,"),
                      HasSubstr(",'=1+1,"),
                      HasSubstr("33.5,35.4")));
}

TEST_F(ReportsCommand, ExportsToEveryoneOnlyWhatEveryoneSees) {
    import({posts, "--sensitivity", "high"});
    const auto open = run_export({});
    const auto exact = run_export({"--view", "exact"});

    EXPECT_THAT(open.output, Not(HasSubstr("35.4")));
    EXPECT_THAT(open.errors, HasSubstr("2 left out"));
    EXPECT_THAT(exact.output, HasSubstr("35.4"));
}

TEST_F(ReportsCommand, LetsNoTableLowerTheLevelOfTheHouse) {
    const auto table = text_file("t.csv", "id,lat,lon,sensitivity\n1,33.5,35.4,low\n");
    relief({"reports", "import", table});
    const auto exact = run_export({"--view", "exact"});

    EXPECT_THAT(exact.output, HasSubstr(R"("sensitivity":"high")"));
}

TEST_F(ReportsCommand, ExportsKmlAndGeoPackage) {
    import({posts});

    EXPECT_EQ(run_export({"-o", file("out.kml")}).status, 0);
    EXPECT_EQ(run_export({"-o", file("out.gpkg")}).status, 0);
    EXPECT_THAT(read_file(file("out.kml")), HasSubstr("<coordinates>35.4,33.5</coordinates>"));
    GDALAllRegister();
    const std::unique_ptr<GDALDataset> package(
        GDALDataset::Open(file("out.gpkg").c_str(), GDAL_OF_VECTOR));
    ASSERT_NE(package, nullptr);
    ASSERT_NE(package->GetLayer(0), nullptr);
    EXPECT_EQ(package->GetLayer(0)->GetFeatureCount(), 2);
    const std::unique_ptr<OGRFeature> first(package->GetLayer(0)->GetNextFeature());
    const auto* const point = first->GetGeometryRef()->toPoint();
    EXPECT_EQ(point->getX() > 35.3 && point->getY() < 34, true);
}

TEST_F(ReportsCommand, ExportsNoPinWhereOnlyTheRegionIsKnown) {
    import({text_file("region.csv", "id,title,lat,lon,precision\n1,A,33.5,35.4,region\n")});

    EXPECT_EQ(run_export({"-o", file("out.kml")}).status, 0);

    EXPECT_THAT(read_file(file("out.kml")),
                AllOf(HasSubstr("<Polygon><outerBoundaryIs>"), Not(HasSubstr("<Point>"))));
}

TEST_F(ReportsCommand, ExportsAsAlertsWhatIsConfirmedAlone) {
    import(
        {text_file("some.csv",
                   "id,title,lat,lon,status\n1,Sure,33.5,35.4,verified\n2,Heard,33.6,35.5,new\n")});

    const auto said = run_export({"-o", file("out.cap")});

    EXPECT_EQ(said.status, 0);
    EXPECT_THAT(said.errors, HasSubstr("1 left out that nobody has confirmed"));
    EXPECT_THAT(read_file(file("out.cap")),
                AllOf(HasSubstr("<circle>33.5,35.4 0</circle>"), Not(HasSubstr("Heard"))));
}

TEST_F(ReportsCommand, SaysInOneLineWhatCannotBeRead) {
    expect_one_line(relief({"reports", "import", file("absent.csv")}));
    expect_one_line(relief({"reports", "import", text_file("x.csv", "a,b\n1,2\n")}));
    expect_one_line(relief({"reports", "import", text_file("x.cap", "<!DOCTYPE a><a/>")}));
    EXPECT_EQ(relief({"reports", "import", posts, "--format", "xls"}).status, 1);
    EXPECT_EQ(relief({"reports", "export", "--view", "all"}).status, 2);
}

}  // namespace
}  // namespace relief::command
