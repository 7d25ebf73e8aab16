// Features of many formats into an index: placed, repaired, told.

#include "tiler/ingest/index_features.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tiler/ingest/feature_layers.hpp"
#include "tiler/ingest/read_features.hpp"
#include "tiler/source/gdal_runtime.hpp"
#include "tiler/vector/feature_at.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <fstream>

namespace relief::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IndexFeatures : public ::testing::Test {
protected:
    static void SetUpTestSuite() { source::start_gdal(); }

    std::string file(const char* name, const std::string& text) const {
        const auto path = folder_.path() / name;
        std::ofstream(path) << text;
        return path.string();
    }
    static std::string collection(const std::string& features) {
        return R"({"type":"FeatureCollection","features":[)" + features + "]}";
    }
    static std::string feature(const std::string& geometry, const std::string& properties = "{}") {
        return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry +
               "}";
    }
    Result<VectorDescription> indexed(const std::string& source, const std::string& layer = {}) {
        return index_features({source, layer, target(), {}});
    }
    std::string target() const { return (folder_.path() / "out.features").string(); }
    std::vector<vector::FoundFeature> at(LonLat place, double reach = 1e-5) const {
        const auto index = vector::VectorIndex::open(target());
        EXPECT_TRUE(index) << (index ? "" : index.error().what);
        return *vector::features_at(*index, {place, reach});
    }
    const testing::TemporaryFolder& folder() const { return folder_; }

private:
    testing::TemporaryFolder folder_;
};

TEST_F(IndexFeatures, KeepsAttributesWithTheirTypes) {
    const auto made =
        indexed(file("camps.geojson",
                     collection(feature(
                         R"({"type":"Point","coordinates":[35.5,33.9]})",
                         R"({"name":"مخيم","people":1200,"rate":0.25,"open":true,"note":null})"))));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->features, 1U);
    EXPECT_THAT(made->kinds, ElementsAre(GeometryKind::point));
    EXPECT_EQ(made->crs, "EPSG:4326");
    const auto found = at({35.5, 33.9});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found[0].attributes,
                ElementsAre(std::pair<std::string, AttributeValue>("name", std::string("مخيم")),
                            std::pair<std::string, AttributeValue>("people", std::int64_t{1200}),
                            std::pair<std::string, AttributeValue>("rate", 0.25),
                            std::pair<std::string, AttributeValue>("open", true)));
}

TEST_F(IndexFeatures, RepairsAreasThatCrossThemselves) {
    // A bow tie: valid as two triangles.
    const auto made = indexed(file(
        "bow.geojson",
        collection(
            feature(R"({"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]})"))));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_THAT(made->findings, Contains(HasSubstr("1 area was invalid and is repaired")));
    EXPECT_EQ(at({1.8, 1}).size(), 1U);
    EXPECT_EQ(at({0.2, 1}).size(), 1U);
    EXPECT_THAT(at({1, 1.8}), IsEmpty());
}

TEST_F(IndexFeatures, SplitsAtTheAntimeridian) {
    for (const char* ring :
         {"[[[177,-20],[-177,-20],[-177,-15],[177,-15],[177,-20]]]",
          "[[[177,-20],[183,-20],[183,-15],[177,-15],[177,-20]]]",
          "[[[177,-20],[-177,-20],[-160,-19],[-177,-15],[177,-15],[177,-20]]]"}) {
        const auto made = indexed(file(
            "fiji.geojson",
            collection(feature(std::string(R"({"type":"Polygon","coordinates":)") + ring + "}"))));

        ASSERT_TRUE(made) << made.error().what;
        EXPECT_THAT(made->findings, Contains(HasSubstr("antimeridian")));
        EXPECT_NEAR(made->bounds.west, 177, 0.01) << ring;
        EXPECT_LT(made->bounds.east, -159) << ring;
        EXPECT_EQ(at({179, -17}).size(), 1U);
        EXPECT_EQ(at({-179, -17}).size(), 1U);
        EXPECT_THAT(at({0, -17}), IsEmpty());
    }
}

TEST_F(IndexFeatures, LeavesOutWhatHasNoPlaceAndSaysSo) {
    const auto made = indexed(
        file("mixed.csv",
             "name,wkt\nnothing,\nempty,POINT EMPTY\nnan,POINT (nan nan)\nhere,POINT (3 4)\n"));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->features, 1U);
    EXPECT_THAT(made->findings, Contains(HasSubstr("no geometry")));
    EXPECT_EQ(at({3, 4}).size(), 1U);
}

TEST_F(IndexFeatures, TurnsEdgesLongerThanHalfTheWorldRound) {
    const auto made = indexed(
        file("route.geojson",
             collection(feature(R"({"type":"LineString","coordinates":[[170,-18],[-170,-15]]})"))));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_NEAR(made->bounds.west, 170, 0.01);
    EXPECT_NEAR(made->bounds.east, -170, 0.01);
}

TEST_F(IndexFeatures, WithoutAnyPlaceSayWhy) {
    const auto made = indexed(file("empty.geojson", collection(feature("null"))));

    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, HasSubstr("1 feature has no geometry"));
}

TEST_F(IndexFeatures, ReadsCoordinatesFromTheColumnsOfATable) {
    const auto made = indexed(
        file("wells.csv", "code,longitude,latitude,depth\n007,35.5,33.9,12\n012,35.6,33.8,7.5\n"));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->features, 2U);
    const auto found = at({35.5, 33.9});
    ASSERT_EQ(found.size(), 1U);
    // A code is no number: its zeros belong to it.
    EXPECT_THAT(found[0].attributes,
                Contains(std::pair<std::string, AttributeValue>("code", std::string("007"))));
}

TEST_F(IndexFeatures, OfATableWithoutPlacesIsRefused) {
    const auto made = indexed(file("list.csv", "name,count\na,1\n"));

    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, HasSubstr("no places"));
}

TEST_F(IndexFeatures, CutsAreasWhereWebMercatorEnds) {
    const auto made = indexed(file(
        "pole.geojson",
        collection(feature(
            R"({"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,-70],[-180,-70],[-180,-90]]]})"))));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_THAT(made->findings, Contains(HasSubstr("85°")));
    EXPECT_NEAR(made->bounds.south, -85.0511, 0.001);
    EXPECT_EQ(at({0, -80}).size(), 1U);
}

/// A GeoPackage with a layer of towns in UTM 36N and one of roads.
class GeoPackage : public IndexFeatures {
protected:
    std::string package() const {
        std::string path = (folder().path() / "two.gpkg").string();
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
        const std::unique_ptr<GDALDataset> dataset(
            driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        OGRSpatialReference utm;
        utm.importFromEPSG(32636);
        OGRLayer* towns = dataset->CreateLayer("towns", &utm, wkbPoint, nullptr);
        OGRFieldDefn day("seen", OFTDateTime);
        towns->CreateField(&day);
        OGRFeature town(towns->GetLayerDefn());
        town.SetFID(42);
        town.SetField(0, 2024, 5, 1, 10, 30, 0, 100);
        const OGRPoint place(500000, 3763000);
        town.SetGeometry(&place);
        EXPECT_EQ(towns->CreateFeature(&town), OGRERR_NONE);
        OGRLayer* roads = dataset->CreateLayer("roads", &utm, wkbLineString, nullptr);
        OGRFeature road(roads->GetLayerDefn());
        OGRLineString way;
        way.addPoint(500000, 3763000);
        way.addPoint(501000, 3763000);
        road.SetGeometry(&way);
        EXPECT_EQ(roads->CreateFeature(&road), OGRERR_NONE);
        return path;
    }
};

TEST_F(GeoPackage, WithSeveralLayersAsksForOne) {
    const auto made = indexed(package());

    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().fault, Fault::bad_request);
    EXPECT_THAT(made.error().what, HasSubstr(R"("towns", "roads")"));
    EXPECT_THAT(indexed(package(), "lakes").error().what, HasSubstr("lakes"));
}

TEST_F(GeoPackage, IsReprojectedAndKeepsItsIds) {
    const auto made = indexed(package(), "towns");

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->crs, "EPSG:32636");
    EXPECT_EQ(made->layer, "towns");
    // The middle meridian of zone 36 is 33° E; cs2cs gives 34.0072° N for 3 763 000 m.
    EXPECT_NEAR(made->bounds.west, 33, 1e-6);
    EXPECT_NEAR(made->bounds.south, 34.0072, 2e-3);
    const auto found = at({made->bounds.west, made->bounds.south});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, 42U);
    EXPECT_THAT(found[0].attributes,
                ElementsAre(std::pair<std::string, AttributeValue>(
                    "seen", std::string("2024-05-01T10:30:00Z"))));
}

/// Three nodes, a way around a field and a road, as OpenStreetMap's editors write them.
constexpr const char* osm_text = R"(<osm version="0.6">
<node id="1" lat="5.01" lon="20.01"/><node id="2" lat="5.01" lon="20.03"/><node id="3" lat="5.03" lon="20.03"/>
<node id="5" lat="5.05" lon="20.05"><tag k="amenity" v="hospital"/><tag k="name" v="Hôpital"/></node>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="landuse" v="farmland"/></way>
<way id="11"><nd ref="1"/><nd ref="3"/><nd ref="5"/><tag k="highway" v="primary"/></way></osm>)";

TEST_F(IndexFeatures, OfOpenStreetMapAreReadLayerByLayer) {
    const std::string osm = file("town.osm", osm_text);

    const auto unnamed = indexed(osm);
    const auto places = indexed(osm, "points");
    ASSERT_TRUE(places) << places.error().what;
    const auto found = at({20.05, 5.05});
    const auto areas = indexed(osm, "multipolygons");
    ASSERT_TRUE(areas) << areas.error().what;

    ASSERT_FALSE(unnamed);
    EXPECT_THAT(unnamed.error().what, HasSubstr("\"multipolygons\""));
    EXPECT_EQ(places->features, 1U);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_THAT(found[0].attributes,
                Contains(std::pair<std::string, AttributeValue>("name", std::string("Hôpital"))));
    EXPECT_EQ(areas->features, 1U);
    EXPECT_EQ(at({20.025, 5.015}).size(), 1U);
}

/// Written by GDAL, then read as anybody's file.
std::string written(const std::filesystem::path& path, const char* driver) {
    const std::unique_ptr<GDALDataset> dataset(
        GetGDALDriverManager()->GetDriverByName(driver)->Create(
            path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    EXPECT_NE(dataset, nullptr);
    if (!dataset) return {};
    OGRSpatialReference crs;
    crs.importFromEPSG(4326);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer* const layer = dataset->CreateLayer("camps", &crs, wkbPoint, nullptr);
    OGRFieldDefn people("people", OFTInteger);
    EXPECT_EQ(layer->CreateField(&people), OGRERR_NONE);
    OGRFeature feature(layer->GetLayerDefn());
    const OGRPoint place(35.5, 33.9);
    feature.SetGeometry(&place);
    feature.SetField("people", 1200);
    EXPECT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
    return path.string();
}

TEST_F(IndexFeatures, OfFileGeodatabasesAndPackedKmlAreRead) {
    for (const auto& [name, driver] :
         {std::pair("camps.gdb", "OpenFileGDB"), std::pair("camps.kmz", "LIBKML")}) {
        const auto made = indexed(written(folder().path() / name, driver));

        ASSERT_TRUE(made) << name << ": " << made.error().what;
        EXPECT_EQ(made->features, 1U);
        const auto found = at({35.5, 33.9});
        ASSERT_EQ(found.size(), 1U) << name;
        EXPECT_THAT(found[0].attributes,
                    Contains(std::pair<std::string, AttributeValue>("people", std::int64_t{1200})));
        for (const auto& attribute : made->attributes) EXPECT_NE(attribute.name, "tessellate");
    }
}

TEST_F(IndexFeatures, OfATableLieWhereItsTextsOfGeometrySay) {
    const auto made = indexed(file("sites.csv",
                                   "name,geom\n"
                                   "well,POINT (3 4)\n"
                                   "road,\"LINESTRING (5 5,6 6)\"\n"
                                   "field,\"POLYGON ((10 10,12 10,12 12,10 10))\"\n"));

    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->features, 3U);
    EXPECT_THAT(made->kinds,
                ElementsAre(GeometryKind::point, GeometryKind::line, GeometryKind::area));
    EXPECT_EQ(at({11.5, 10.5}).size(), 1U);
}

TEST_F(IndexFeatures, AreToldFromRasters) {
    EXPECT_TRUE(holds_features(file("a.geojson", collection(feature("null")))));
    EXPECT_FALSE(holds_features(file("b.tif", "II*")));
    EXPECT_FALSE(holds_features((folder().path() / "absent").string()));
}

}  // namespace
}  // namespace relief::ingest
