#include "tiler/render/terrain.hpp"

#include "tests/render/surfaces.hpp"

#include <array>
#include <limits>
#include <numbers>
#include <string>

namespace relief::render {
namespace {

constexpr double terrain_hole = std::numeric_limits<double>::quiet_NaN();

std::vector<float> values_of(const Surface& surface,
                             double metres,
                             const style::AlgorithmCall& call) {
    const auto grid = terrain(surface, square_ground(surface.inner().height, metres), call);
    EXPECT_EQ(grid.size, surface.inner());
    return std::get<std::vector<float>>(grid.bands.at(0));
}

float value_of(const Shape& shape, const style::AlgorithmCall& call) {
    return values_of(surface_like({1, 1}, 1, shape), 10, call).at(0);
}

TEST(Terrain, FlatGroundIsLitByTheLightsHeightOnly) {
    const auto flat = [](int, int) { return 500.0; };

    // 1 + 254 sin 45°.
    EXPECT_NEAR(value_of(flat, call_of("hillshade")), 180.605, 0.001);
    EXPECT_NEAR(value_of(flat, call_of("multidirectional")), 180.605, 0.001);
    EXPECT_EQ(value_of(flat, call_of("slope")), 0);
    EXPECT_TRUE(std::isnan(value_of(flat, call_of("aspect"))));
}

TEST(Terrain, APlaneHasItsSlopeInAllDirections) {
    // 10 m of rise over 10 m of ground: 45 degrees, 100 percent.
    for (const auto& plane : {Shape([](int x, int) { return 10.0 * x; }),
                              Shape([](int x, int) { return -10.0 * x; }),
                              Shape([](int, int y) { return 10.0 * y; }),
                              Shape([](int x, int y) { return 10 * std::sqrt(0.5) * (x + y); })}) {
        EXPECT_NEAR(value_of(plane, call_of("slope")), 45, 1e-4);
        EXPECT_NEAR(value_of(plane, call_of("slope", R"({"unit":"percent"})")), 100, 1e-4);
    }
}

TEST(Terrain, SlopesOfAllSteepnessAreThoseOfTheArcTangent) {
    for (const double rise : {0.001, 0.1, 0.5, 0.999, 1.001, 3.0, 100.0}) {
        const auto plane = [&](int x, int) { return 10 * rise * x; };

        EXPECT_NEAR(
            value_of(plane, call_of("slope")), std::atan(rise) * 180 / std::numbers::pi, 1e-4)
            << rise;
    }
}

TEST(Terrain, AspectIsTheDirectionOfTheFallClockwiseFromNorth) {
    struct Case {
        double east;
        double south;
        double degrees;
    };
    // Height rises towards east and south by these: it falls the other way.
    for (const auto& one : {Case{0, 1, 0},
                            Case{-1, 1, 45},
                            Case{-1, 0, 90},
                            Case{-1, -1, 135},
                            Case{0, -1, 180},
                            Case{1, -1, 225},
                            Case{1, 0, 270},
                            Case{1, 1, 315}}) {
        const auto plane = [&](int x, int y) { return one.east * x + one.south * y; };

        EXPECT_NEAR(value_of(plane, call_of("aspect")), one.degrees, 1e-4);
    }
}

TEST(Terrain, LightFromTheSideThatTheSlopeFacesIsBrightest) {
    const auto falls_west = [](int x, int) { return 5.0 * x; };

    const auto west = value_of(falls_west, call_of("hillshade", R"({"azimuth":270})"));
    const auto east = value_of(falls_west, call_of("hillshade", R"({"azimuth":90})"));

    // cos of the angle between the normal (-0.5, 0, 1) and the light (-1, 0, 1) / √2, by hand.
    EXPECT_NEAR(west, 1 + 254 * 1.5 / std::sqrt(2.5), 0.01);
    EXPECT_NEAR(east, 1 + 254 * 0.5 / std::sqrt(2.5), 0.01);
}

TEST(Terrain, GroundInItsOwnShadowIsTheDarkestLevelNotLess) {
    const auto cliff = [](int x, int) { return 100.0 * x; };

    EXPECT_EQ(value_of(cliff, call_of("hillshade", R"({"azimuth":90})")), 1);
}

TEST(Terrain, ExaggerationMultipliesHeights) {
    const auto plane = [](int x, int) { return 5.0 * x; };

    EXPECT_NEAR(value_of(plane, call_of("slope", R"({"z_factor":2})")), 45, 1e-4);
}

TEST(Terrain, DataEndsWhereTheHeightsEndAndTheEdgeHasTheSlopeOfWhatIsThere) {
    const auto half = [](int x, int) { return x < 2 ? 10.0 * x : terrain_hole; };

    const auto slopes = values_of(surface_like({4, 3}, 1, half), 10, call_of("slope"));

    for (std::size_t row = 0; row < 3; ++row) {
        EXPECT_NEAR(slopes[4 * row], 45, 1e-4);
        EXPECT_NEAR(slopes[4 * row + 1], 45, 1e-4) << "the last height before the terrain_hole";
        EXPECT_TRUE(std::isnan(slopes[4 * row + 2]));
        EXPECT_TRUE(std::isnan(slopes[4 * row + 3]));
    }
}

TEST(Terrain, ALoneHeightIsFlat) {
    const auto lone = [](int x, int y) { return x == 0 && y == 0 ? 7.0 : terrain_hole; };

    EXPECT_EQ(value_of(lone, call_of("slope")), 0);
}

TEST(Terrain, UsesEachRowsOwnGround) {
    const auto surface = surface_like({1, 2}, 1, [](int x, int) { return 10.0 * x; });
    const Ground ground{.east = {10, 20}, .north = {10, 20}};

    const auto grid = terrain(surface, ground, call_of("slope", R"({"unit":"percent"})"));

    EXPECT_EQ(std::get<std::vector<float>>(grid.bands[0]), (std::vector<float>{100, 50}));
}

// gdaldem 3.6.2 on a 3 x 3 raster of 10 m cells (EPSG:32636), its middle cell; Horn is its default.
TEST(Terrain, AgreesWithGdaldem) {
    constexpr std::array<double, 9> cells{101.5, 104, 98.25, 103, 107.75, 110, 99.5, 112, 120.25};
    const auto shape = [&](int x, int y) {
        const int cell = 3 * (y + 1) + x + 1;
        return cells.at(static_cast<std::size_t>(cell));
    };

    EXPECT_NEAR(value_of(shape, call_of("hillshade")), 247, 0.51);
    EXPECT_NEAR(
        value_of(shape, call_of("hillshade", R"({"azimuth":20,"altitude":60,"z_factor":0.5})")),
        229,
        0.51);
    EXPECT_NEAR(value_of(shape, call_of("multidirectional")), 234, 0.51);
    EXPECT_NEAR(value_of(shape, call_of("slope")), 30.87713, 1e-4);
    EXPECT_NEAR(value_of(shape, call_of("aspect")), 318.8141, 1e-3);
}

}  // namespace
}  // namespace relief::render
