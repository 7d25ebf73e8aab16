#include "tiler/source/transform_grid.hpp"

#include "tiler/geo/mercator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace relief::source {
namespace {

struct Case {
    const char* name;
    const char* crs;
    AffineTransform transform;
    PixelSize size;
    TileId::Numbers tile;
};

void PrintTo(const Case& value, std::ostream* out) {
    *out << value.name;
}

class TransformGridOf : public ::testing::TestWithParam<Case> {};

/// Largest distance in source pixels between the grid and the exact transform, over all pixels of
/// the tile.
double worst_error(const TransformGrid& grid,
                   const PixelMapper& mapper,
                   const PictureFrame& frame) {
    const auto width = static_cast<std::size_t>(frame.size.width);
    std::vector<double> columns(width);
    std::vector<double> rows(width);
    double worst = 0;
    for (int row = 0; row < frame.size.height; ++row) {
        grid.row(row, {columns, rows});
        for (std::size_t k = 0; k < width; ++k) {
            double x = frame.box.left + (static_cast<double>(k) + 0.5) *
                                            (frame.box.right - frame.box.left) / frame.size.width;
            double y = frame.box.top -
                       (row + 0.5) * (frame.box.top - frame.box.bottom) / frame.size.height;
            mapper.to_pixels({&x, 1}, {&y, 1}, columns[k]);
            EXPECT_EQ(std::isfinite(x), std::isfinite(columns[k]));
            if (std::isfinite(x))
                worst = std::max({worst, std::abs(x - columns[k]), std::abs(y - rows[k])});
        }
    }
    return worst;
}

TEST_P(TransformGridOf, StaysWithinAnEighthOfAPixel) {
    const Case& c = GetParam();
    const auto placement = RasterPlacement::make(c.size, c.transform, c.crs);
    ASSERT_TRUE(placement);
    const auto mapper = PixelMapper::make(*placement);
    ASSERT_TRUE(mapper);
    const PictureFrame frame{geo::mercator_box_of(*TileId::make(c.tile)), {256, 256}};

    const TransformGrid grid = TransformGrid::make(*mapper, frame, {{0, 0, 256, 256}, 0.125});

    EXPECT_LE(worst_error(grid, *mapper, frame), 0.125);
}

INSTANTIATE_TEST_SUITE_P(
    Everywhere,
    TransformGridOf,
    ::testing::Values(
        Case{"utm_close",
             "EPSG:32636",
             {700000, 10, 0, 3760000, 0, -10},
             {5120, 5120},
             {14, 9808, 6569}},
        Case{"utm_far_out",
             "EPSG:32636",
             {700000, 10, 0, 3760000, 0, -10},
             {5120, 5120},
             {6, 38, 25}},
        Case{"degrees", "EPSG:4326", {-180, 0.01, 0, 90, 0, -0.01}, {36000, 18000}, {0, 0, 0}},
        Case{"degrees_from_0_to_360", "EPSG:4326", {0, 1, 0, 90, 0, -1}, {360, 180}, {0, 0, 0}},
        Case{"arctic", "EPSG:3995", {-4e6, 1000, 0, 4e6, 0, -1000}, {8000, 8000}, {2, 1, 0}},
        Case{"arctic_zoom_0", "EPSG:3995", {-4e6, 1000, 0, 4e6, 0, -1000}, {8000, 8000}, {0, 0, 0}},
        Case{"dateline",
             "EPSG:32760",
             {770000, 100, 0, 8150000, 0, -100},
             {1024, 1024},
             {7, 127, 69}},
        Case{"deepest",
             "EPSG:32636",
             {700000, 0.2, 0, 3740000, 0, -0.2},
             {10000, 10000},
             {24, 10033520, 6731520}}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(TransformGrid, WorksForRectanglesOfOnePixel) {
    const auto placement = RasterPlacement::make({100, 100}, {0, 0.1, 0, 10, 0, -0.1}, "EPSG:4326");
    const auto mapper = PixelMapper::make(*placement);
    const PictureFrame frame{
        geo::mercator_box_of(*TileId::make({.zoom = 4, .column = 8, .row = 7})), {256, 256}};

    for (const PixelRect rect :
         {PixelRect{7, 9, 8, 10}, PixelRect{7, 9, 9, 10}, PixelRect{0, 255, 3, 256}}) {
        const TransformGrid grid = TransformGrid::make(*mapper, frame, {rect, 0.125});
        std::vector<double> columns(static_cast<std::size_t>(rect.width()));
        std::vector<double> rows(columns.size());
        grid.row(rect.top, {columns, rows});
        double x = frame.box.left + (rect.right - 0.5) * (frame.box.right - frame.box.left) / 256;
        double y = frame.box.top - (rect.top + 0.5) * (frame.box.top - frame.box.bottom) / 256;
        mapper->to_pixels({&x, 1}, {&y, 1}, 50);
        EXPECT_NEAR(columns.back(), x, 0.01);
        EXPECT_NEAR(rows.back(), y, 0.01);
    }
}

}  // namespace
}  // namespace relief::source
