// Files of features beside files of rasters: how the same verbs tell them apart.

#include "tests/command/command_line.hpp"

#include <nlohmann/json.hpp>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <memory>
#include <string>

namespace relief::command {
namespace {

using ::testing::HasSubstr;

class FeaturesOnTheCommandLine : public CommandLine {
protected:
    /// A GeoPackage is one of the formats that may hold several rasters; this one holds none.
    std::string package(const std::vector<std::string>& layers) const {
        GDALAllRegister();
        std::string path = file("places.gpkg");
        const std::unique_ptr<GDALDataset> dataset(
            GetGDALDriverManager()->GetDriverByName("GPKG")->Create(
                path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        OGRSpatialReference crs;
        crs.importFromEPSG(4326);
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        for (const std::string& name : layers) {
            OGRLayer* layer = dataset->CreateLayer(name.c_str(), &crs, wkbPoint, nullptr);
            OGRFeature feature(layer->GetLayerDefn());
            const OGRPoint place(35.5, 33.9);
            feature.SetGeometry(&place);
            EXPECT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
        }
        return path;
    }
};

TEST_F(FeaturesOnTheCommandLine, OfAGeoPackageWithoutRastersAreInspectedAndAdded) {
    const std::string places = package({"camps"});

    const auto inspected = relief({"inspect", places});
    const auto added = relief({"add", places, "--json"});

    EXPECT_EQ(inspected.status, 0) << inspected.errors;
    EXPECT_THAT(inspected.output, HasSubstr("1 features, points"));
    ASSERT_EQ(added.status, 0) << added.errors;
    EXPECT_EQ(nlohmann::json::parse(added.output)["id"], "places");
}

TEST_F(FeaturesOnTheCommandLine, OfOneLayerOfSeveralAreNamedAfterIt) {
    const auto added = relief({"add", package({"camps", "roads"}), "--layer", "camps", "--json"});

    ASSERT_EQ(added.status, 0) << added.errors;
    EXPECT_EQ(nlohmann::json::parse(added.output)["id"], "places-camps");
}

TEST_F(FeaturesOnTheCommandLine, OfSeveralLayersAreListedByInspect) {
    const std::string places = package({"camps", "roads"});

    const auto said = relief({"inspect", places});
    const auto json = relief({"inspect", places, "--json"});

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, HasSubstr("holds 2 layers"));
    EXPECT_THAT(said.output, HasSubstr("relief add " + places + " --layer \"roads\""));
    EXPECT_EQ(json.status, 0);
    EXPECT_EQ(nlohmann::json::parse(json.output)["layers"],
              nlohmann::json::parse(R"(["camps","roads"])"));
}

TEST_F(FeaturesOnTheCommandLine, OfOneLayerOfSeveralAreInspected) {
    const std::string places = package({"camps", "roads"});

    const auto said = relief({"inspect", places, "--layer", "roads", "--json"});
    const auto wrong = relief({"inspect", places, "--layer", "rivers"});
    const auto both = relief({"inspect", places, "--layer", "roads", "--variable", "t2m"});
    const auto nowhere = relief({"inspect", "camps", "--layer", "roads"});

    ASSERT_EQ(said.status, 0) << said.errors;
    EXPECT_EQ(nlohmann::json::parse(said.output)["features"], 1);
    EXPECT_THAT(nlohmann::json::parse(said.output)["title"].get<std::string>(), HasSubstr("roads"));
    expect_one_line(wrong);
    EXPECT_THAT(wrong.errors, HasSubstr("\"camps\", \"roads\""));
    EXPECT_THAT(both.errors, HasSubstr("leave one of them out"));
    EXPECT_THAT(nowhere.errors, HasSubstr("no such file"));
}

TEST_F(FeaturesOnTheCommandLine, AreCountedInTiles) {
    ASSERT_EQ(relief({"add", package({"camps"}), "--id", "camps"}).status, 0);
    const auto tile = [&](const std::string& file, std::vector<std::string> words) {
        words.insert(words.begin(),
                     {"tile", "camps", "0/0/0", "-o", (workspace() / file).string()});
        return relief(words);
    };

    const auto squares = tile("a.mvt", {"--aggregate", "square", "--cell", "64"});
    const auto picture = tile("a.png", {"--aggregate", "cluster"});
    const auto wrong = tile("b.mvt", {"--aggregate", "circle"});
    const auto alone = tile("b.mvt", {"--sum", "beds"});

    ASSERT_EQ(squares.status, 0) << squares.errors;
    EXPECT_THAT(testing::text_of(workspace() / "a.mvt"), HasSubstr("point_count"));
    EXPECT_EQ(picture.status, 0) << picture.errors;
    expect_one_line(wrong);
    EXPECT_THAT(wrong.errors, HasSubstr("cluster, hexagon or square"));
    EXPECT_THAT(alone.errors, HasSubstr("needs aggregate="));
}

TEST_F(FeaturesOnTheCommandLine, HaveNoVariables) {
    const std::string places = package({"camps"});

    const auto alone = relief({"add", places, "--variable", "t2m"});
    const auto both = relief({"add", places, "--layer", "camps", "--at", "level=850"});

    expect_one_line(alone);
    EXPECT_THAT(alone.errors, HasSubstr("it has no variables"));
    expect_one_line(both);
    EXPECT_THAT(both.errors, HasSubstr("leave one of them out"));
    EXPECT_FALSE(std::filesystem::exists(workspace() / "relief.db"));
}

}  // namespace
}  // namespace relief::command
