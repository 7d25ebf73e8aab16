// Where areas of a table have their names.

#include "tests/postgis/window_fixture.hpp"

#include <map>
#include <set>

namespace relief::postgis {
namespace {

/// A disc of 1,200 corners, a bow tie that crosses itself, of as many, and a square of four.
constexpr const char* made_areas = R"(
CREATE TABLE areas (id int PRIMARY KEY, geom geometry(Polygon, 4326));
INSERT INTO areas VALUES
    (1, ST_Buffer(ST_SetSRID(ST_MakePoint(20, 20), 4326), 8, 300)),
    (2, ST_Segmentize(ST_GeomFromText('POLYGON((10 15, 14 19, 14 15, 10 19, 10 15))', 4326), 0.01)),
    (3, ST_MakeEnvelope(22, 20, 23, 21, 4326));
)";

class WindowLabels : public WindowTest {
protected:
    static void SetUpTestSuite() { start(made_areas); }
};

TEST_F(WindowLabels, AreTheSameInAllWindowsThatCutAnArea) {
    const auto areas = described("areas");
    ASSERT_TRUE(areas) << areas.error().what << areas.error().detail;
    std::map<std::uint64_t, std::set<std::pair<std::int64_t, std::int64_t>>> places;
    std::map<std::uint64_t, int> came;
    // Of zoom 5 column 17 begins at 11.25 E, 18 at 22.5 E; row 14 reaches from 11.2 to 21.9 N.
    for (const std::uint32_t column : {16U, 17U, 18U}) {
        auto asked = wish(areas->facts, {5, column, 14});
        asked.labels = true;
        for (const auto& feature : read(areas->facts, asked)) {
            ++came[feature.id];
            if (feature.label) places[feature.id].insert({feature.label->x, feature.label->y});
        }
    }

    EXPECT_EQ(came, (std::map<std::uint64_t, int>{{1, 2}, {2, 2}, {3, 2}}));
    ASSERT_EQ(places.size(), 2U) << "what comes whole is named by what it is";
    ASSERT_EQ(places[1].size(), 1U);
    EXPECT_EQ(places[2].size(), 1U) << "crossing itself is no error";
    const vector::WorldPoint middle = vector::world_point({20, 20});
    const std::int64_t degree = vector::world_side / 360;
    EXPECT_NEAR(static_cast<double>(places[1].begin()->first),
                static_cast<double>(middle.x),
                static_cast<double>(degree));
}

TEST_F(WindowLabels, AreNotAskedForWhereNobodyWantsThem) {
    const auto areas = described("areas");
    ASSERT_TRUE(areas);

    const auto features = read(areas->facts, wish(areas->facts, {5, 17, 14}));

    ASSERT_EQ(features.size(), 3U);
    for (const auto& feature : features) EXPECT_FALSE(feature.label);
}

}  // namespace
}  // namespace relief::postgis
