#pragma once
// Mosaics made of little rasters, stored as `add` stores scenes.

#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/pipeline/read_cells.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::pipeline {

/// A field over 10 to 11 E, 10 to 11 N: 100 × 100 cells of a hundredth of a degree, rising to the
/// east by one a cell.
inline double field(int column) {
    return 10 + column;
}

inline testing::RasterRecipe part_of_field(int first, int columns) {
    testing::RasterRecipe recipe;
    recipe.width = columns;
    recipe.height = 100;
    recipe.type = GDT_Float32;
    recipe.crs = "EPSG:4326";
    recipe.transform = {10 + first * 0.01, 0.01, 0, 11, 0, -0.01};
    recipe.value = [first](int, int column, int) { return field(first + column); };
    return recipe;
}

inline source::ReadRequest request_of(const LonLatBox& box, PixelSize size = {64, 64}) {
    const auto low = geo::to_mercator({box.west, box.south});
    const auto high = geo::to_mercator({box.east, box.north});
    source::ReadRequest request;
    request.box = {low.x, low.y, high.x, high.y};
    request.size = size;
    request.bands = {1};
    return request;
}

class ReadMosaic : public ::testing::Test {
protected:
    ReadMosaic() { source::start_gdal(); }

    /// Stores a raster under a name of 64 digits, as a scene's file is stored.
    workspace::Scene scene(const testing::RasterRecipe& recipe, const char* time = "2024-05-01") {
        const std::string digits = std::to_string(++scenes_);
        const std::string sha = std::string(64 - digits.size(), '0') + digits;
        const auto file = testing::write_raster(folder_, sha + ".tif", recipe);
        auto raster = *source::describe({file, {sha}, source::Trust::workspace}, {});
        workspace::Scene result;
        result.name = "scene-" + digits;
        result.version = {sha};
        result.time = parse_instant(time)->first;
        result.maximum_zoom = raster.maximum_zoom;
        result.footprint = geo::footprint_of(raster.bounds);
        raster.kind = kind_;
        result.form = std::make_shared<const RasterDescription>(workspace::form_of(raster));
        return result;
    }
    workspace::Observation observation(std::vector<workspace::Scene> scenes,
                                       workspace::Pyramid pyramid = {}) const {
        workspace::Observation result;
        result.raster() = *scenes.front().form;
        result.mosaic = std::make_shared<const workspace::Mosaic>(workspace::MosaicParts{
            std::move(scenes), SceneOrder::newest, folder_.path().string(), std::move(pyramid), 2});
        return result;
    }
    ReadCells read(const workspace::Observation& observed,
                   const source::ReadRequest& request,
                   const workspace::MosaicChoice& choice = {}) const {
        auto cells = read_cells(reader_, observed, request, choice);
        EXPECT_TRUE(cells) << cells.error().what;
        return cells ? *std::move(cells) : ReadCells{};
    }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }
    const source::RasterReader& reader() const noexcept { return reader_; }
    void all_are(RasterKind kind) { kind_ = kind; }

private:
    testing::TemporaryFolder folder_;
    source::RasterReader reader_{{}};
    RasterKind kind_ = RasterKind::continuous;
    int scenes_ = 0;
};

inline const std::vector<float>& floats(const Grid& grid) {
    return std::get<std::vector<float>>(grid.bands[0]);
}

}  // namespace relief::pipeline
