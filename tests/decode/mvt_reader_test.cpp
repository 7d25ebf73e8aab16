#include "tiler/decode/mvt_reader.hpp"

#include "tiler/encode/mvt_writer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::decode {
namespace {

/// A road, a pond with an island, and a well, as Relief writes them.
FeatureTile features() {
    FeatureTile tile;
    tile.name = "things";
    tile.keys = {"name", "deep"};
    tile.values = {std::string("Rua"), 2.5, true};
    tile.points = {{0, 0},
                   {100, 50},
                   {10, 10},
                   {30, 10},
                   {30, 30},
                   {10, 30},
                   {15, 15},
                   {15, 20},
                   {20, 20},
                   {7, 9}};
    tile.paths = {{0, 2}, {2, 4}, {6, 3}, {9, 1}};
    tile.tags = {0, 0, 1, 1, 0, 2};
    tile.features = {{11, GeometryKind::line, 0, 1, 0, 2},
                     {12, GeometryKind::area, 1, 2, 2, 2},
                     {0, GeometryKind::point, 3, 1, 4, 2}};
    return tile;
}

Bytes bytes_of(const std::string& text) {
    return {text.begin(), text.end()};
}

/// A tile of one layer of one polygon, its extent and geometry as given.
Bytes square_tile(char extent, const std::string& geometry) {
    const std::string feature =
        std::string("\x18\x03\x22") + static_cast<char>(geometry.size()) + geometry;
    const std::string layer = std::string("\x78\x02\x0a\x01q\x28") + extent + "\x12" +
                              static_cast<char>(feature.size()) + feature;
    return bytes_of(std::string("\x1a") + static_cast<char>(layer.size()) + layer);
}

/// From (1, 1) over (1, 3) and (3, 3): against the clock as seen, y down.
const std::string wrong_way = "\x09\x02\x02\x12" + std::string("\x00\x04\x04\x00", 4) + "\x0f";

TEST(DecodeMvt, ReadsBackWhatReliefWrites) {
    const FeatureTile written = features();

    const auto read = decode_mvt(encode::encode_mvt({&written, 1}));

    ASSERT_TRUE(read) << read.error().what;
    ASSERT_EQ(read->size(), 1U);
    const FeatureTile& tile = read->front();
    EXPECT_EQ(tile.name, "things");
    EXPECT_EQ(tile.points, written.points);
    ASSERT_EQ(tile.features.size(), 3U);
    EXPECT_EQ(tile.features[1].id, 12U);
    EXPECT_EQ(tile.features[1].paths, 2U);
    EXPECT_EQ(tile.features[2].kind, GeometryKind::point);
    const std::uint32_t tag = tile.features[1].first_tag;
    EXPECT_EQ(tile.keys[tile.tags[tag]], "deep");
    EXPECT_EQ(std::get<double>(tile.values[tile.tags[tag + 1]]), 2.5);
}

TEST(DecodeMvt, BringsEveryExtentToItsOwn) {
    const auto read = decode_mvt(square_tile(8, wrong_way));

    ASSERT_TRUE(read) << read.error().what;
    // 1/8 of 4096 units.
    EXPECT_EQ(read->front().points[0].x % 512, 0);
    EXPECT_EQ(read->front().points.size(), 3U);
}

TEST(DecodeMvt, TurnsAreasWhoseFirstRingRunsTheWrongWay) {
    const auto read = decode_mvt(square_tile(8, wrong_way));

    ASSERT_TRUE(read) << read.error().what;
    const auto& p = read->front().points;
    const auto twice_area =
        (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (p[1].y - p[0].y);
    EXPECT_GT(twice_area, 0);
}

TEST(DecodeMvt, RefusesWhatIsBrokenOrTooMuch) {
    const FeatureTile written = features();
    const Bytes whole = encode::encode_mvt({&written, 1});
    Bytes cut(whole.begin(), whole.end() - 5);
    MvtLimits few;
    few.features = 2;
    MvtLimits short_of_points;
    short_of_points.points = 5;
    MvtLimits small;
    small.bytes = 10;

    EXPECT_EQ(decode_mvt(cut).error().fault, Fault::bad_request);
    EXPECT_EQ(decode_mvt(bytes_of("no tile at all")).error().fault, Fault::bad_request);
    EXPECT_EQ(decode_mvt(whole, few).error().fault, Fault::too_large);
    EXPECT_EQ(decode_mvt(whole, short_of_points).error().fault, Fault::too_large);
    EXPECT_EQ(decode_mvt(whole, small).error().fault, Fault::too_large);
    // A line that begins without a move would join the feature before.
    EXPECT_FALSE(decode_mvt(square_tile(8, "\x0a\x02\x02")));
    EXPECT_FALSE(decode_mvt(square_tile(0, wrong_way)));
}

/// Just the bytes of the tile are owned, so that a sanitizer sees what is read after them.
TEST(DecodeMvt, RefusesATruthThatEndsBeforeItsByte) {
    const std::string layer = "\x78\x02\x0a\x01q\x22\x01\x38";

    EXPECT_FALSE(
        decode_mvt(bytes_of("\x1a" + std::string(1, static_cast<char>(layer.size())) + layer)));
}

TEST(DecodeMvt, SkipsFieldsThatAreWrittenInAnotherWayThanTheirs) {
    const Bytes number_as_layer = bytes_of("\x18\x53");  // found by mvt_fuzz
    const Bytes name_as_number = bytes_of("\x1a\x04\x08\x05\x78\x02");

    const auto first = decode_mvt(number_as_layer);
    const auto second = decode_mvt(name_as_number);

    ASSERT_TRUE(first) << first.error().what;
    EXPECT_TRUE(first->empty());
    ASSERT_TRUE(second) << second.error().what;
    EXPECT_EQ(second->front().name, "");
}

TEST(DecodeMvt, FindsNothingInAnEmptyTile) {
    const auto read = decode_mvt({});

    ASSERT_TRUE(read);
    EXPECT_TRUE(read->empty());
}

}  // namespace
}  // namespace relief::decode
