#include "tiler/geo/ground_scale.hpp"

#include "tiler/geo/mercator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace relief::geo {
namespace {

/// One degree of longitude at the equator on the map, in kilometres: 6378.137 π / 180.
constexpr double degree_on_map = 111.31949;

struct Degree {
    double latitude;
    double of_latitude;  ///< kilometres on WGS 84
    double of_longitude;
};

// National Geospatial-Intelligence Agency, "Length of a degree of latitude and longitude"
// calculator, WGS 84.
constexpr Degree degrees[]{{0, 110.574, 111.320}, {30, 110.852, 96.486}, {60, 111.412, 55.800}};

TEST(GroundScale, IsThatOfTheEllipsoid) {
    for (const auto& degree : degrees) {
        const double cosine = std::cos(degree.latitude * std::numbers::pi / 180);

        const auto scale = ground_scale_at(to_mercator({0, degree.latitude}).y);

        EXPECT_NEAR(scale.east * degree_on_map, degree.of_longitude, 0.001) << degree.latitude;
        EXPECT_NEAR(scale.north * degree_on_map / cosine, degree.of_latitude, 0.001)
            << degree.latitude;
    }
}

TEST(GroundScale, IsAlikeOnBothSidesOfTheEquator) {
    const auto north = ground_scale_at(5e6);
    const auto south = ground_scale_at(-5e6);

    EXPECT_DOUBLE_EQ(north.east, south.east);
    EXPECT_DOUBLE_EQ(north.north, south.north);
}

TEST(GroundScale, EndsAtTheEdgeOfTheSquare) {
    const auto edge = ground_scale_at(mercator_half);
    const auto beyond = ground_scale_at(10 * mercator_half);

    EXPECT_GT(edge.east, 0.08);
    EXPECT_DOUBLE_EQ(beyond.east, edge.east);
    EXPECT_DOUBLE_EQ(beyond.north, edge.north);
}

}  // namespace
}  // namespace relief::geo
