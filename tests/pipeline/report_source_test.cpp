// Reports as features of tiles: counted once, and never nearer than they may be known.

#include "tiler/pipeline/report_source.hpp"

#include "tests/pipeline/report_tiles.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace relief::pipeline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ReportTiles, ShowALoneReportWhereItIs) {
    add(town);

    const auto found = seen(14, town);

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().text("title"), "title 1");
    EXPECT_EQ(found.front().text("category"), "flood");
    EXPECT_EQ(found.front().text("status"), "verified");
    EXPECT_FALSE(found.front().is_cluster());
    // Within a unit of its place: 2^18 steps of the world to a tile, 64 to a unit.
    const report::Spot spot = report::spot_of(town);
    EXPECT_NEAR(found.front().first.x, (spot.x & 0x3FFFFU) / 64.0, 1);
    EXPECT_NEAR(found.front().first.y, (spot.y & 0x3FFFFU) / 64.0, 1);
}

TEST_F(ReportTiles, CountEachReportOnceOverNeighbouringTiles) {
    auto random = testing::repeatable_random(4);
    std::uniform_real_distribution<double> east(-180, 180);
    std::uniform_real_distribution<double> north(-80, 80);
    for (int i = 0; i < 300; ++i) add({east(random), north(random)});
    for (int i = 0; i < 200; ++i) add({20 + i * 1e-3, 10 - i * 1e-3});

    for (const std::uint32_t zoom : {0U, 1U, 2U, 3U})
        EXPECT_EQ(counted_at(zoom), 500) << "zoom " << zoom;
}

TEST_F(ReportTiles, CountWhatIsChosen) {
    for (int i = 0; i < 40; ++i) add({20 + i * 0.05, 5 + i * 0.05}, i % 4 == 0 ? "fire" : "flood");
    FeatureChoice fires;
    fires.reports = report::ReportFilter{{}, {}, {}, {"fire"}, {}};
    FeatureChoice early;
    early.reports = report::ReportFilter{{}, {}, shown::instant_of(12), {}, {}};
    FeatureChoice rejected;
    rejected.reports = report::ReportFilter{{}, {}, {}, {}, {report::Status::rejected}};

    EXPECT_EQ(counted_at(2, fires), 10);
    EXPECT_EQ(counted_at(2, early), 12);
    EXPECT_EQ(counted_at(2, rejected), 0);
}

TEST_F(ReportTiles, AskTheFilterOfEachReportBeforeItIsCounted) {
    for (int i = 0; i < 30; ++i) add({20 + i * 0.01, 5}, i % 3 == 0 ? "fire" : "flood");
    FeatureChoice choice;
    choice.filters.push_back(
        *query::Filter::parse("category = 'fire' AND title <> 'title 1'",
                              ReportFeatures::described(*shown::Board().now()).attributes));

    EXPECT_EQ(counted_at(1, choice), 9);
}

TEST_F(ReportTiles, LookIntoTheStoreOnlyForWhatItAloneTells) {
    for (int i = 0; i < 30; ++i)
        add({20 + i * 0.01, 5},
            "flood",
            i % 3 == 0 ? report::Severity::severe : report::Severity::minor);
    const auto& attributes = ReportFeatures::described(*shown::Board().now()).attributes;
    FeatureChoice severe;
    severe.filters.push_back(*query::Filter::parse("severity = 'severe'", attributes));
    FeatureChoice titled;
    titled.filters.push_back(*query::Filter::parse("title = 'title 7'", attributes));

    EXPECT_EQ(counted_at(0, severe), 10);
    EXPECT_EQ(texts_->looks, 0U);
    EXPECT_EQ(counted_at(0, titled), 1);
    EXPECT_GE(texts_->looks, 30U);
}

TEST_F(ReportTiles, TellHowSevereAllOfAClusterOrACellAre) {
    add(town, "fire", report::Severity::extreme);
    ASSERT_EQ(seen(12, town).size(), 1U);
    EXPECT_EQ(seen(12, town).front().weight(), 4);

    add(town, "fire", report::Severity::minor);
    add(town, "fire", report::Severity::unknown);
    EXPECT_EQ(seen(12, town).front().weight(), 6);
    FeatureChoice squares;
    squares.aggregate = vector::AggregateRule{vector::AggregateForm::square, 16, {}, {}};
    EXPECT_EQ(seen(12, town, squares).front().weight(), 6);
}

// How severe those are that lie together is not told: each counts as one that is not known.
TEST_F(ReportTiles, TellNothingOfTheSeverityOfWhatIsShownTogether) {
    const report::Cell cell = report::cell_of(town, 13);
    add_group(cell, 6);

    EXPECT_EQ(seen(4, town).front().weight(), 6);
    EXPECT_EQ(seen(13, town).front().weight(), 6);
}

TEST_F(ReportTiles, StackWhatLiesAtOnePlaceAtEveryZoom) {
    for (int i = 0; i < 5000; ++i) add(town);

    for (const std::uint32_t zoom : {3U, 12U, 18U, 22U}) {
        const auto found = seen(zoom, town);
        ASSERT_EQ(found.size(), 1U) << zoom;
        EXPECT_EQ(found.front().count(), 5000);
        EXPECT_EQ(found.front().text("point_count_abbreviated"), "5k");
    }
}

TEST_F(ReportTiles, DrawWhatIsKnownToACellAsThatCell) {
    const report::Cell cell = report::cell_of(town, 13);
    add_group(cell, 6);

    const auto far = seen(4, town);
    const auto near = seen(13, town);

    ASSERT_EQ(far.size(), 1U);
    EXPECT_EQ(far.front().kind, GeometryKind::point);
    EXPECT_TRUE(far.front().is_cluster());
    EXPECT_EQ(far.front().count(), 6);
    ASSERT_EQ(near.size(), 1U);
    EXPECT_EQ(near.front().kind, GeometryKind::area);
    EXPECT_EQ(near.front().count(), 6);
    EXPECT_EQ(near.front().text("level"), "moderate");
    EXPECT_EQ(near.front().text("title"), "");
    EXPECT_EQ(near.front().text("time"), "1970-01-01");
}

// P4: what all zooms tell together is one cell.
TEST_F(ReportTiles, OfAllZoomsTogetherTellOneCell) {
    const report::Cell cell = report::cell_of(town, 13);
    add_group(cell, 6);
    const LonLatBox box = report::box_of(cell);
    for (std::uint32_t zoom = 0; zoom <= 22; ++zoom)
        for (const report::Place& corner : {report::Place{box.west + 1e-9, box.south + 1e-9},
                                            report::Place{box.east - 1e-9, box.north - 1e-9},
                                            town}) {
            const auto found = seen(zoom, corner);
            ASSERT_EQ(found.size(), 1U) << zoom;
            // A cluster stands in the middle of the cell; an area is the cell, cut by the tile.
            if (found.front().kind == GeometryKind::point) {
                const TileId tile = tile_of(zoom, corner);
                const double share = (found.front().first.x / 4096.0 + tile.column()) /
                                     std::exp2(static_cast<double>(zoom));
                EXPECT_NEAR(
                    share * 360 - 180, (box.west + box.east) / 2, 360 / std::exp2(zoom + 12.0));
            }
        }
    // Nothing of it is anywhere else: a neighbour has its edge in the buffer alone.
    for (const Seen& one : seen(14, {box.west - 0.01, town.latitude}))
        EXPECT_GE(one.west, tile_extent);
    EXPECT_THAT(seen(14, {box.west - 0.03, town.latitude}), IsEmpty());
}

TEST_F(ReportTiles, NeverDrawARegionAsAPin) {
    add_region(town);

    for (std::uint32_t zoom = 0; zoom <= 14; ++zoom)
        for (const Seen& one : seen(zoom, town)) {
            const bool area = one.kind == GeometryKind::area;
            EXPECT_TRUE(area || one.is_cluster()) << zoom;
        }
    EXPECT_EQ(seen(6, town).front().text("title"), "title 1");
}

TEST_F(ReportTiles, AddUpTheGroupsOfACell) {
    const report::Cell cell = report::cell_of(town, 13);
    add_group(cell, 6);
    add_group(cell, 9);

    const auto found = seen(12, town);

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().count(), 15);
}

TEST_F(ReportTiles, CountInSquaresAndHexagons) {
    for (int i = 0; i < 60; ++i) {
        const int row = i / 8;
        add({20 + (i % 8) * 0.5, 5 + row * 0.5});
    }
    for (const auto form : {vector::AggregateForm::square, vector::AggregateForm::hexagon}) {
        FeatureChoice choice;
        choice.aggregate = vector::AggregateRule{form, 16, {}, {}};
        std::int64_t all = 0;
        for (const Seen& one : seen(*TileId::make({.zoom = 0, .column = 0, .row = 0}), choice)) {
            EXPECT_EQ(one.kind, GeometryKind::area);
            all += one.count();
        }
        EXPECT_EQ(all, 60);
    }
}

TEST_F(ReportTiles, AreEmptyWithoutReports) {
    EXPECT_THAT(seen(0, town), IsEmpty());
    EXPECT_THAT(seen(24, town), IsEmpty());
}

TEST(ReportLayer, IsDescribedByWhatItShows) {
    shown::Board board;
    shown::PointRow row;
    row.key = report::key_of(report::spot_of(town));
    row.number = 1;
    row.minute = 29'000'000;
    board.put(row);

    const auto described = ReportFeatures::described(*board.now());

    EXPECT_EQ(described.features, 1U);
    EXPECT_NEAR(described.bounds.west, town.longitude, 1e-6);
    EXPECT_NEAR(described.bounds.north, town.latitude, 1e-6);
    ASSERT_TRUE(described.times);
    EXPECT_EQ(described.times->extent.first, shown::instant_of(29'000'000));
    EXPECT_THAT(described.kinds, ElementsAre(GeometryKind::point));
}

}  // namespace
}  // namespace relief::pipeline
