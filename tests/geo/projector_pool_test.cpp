#include "tiler/geo/projector_pool.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace relief::geo {
namespace {

const std::string crs84 = "OGC:CRS84";
const std::string utm = "EPSG:32636";
const std::string mercator = "EPSG:3857";

/// The place in memory of a projector that has gone back to the pool; 0: none was lent.
std::uintptr_t lent(ProjectorPool& pool, const std::string& from, const std::string& to) {
    const auto lease = ProjectorPool::borrow(&pool, {from, to});
    return lease ? reinterpret_cast<std::uintptr_t>(&**lease) : 0;
}

/// Easting of 33 E on the equator.
double easting(const Projector& projector) {
    std::array<double, 1> x{33};
    std::array<double, 1> y{0};
    projector.forward(x, y);
    return x[0];
}

TEST(ProjectorPool, LendsWhatEachWayNeedsAgainAndAgain) {
    ProjectorPool pool;
    for (int i = 0; i < 3; ++i) {
        const auto to_utm = ProjectorPool::borrow(&pool, {crs84, utm});
        const auto to_mercator = ProjectorPool::borrow(&pool, {crs84, mercator});
        ASSERT_TRUE(to_utm && to_mercator);
        EXPECT_NEAR(easting(**to_utm), 500'000, 1e-3) << "the zone's own meridian";
        EXPECT_NEAR(easting(**to_mercator), 33 * 111'319.490'793, 1e-3);
    }
}

TEST(ProjectorPool, LendsTwoAtATimeApart) {
    ProjectorPool pool;
    const auto one = ProjectorPool::borrow(&pool, {crs84, utm});
    const auto other = ProjectorPool::borrow(&pool, {crs84, utm});

    ASSERT_TRUE(one && other);
    EXPECT_NE(&**one, &**other);
    EXPECT_NEAR(easting(**one), easting(**other), 0);
}

TEST(ProjectorPool, IsNotNeeded) {
    const auto made = ProjectorPool::borrow(nullptr, {crs84, utm});

    ASSERT_TRUE(made);
    EXPECT_NEAR(easting(**made), 500'000, 1e-3);
}

TEST(ProjectorPool, RefusesAWayThatIsNone) {
    ProjectorPool pool;

    EXPECT_EQ(lent(pool, crs84, "EPSG:1"), 0U);
    EXPECT_EQ(lent(pool, crs84, "EPSG:1"), 0U) << "and remembers nothing of it";
}

TEST(ProjectorPool, OutlivesMoreThanItKeeps) {
    ProjectorPool pool;
    std::vector<ProjectorPool::Lease> all;
    all.reserve(70);
    for (int i = 0; i < 70; ++i) all.push_back(*ProjectorPool::borrow(&pool, {crs84, mercator}));
    all.clear();

    EXPECT_NE(lent(pool, crs84, mercator), 0U);
}

}  // namespace
}  // namespace relief::geo
