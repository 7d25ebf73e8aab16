#include "tiler/vector/feature_at.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

class FeatureAt : public ::testing::Test {
protected:
    FeatureAt() {
        IndexBuilder builder({{"name", AttributeType::text}});
        const WorldPoint corner = world_point({10, 10});
        builder.add(testing::feature_of(1,
                                        testing::shape_of(GeometryKind::area,
                                                          {testing::square_ring(corner, 1 << 20),
                                                           {{corner.x + 1000, corner.y + 1000},
                                                            {corner.x + 1000, corner.y + 90000},
                                                            {corner.x + 90000, corner.y + 90000},
                                                            {corner.x + 90000, corner.y + 1000}}}),
                                        "field"));
        builder.add(testing::feature_of(2, testing::point_at({20, 20}), "well"));
        builder.add(testing::feature_of(
            3,
            testing::shape_of(GeometryKind::line,
                              {{world_point({30, 30}), world_point({31, 30})}})));
        EXPECT_TRUE(builder.write(folder_.path() / "layer.features", {}));
        index_.emplace(*VectorIndex::open(folder_.path() / "layer.features"));
    }
    std::vector<std::uint64_t> ids_at(LonLat place, double reach) const {
        std::vector<std::uint64_t> ids;
        const auto found = features_at(*index_, {place, reach});
        EXPECT_TRUE(found);
        for (const FoundFeature& feature : *found) ids.push_back(feature.id);
        return ids;
    }
    static LonLat at_step(std::int64_t x, std::int64_t y) {
        const WorldPoint corner = world_point({10, 10});
        return lon_lat({corner.x + x, corner.y + y});
    }

    relief::testing::TemporaryFolder folder_;
    std::optional<VectorIndex> index_;
};

TEST_F(FeatureAt, NamesTheAreaAroundThePlaceButNotInItsHole) {
    EXPECT_EQ(ids_at(at_step(500'000, 500'000), 0), std::vector<std::uint64_t>{1});
    EXPECT_TRUE(ids_at(at_step(50'000, 50'000), 0).empty());
    EXPECT_TRUE(ids_at(at_step(-500, 500), 0).empty());
}

TEST_F(FeatureAt, ReachesPointsAndLines) {
    EXPECT_EQ(ids_at({20.0005, 20}, 0.001), std::vector<std::uint64_t>{2});
    EXPECT_TRUE(ids_at({20.0005, 20}, 0.0001).empty());
    EXPECT_EQ(ids_at({30.5, 30.0005}, 0.001), std::vector<std::uint64_t>{3});
}

TEST_F(FeatureAt, TellsAttributesByName) {
    const auto found = features_at(*index_, {{20, 20}, 0.001});

    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U);
    const std::vector<std::pair<std::string, AttributeValue>> well{{"name", std::string("well")}};
    EXPECT_EQ(found->front().attributes, well);
}

}  // namespace
}  // namespace relief::vector
