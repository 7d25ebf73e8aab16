#include "tiler/core/tile_id.hpp"

#include <gtest/gtest.h>

namespace relief {
namespace {

TEST(TileId, ExistsUpToTheDeepestZoom) {
    EXPECT_TRUE(TileId::make({.zoom = 0, .column = 0, .row = 0}));
    EXPECT_TRUE(TileId::make({.zoom = 24, .column = (1U << 24U) - 1, .row = (1U << 24U) - 1}));
}

TEST(TileId, RefusesNumbersThatNameNoTileAndSaysWhich) {
    EXPECT_NE(TileId::make({.zoom = 25, .column = 0, .row = 0}).error().what.find("25"),
              std::string::npos);
    EXPECT_NE(TileId::make({.zoom = 3, .column = 8, .row = 0}).error().what.find("x 8"),
              std::string::npos);
    EXPECT_NE(TileId::make({.zoom = 3, .column = 0, .row = 8}).error().what.find("y 8"),
              std::string::npos);
}

}  // namespace
}  // namespace relief
