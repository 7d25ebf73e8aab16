// Who looks at a file of this machine asks no other one, whatever the file says.

#include "tests/support/range_server.hpp"
#include "tests/support/raster_fixture.hpp"
#include "tiler/ingest/add.hpp"
#include "tiler/ingest/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace relief::ingest {
namespace {

using ::testing::IsEmpty;

class NoNetwork : public ::testing::Test {
protected:
    NoNetwork() {
        testing::RasterRecipe recipe;
        recipe.width = 64;
        recipe.height = 64;
        const auto local = testing::write_raster(folder_, "far.tif", recipe);
        server_.put("/far.tif", testing::bytes_of_file(local));
        server_.put("/far.geojson", R"({"type":"FeatureCollection","features":[]})");
    }
    /// A view whose one source lies on another machine.
    std::string view_of(const std::string& source) const {
        const auto path = folder_.path() / "view.vrt";
        std::ofstream(path)
            << R"(<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>EPSG:32636</SRS>)"
            << R"(<GeoTransform>700000,10,0,3740000,0,-10</GeoTransform>)"
            << R"(<VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>)" << source
            << R"(</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>)";
        return path.string();
    }
    std::string view_of_features(const std::string& source) const {
        const auto path = folder_.path() / "features.vrt";
        std::ofstream(path) << R"(<OGRVRTDataSource><OGRVRTLayer name="far"><SrcDataSource>)"
                            << source << "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
        return path.string();
    }
    std::vector<std::string> files() const {
        return {view_of("/vsicurl/" + server_.url("/far.tif")),
                view_of_features("/vsicurl/" + server_.url("/far.geojson")),
                "/vsicurl/" + server_.url("/far.tif")};
    }

    testing::RangeServer server_;
    testing::TemporaryFolder folder_;
};

TEST_F(NoNetwork, IsAskedByALookAtAFile) {
    for (const std::string& file : files()) {
        EXPECT_FALSE(inspect_layer(RELIEF_PROGRAM, file, {})) << file;
        static_cast<void>(inspect_variables(RELIEF_PROGRAM, file));
    }

    EXPECT_THAT(server_.questions(), IsEmpty());
}

TEST_F(NoNetwork, IsAskedByAddingAFile) {
    for (const std::string& file : files()) {
        AddOrder order;
        order.workspace = folder_.path() / "workspace";
        order.program = RELIEF_PROGRAM;
        order.file = file;
        order.id = *LayerName::make("far");
        EXPECT_FALSE(add(order)) << file;
    }

    EXPECT_THAT(server_.questions(), IsEmpty());
}

}  // namespace
}  // namespace relief::ingest
