#include "tiler/pipeline/make_tile.hpp"

#include "tests/pipeline/drawing.hpp"
#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <string>

namespace relief::pipeline {
namespace {

using ::testing::HasSubstr;

/// 32 × 32 degrees-sized cells of a tenth around 10 E, 10 N, values by column.
testing::RasterRecipe around_ten() {
    testing::RasterRecipe recipe;
    recipe.width = 32;
    recipe.height = 32;
    recipe.crs = "EPSG:4326";
    recipe.transform = {10, 0.1, 0, 13.2, 0, -0.1};
    recipe.value = [](int, int column, int) { return column * 8; };
    return recipe;
}

PictureOrder order_of(const LonLatBox& box, PixelSize size = {16, 16}) {
    const auto low = geo::to_mercator({box.west, box.south});
    const auto high = geo::to_mercator({box.east, box.north});
    PictureOrder order;
    order.box = {low.x, low.y, high.x, high.y};
    order.size = size;
    return order;
}

bool all_clear(const test::PlainImage& image) {
    for (std::size_t i = 3; i < image.bytes.size(); i += 4) {
        if (image.bytes[i] != 0) return false;
    }
    return !image.bytes.empty();
}

class MakePicture : public ::testing::Test {
protected:
    Drawing drawing_of(const testing::RasterRecipe& recipe) const {
        return Drawing(testing::write_raster(folder_, "raster.tif", recipe));
    }
    testing::TemporaryFolder folder_;
};

TEST_F(MakePicture, InsideTheDataIsOpaqueEverywhere) {
    const auto image = drawing_of(around_ten()).pixels(order_of({10.5, 10.5, 12.5, 12.5}));

    ASSERT_EQ(image.size, (PixelSize{16, 16}));
    for (std::size_t i = 3; i < image.bytes.size(); i += 4) EXPECT_EQ(image.bytes[i], 255);
}

/// 30 m of flood in 20 km, on a tile whose pixels are 2.4 km wide.
TEST_F(MakePicture, ASmallFloodedPlaceIsSeenOnTheMapOfACountry) {
    testing::RasterRecipe recipe;
    recipe.width = 2000;
    recipe.height = 2000;
    recipe.value = [](int, int column, int row) {
        return column / 3 == 400 && row / 3 == 300 ? 1 : 0;
    };
    const auto drawing = drawing_of(recipe);
    const auto& bounds = drawing.raster().bounds;
    PictureOrder order;
    order.box = geo::mercator_box_of(geo::tile_at({bounds.west, bounds.north}, 6));
    order.size = {256, 256};

    const auto image = drawing.pixels(order);

    int seen = 0;
    for (std::size_t i = 0; i < image.bytes.size(); i += 4) {
        if (image.bytes[i + 3] == 0) continue;
        ++seen;
        EXPECT_GE(image.bytes[i + 3], 48) << "a sixth of full opacity at least";
        EXPECT_EQ(image.bytes[i], 227) << "in the colour of the mask";
    }
    EXPECT_GE(seen, 1);
    EXPECT_LE(seen, 4) << "and no larger than the pixels that it touches";
}

TEST_F(MakePicture, FarOutsideIsEmptyAndOfTheSizeAsked) {
    const auto drawing = drawing_of(around_ten());

    const auto picture = drawing.draw(order_of({100, 10, 101, 11}, {256, 256}));

    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->empty);
    const auto image = test::read_png(*picture->bytes);
    EXPECT_EQ(image.size, (PixelSize{256, 256}));
    EXPECT_TRUE(all_clear(image));
}

TEST_F(MakePicture, EmptyPicturesShareTheirBytes) {
    const auto drawing = drawing_of(around_ten());

    const auto one = drawing.draw(order_of({100, 10, 101, 11}, {256, 256}));
    const auto other = drawing.draw(order_of({-100, 10, -99, 11}, {256, 256}));

    EXPECT_EQ(one->bytes, other->bytes);
}

TEST_F(MakePicture, AutomaticIsPngWhereThereIsNothing) {
    auto order = order_of({100, 10, 101, 11});
    order.format = encode::ImageFormat::automatic;

    EXPECT_EQ(drawing_of(around_ten()).draw(order)->format, encode::ImageFormat::png);
}

TEST_F(MakePicture, ARasterOfNothingButNoDataIsEmpty) {
    auto recipe = around_ten();
    recipe.nodata = 7;
    recipe.value = [](int, int, int) { return 7.0; };

    const auto picture = drawing_of(recipe).draw(order_of({10.5, 10.5, 12.5, 12.5}));

    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->empty);
}

TEST_F(MakePicture, CellsOfNaNAreClear) {
    auto recipe = around_ten();
    recipe.type = GDT_Float32;
    recipe.value = [](int, int column, int) {
        return column < 16 ? std::numeric_limits<double>::quiet_NaN() : column;
    };
    const auto drawing = drawing_of(recipe);

    EXPECT_TRUE(all_clear(drawing.pixels(order_of({10.2, 11, 11.2, 12}))));
    EXPECT_FALSE(all_clear(drawing.pixels(order_of({12, 11, 13, 12}))));
}

TEST_F(MakePicture, DataOverTheAntimeridianIsDrawnOnBothSides) {
    auto recipe = around_ten();
    recipe.transform = {178.4, 0.1, 0, 13.2, 0, -0.1};  // 178.4 E to 178.4 W
    const auto drawing = drawing_of(recipe);

    EXPECT_FALSE(all_clear(drawing.pixels(order_of({179, 11, 180, 12}))));
    EXPECT_FALSE(all_clear(drawing.pixels(order_of({-180, 11, -179, 12}))));
    EXPECT_TRUE(all_clear(drawing.pixels(order_of({0, 11, 1, 12}))));
}

TEST_F(MakePicture, ZoomZeroHoldsTheWholeWorld) {
    auto recipe = around_ten();
    recipe.width = 36;
    recipe.height = 18;
    recipe.transform = {-180, 10, 0, 90, 0, -10};
    PictureOrder order;
    order.box = geo::mercator_box_of(*TileId::make({.zoom = 0, .column = 0, .row = 0}));
    order.size = {256, 256};

    const auto image = drawing_of(recipe).pixels(order);

    ASSERT_EQ(image.size, (PixelSize{256, 256}));
    for (std::size_t i = 3; i < image.bytes.size(); i += 4) ASSERT_EQ(image.bytes[i], 255) << i / 4;
}

TEST_F(MakePicture, ADeadlineThatHasPassedIsOutOfTime) {
    auto order = order_of({10.5, 10.5, 12.5, 12.5});
    order.deadline = Deadline(Deadline::Clock::now() - std::chrono::seconds(1));

    const auto picture = drawing_of(around_ten()).draw(order);

    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().fault, Fault::out_of_time);
}

TEST_F(MakePicture, WorkThatWasAbandonedIsOutOfTime) {
    auto order = order_of({10.5, 10.5, 12.5, 12.5});
    order.deadline = Deadline(Deadline::Clock::time_point::max(),
                              std::make_shared<const std::atomic<bool>>(true));

    EXPECT_EQ(drawing_of(around_ten()).draw(order).error().fault, Fault::out_of_time);
}

TEST_F(MakePicture, AFileThatIsGoneIsBrokenAndNotNamedToTheAsker) {
    const auto drawing = drawing_of(around_ten());
    std::filesystem::remove(folder_.path() / "raster.tif");

    const auto picture = drawing.draw(order_of({10.5, 10.5, 12.5, 12.5}));

    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().fault, Fault::source_broken);
    EXPECT_THAT(picture.error().what, Not(HasSubstr(folder_.path().string())));
}

TEST_F(MakePicture, EqualOrdersGiveEqualBytes) {
    const auto drawing = drawing_of(around_ten());
    for (const auto format : {encode::ImageFormat::png, encode::ImageFormat::webp}) {
        auto order = order_of({9, 9, 14, 14}, {64, 64});
        order.format = format;

        EXPECT_EQ(*drawing.draw(order)->bytes, *drawing.draw(order)->bytes);
    }
}

TEST_F(MakePicture, NeighboursMeetWithoutASeam) {
    const auto drawing = drawing_of(around_ten());
    const Words nearest{{"resampling", "nearest"}};

    const auto whole = drawing.pixels(order_of({10, 11, 12, 12}, {32, 16}), nearest);
    const auto west = drawing.pixels(order_of({10, 11, 11, 12}), nearest);
    const auto east = drawing.pixels(order_of({11, 11, 12, 12}), nearest);

    ASSERT_EQ(whole.size, (PixelSize{32, 16}));
    constexpr std::size_t row = 64;  // bytes of sixteen pixels
    for (std::size_t y = 0; y < 16; ++y) {
        const auto* line = whole.bytes.data() + y * 2 * row;
        EXPECT_TRUE(std::equal(line, line + row, west.bytes.data() + y * row)) << "row " << y;
        EXPECT_TRUE(std::equal(line + row, line + 2 * row, east.bytes.data() + y * row))
            << "row " << y;
    }
}

TEST(SourceFileOf, AnAddedLayerIsTrustedAndAServedOneIsNot) {
    workspace::Observation observation;
    observation.added = true;
    EXPECT_EQ(source_file_of(observation).trust, source::Trust::workspace);
    observation.added = false;
    EXPECT_EQ(source_file_of(observation).trust, source::Trust::operated);
}

}  // namespace
}  // namespace relief::pipeline
