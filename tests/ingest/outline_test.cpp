#include "tiler/ingest/outline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace relief::ingest {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

/// "#" has data.
DataCells drawn(const std::string& drawing) {
    DataCells data;
    std::istringstream lines(drawing);
    for (std::string line; lines >> line;) {
        data.size.width = static_cast<int>(line.size());
        ++data.size.height;
        for (const char c : line) data.cells.push_back(c == '#' ? 1 : 0);
    }
    return data;
}

bool holds(const CellRing& ring, PixelPoint place) {
    bool in = false;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++) {
        if ((ring[i].row > place.row) == (ring[k].row > place.row)) continue;
        const double share = (place.row - ring[i].row) / (ring[k].row - ring[i].row);
        if (place.column < ring[i].column + share * (ring[k].column - ring[i].column)) in = !in;
    }
    return in;
}

/// Every cell with data lies inside some ring: its four corners, a hair inwards.
bool covers(const std::vector<CellRing>& rings, const DataCells& data) {
    for (int row = 0; row < data.size.height; ++row) {
        for (int column = 0; column < data.size.width; ++column) {
            if (data.cells[static_cast<std::size_t>(row) *
                               static_cast<std::size_t>(data.size.width) +
                           static_cast<std::size_t>(column)] == 0)
                continue;
            for (const auto& [x, y] : {std::pair(0.01, 0.01), std::pair(0.99, 0.99)}) {
                const PixelPoint corner{column + x, row + y};
                if (std::none_of(rings.begin(), rings.end(), [&](const CellRing& ring) {
                        return holds(ring, corner);
                    }))
                    return false;
            }
        }
    }
    return true;
}

TEST(Outline, OfNoDataIsNoRing) {
    EXPECT_THAT(outline(drawn("... ..."), 1), IsEmpty());
}

TEST(Outline, OfAFullGridIsItsRectangle) {
    const auto rings = outline(drawn("### ###"), 2);

    ASSERT_THAT(rings, SizeIs(1));
    ASSERT_THAT(rings[0], SizeIs(4));
    for (const PixelPoint point : rings[0]) {
        EXPECT_TRUE(point.column == -0.5 || point.column == 3.5);
        EXPECT_TRUE(point.row == -0.5 || point.row == 2.5);
    }
}

TEST(Outline, HoldsEveryCellOfARaggedMask) {
    const auto data = drawn(R"(
        ..........#.....
        .##.....####....
        .####.....##....
        ..###...........
        #..............#)");
    for (const int margin : {1, 2, 4}) {
        auto rings = outline(data, margin);
        EXPECT_TRUE(covers(rings, data)) << margin;
        for (CellRing& ring : rings) ring = simplified(ring, margin / 2.0);
        EXPECT_TRUE(covers(rings, data)) << margin;
    }
}

TEST(Outline, OfIslandsFarApartIsARingForEach) {
    EXPECT_THAT(outline(drawn("#......#"), 1), SizeIs(2));
}

TEST(Outline, OfARingOfDataHasNoHole) {
    const auto data = drawn(R"(
        ##########
        #........#
        #........#
        #........#
        #........#
        #........#
        ##########)");

    EXPECT_THAT(outline(data, 1), SizeIs(1));
}

TEST(Simplified, LeavesOutWhatLiesOnALine) {
    const CellRing ring{{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}};

    EXPECT_THAT(simplified(ring, 0.1), SizeIs(4));
}

TEST(Simplified, StaysWithinItsTolerance) {
    const CellRing ring{{0, 0}, {5, 0.9}, {10, 0}, {10, 10}, {0, 10}};

    EXPECT_THAT(simplified(ring, 1), SizeIs(4));
    EXPECT_THAT(simplified(ring, 0.5), SizeIs(5));
}

}  // namespace
}  // namespace relief::ingest
