#include "tiler/postgis/well_known_binary.hpp"

#include "tiler/vector/world.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace relief::postgis {
namespace {

using Places = std::vector<std::pair<double, double>>;
using vector::world_side;

/// Writes what PostGIS would.
class Binary {
public:
    template <typename Number>
    Binary& add(Number number) {
        const auto bytes = std::bit_cast<std::array<char, sizeof(Number)>>(number);
        text.append(bytes.data(), bytes.size());
        return *this;
    }
    Binary& head(std::uint32_t type) { return add(std::uint8_t{1}).add(type); }
    Binary& places(const Places& places) {
        add(static_cast<std::uint32_t>(places.size()));
        for (const auto& [longitude, latitude] : places) add(longitude).add(latitude);
        return *this;
    }
    std::string text;
};

std::string point_at(double longitude, double latitude) {
    return Binary().head(1).add(longitude).add(latitude).text;
}

std::string area_of(const Places& ring) {
    return Binary().head(3).add(std::uint32_t{1}).places(ring).text;
}

/// None for what is refused, or lies nowhere.
std::vector<vector::Shape> placed(const std::string& bytes) {
    const auto shapes = shapes_of(bytes);
    EXPECT_TRUE(shapes && *shapes);
    return shapes && *shapes ? **shapes : std::vector<vector::Shape>();
}

TEST(WellKnownBinary, APointIsWhereItIs) {
    const auto shapes = placed(point_at(35.5, 33.9));

    ASSERT_EQ(shapes.size(), 1U);
    EXPECT_EQ(shapes[0].points.front(), vector::world_point({35.5, 33.9}));
    EXPECT_EQ(placed(point_at(-180, 0)).size(), 1U);
    EXPECT_EQ(placed(point_at(180, 0)).size(), 1U);
    EXPECT_EQ(placed(point_at(190, 0)).front().points.front(), vector::world_point({-170, 0}));
}

TEST(WellKnownBinary, NothingIsLeftOfWhatIsEmptyOrBeyondThePoles) {
    const double none = std::numeric_limits<double>::quiet_NaN();

    EXPECT_TRUE(placed(point_at(none, none)).empty());
    EXPECT_TRUE(placed(point_at(10, 89)).empty());
    EXPECT_TRUE(placed(Binary().head(7).add(std::uint32_t{0}).text).empty());
    EXPECT_TRUE(placed(Binary().head(3).add(std::uint32_t{0}).text).empty());
}

TEST(WellKnownBinary, AnAreaOverTheAntimeridianIsDividedThereHoweverItIsWritten) {
    const Places beyond{{178, -18}, {182, -18}, {182, -16}, {178, -16}, {178, -18}};
    const Places turned{{178, -18}, {-178, -18}, {-178, -16}, {178, -16}, {178, -18}};
    for (const Places& ring : {beyond, turned}) {
        const auto shapes = placed(area_of(ring));

        ASSERT_EQ(shapes.size(), 2U);
        const auto west = vector::box_of(shapes[1]);
        const auto east = vector::box_of(shapes[0]);
        const auto wider = west.left == 0 ? west : east;
        EXPECT_EQ(wider.left, 0);
        EXPECT_EQ(wider.right, vector::world_point({-178, 0}).x);
        const auto other = west.left == 0 ? east : west;
        EXPECT_EQ(other.left, vector::world_point({178, 0}).x);
        EXPECT_EQ(other.right, world_side);
    }
}

TEST(WellKnownBinary, WhatReachesBothEndsOfTheWorldWasDividedBefore) {
    const auto shapes =
        placed(area_of({{-180, -85}, {180, -85}, {180, -70}, {-180, -70}, {-180, -85}}));

    ASSERT_EQ(shapes.size(), 1U);
    EXPECT_EQ(vector::box_of(shapes[0]).left, 0);
    EXPECT_EQ(vector::box_of(shapes[0]).right, world_side);
}

TEST(WellKnownBinary, ACollectionBecomesOneShapeForEachKind) {
    const std::string line = Binary().head(2).places({{1, 1}, {2, 2}}).text;
    Binary all;
    all.head(7).add(std::uint32_t{3});
    all.text += point_at(1, 1) + line + area_of({{0, 0}, {0, 1}, {1, 1}, {0, 0}});

    const auto shapes = placed(all.text);

    ASSERT_EQ(shapes.size(), 3U);
    EXPECT_EQ(shapes[1].kind, GeometryKind::line);
}

// One row with its coordinates exchanged is no reason to show none of the table.
TEST(WellKnownBinary, WhatLiesAtNoPlaceOfTheWorldIsToldApartFromWhatMakesNoSense) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (const std::string& bytes : {point_at(33, 120),
                                     point_at(600, 0),
                                     point_at(std::numeric_limits<double>::infinity(), 0),
                                     Binary().head(2).places({{1, 1}, {none, 2}, {3, 3}}).text,
                                     area_of({{0, 0}, {0, 1}, {1, 1e300}, {0, 0}})}) {
        const auto shapes = shapes_of(bytes);
        ASSERT_TRUE(shapes);
        EXPECT_FALSE(*shapes);
    }
    EXPECT_FALSE(shapes_of(point_at(33, 120) + "x"));
}

TEST(WellKnownBinary, BytesThatMakeNoSenseAreRefused) {
    const std::string good = area_of({{0, 0}, {0, 1}, {1, 1}, {0, 0}});
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(shapes_of(good.substr(0, length))) << length;
    EXPECT_FALSE(shapes_of(good + "x"));
    EXPECT_FALSE(shapes_of(Binary().head(2).add(0xFFFF'FFFFU).text));
    EXPECT_FALSE(shapes_of(Binary().head(99).add(0U).text));
    Binary deep;
    for (int i = 0; i < 1000; ++i) deep.head(7).add(1U);
    EXPECT_FALSE(shapes_of(deep.text));
}

}  // namespace
}  // namespace relief::postgis
