#include "tiler/source/coordinate_check.hpp"

#include "tiler/source/raster_placement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::source {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Transform = std::array<double, 6>;

// Port-au-Prince in degrees and in metres of its UTM zone.
constexpr Transform degrees{-74.6, 0.2, 0, 20.2, 0, -0.2};
constexpr Transform metres{780000, 10, 0, 2052000, 0, -10};

std::string refusal(const Transform& transform, const std::string& crs) {
    const auto placement = RasterPlacement::make({16, 16}, transform, crs);
    return placement ? "" : placement.error().what;
}

TEST(Coordinates, OfDegreesInASystemOfMetresAreRefusedWithTheirNumbersAndARemedy) {
    for (const auto* const crs : {"EPSG:3857", "EPSG:32618", "EPSG:32718"})
        EXPECT_THAT(refusal(degrees, crs),
                    AllOf(HasSubstr("x -74.6 to -71.4, y 17 to 20.2"),
                          HasSubstr(std::string(crs) + " counts metres"),
                          HasSubstr("-a_srs EPSG:4326")));
}

TEST(Coordinates, OfMetresInASystemOfDegreesAreRefusedWithTheirNumbersAndARemedy) {
    EXPECT_THAT(refusal(metres, "EPSG:4326"),
                AllOf(HasSubstr("x 780000 to 780160, y 2051840 to 2052000"),
                      HasSubstr("EPSG:4326 counts degrees"),
                      HasSubstr("-a_srs EPSG:326")));
    // Near the equator only the longitudes tell.
    EXPECT_THAT(refusal({500000, 1, 0, 40, 0, -1}, "EPSG:4326"), HasSubstr("counts degrees"));
}

TEST(Coordinates, ThatFitTheirSystemAreTaken) {
    EXPECT_EQ(refusal(degrees, "EPSG:4326"), "");
    EXPECT_EQ(refusal(metres, "EPSG:32618"), "");
    // A global grid of cell centres: half a cell beyond the poles and on past 360 degrees.
    EXPECT_EQ(refusal({-1.25, 22.5, 0, 91.25, 0, -11.40625}, "EPSG:4326"), "");
    EXPECT_EQ(refusal({350, 2, 0, -20, 0, -1}, "EPSG:4326"), "");
    // 400 m of the open sea where Web Mercator begins.
    EXPECT_EQ(refusal({0, 25, 0, 400, 0, -25}, "EPSG:3857"), "");
}

TEST(Coordinates, ThatMayBeRightAreADoubt) {
    RasterDescription raster;
    raster.size = {16, 16};
    raster.transform = degrees;
    raster.crs_title = "a local grid";
    raster.bounds = {10, 50.0001, 10.0001, 50.0002};

    EXPECT_THAT(doubt_about(raster),
                AllOf(HasSubstr("x -74.6 to -71.4, y 17 to 20.2"), HasSubstr("a local grid")));
    raster.bounds = {-74.6001, 17.0002, -71.4001, 20.2002};
    EXPECT_EQ(doubt_about(raster), "") << "degrees of another datum";
    raster.transform = metres;
    EXPECT_EQ(doubt_about(raster), "");
}

}  // namespace
}  // namespace relief::source
