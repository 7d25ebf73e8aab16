// Pictures of mosaics: algorithms, two dates, and what they do without.

#include "tests/pipeline/mosaic_scenes.hpp"
#include "tests/support/golden.hpp"
#include "tiler/pipeline/make_tile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace relief::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using Words = std::vector<std::pair<std::string, std::string>>;

class MosaicPicture : public ReadMosaic {
protected:
    MosaicPicture() { all_are(RasterKind::elevation); }

    static PictureOrder order_of(const LonLatBox& box) {
        const auto request = request_of(box, {256, 256});
        PictureOrder order;
        order.box = request.box;
        order.size = request.size;
        return order;
    }
    Result<EncodedPicture> draw(const workspace::Observation& observed,
                                const PictureOrder& order,
                                const Words& words) const {
        const auto style = style::style_of({words}, observed.raster());
        if (!style) return style.error();
        return make_picture({reader(), empty_images_}, observed, *style, order);
    }
    test::PlainImage pixels(const workspace::Observation& observed,
                            const PictureOrder& order,
                            const Words& words) const {
        const auto picture = draw(observed, order, words);
        EXPECT_TRUE(picture) << picture.error().what;
        return picture ? test::read_png(*picture->bytes) : test::PlainImage{};
    }
    workspace::Scene level(double value, const char* time) {
        auto recipe = part_of_field(0, 100);
        recipe.value = [value](int, int, int) { return value; };
        return scene(recipe, time);
    }
    static workspace::View at(const workspace::Observation& observed, const char* time) {
        const Instant moment = parse_instant(time)->first;
        return {&observed, {Pick::first, InstantRange{moment, moment}}};
    }

private:
    encode::EmptyImages empty_images_;
};

/// Largest difference of two pictures of one size, over all channels.
int apart(const test::PlainImage& one, const test::PlainImage& other) {
    if (one.bytes.size() != other.bytes.size()) return 256;
    int most = 0;
    for (std::size_t i = 0; i < one.bytes.size(); ++i)
        most = std::max(most, std::abs(int{one.bytes[i]} - int{other.bytes[i]}));
    return most;
}

TEST_F(MosaicPicture, OfTheGroundShowsNoSeamBetweenItsScenes) {
    const auto hills = [](const testing::RasterRecipe& part) {
        auto recipe = part;
        const double west = std::round((part.transform[0] - 10) * 100);
        recipe.value = [west](int, int column, int row) {
            return 40 * std::pow(west + column - 50, 2) + 30 * row;
        };
        return recipe;
    };
    const auto whole = observation({scene(hills(part_of_field(0, 100)))});
    const auto parts =
        observation({scene(hills(part_of_field(0, 50))), scene(hills(part_of_field(50, 50)))});
    // A tile, whose pixels lie alike in all files; the seam is at 10.5 E.
    PictureOrder order;
    order.box = geo::mercator_box_of(*TileId::make({.zoom = 10, .column = 541, .row = 481}));
    order.size = {256, 256};

    for (const char* algorithm : {"hillshade", "slope"}) {
        const Words words{{"algorithm", algorithm}};
        const auto one = pixels(whole, order, words);
        EXPECT_EQ(one.size, (PixelSize{256, 256}));
        // Where each scene ended for itself half a cell would be level ground: 0 beside 255.
        EXPECT_LE(apart(one, pixels(parts, order, words)), 5) << algorithm;
    }
}

TEST_F(MosaicPicture, OfTwoDatesComparesTheScenesOfEach) {
    const auto both = observation({level(7, "2024-06-01"), level(5, "2024-05-01")});
    auto order = order_of({10.3, 10.3, 10.7, 10.7});
    order.mosaic = at(both, "2024-06-01").scenes;
    order.against = at(both, "2024-05-01");

    const auto image = pixels(
        both, order, {{"algorithm", "difference"}, {"rescale", "0,4"}, {"colormap", "gray"}});

    ASSERT_EQ(image.size, (PixelSize{256, 256}));
    EXPECT_EQ(image.bytes[0], 128) << "7 - 5 is the middle of 0 to 4";
    EXPECT_EQ(image.bytes[3], 255);
}

TEST_F(MosaicPicture, OfTwoDatesIsEmptyWhereOneHasNoScene) {
    const auto both = observation({level(7, "2024-06-01"), scene(part_of_field(0, 20))});
    auto order = order_of({10.5, 10.3, 10.7, 10.7});
    order.mosaic = at(both, "2024-06-01").scenes;
    order.against = at(both, "2024-05-01");

    const auto picture = draw(both, order, {{"algorithm", "difference"}});

    ASSERT_TRUE(picture) << picture.error().what;
    EXPECT_TRUE(picture->empty);
    EXPECT_FALSE(picture->incomplete);
}

TEST_F(MosaicPicture, OfTwoDatesNamesABrokenSceneOnce) {
    auto broken = level(7, "2024-06-01");
    const auto both = observation({broken, level(5, "2024-05-01")});
    std::ofstream(both.mosaic->file_of(broken), std::ios::trunc) << "broken";
    auto order = order_of({10.3, 10.3, 10.7, 10.7});
    order.against = {&both, {}};

    const auto picture = draw(both, order, {{"algorithm", "difference"}});

    ASSERT_TRUE(picture) << picture.error().what;
    EXPECT_TRUE(picture->incomplete);
    ASSERT_THAT(picture->skipped, SizeIs(1));
    EXPECT_EQ(picture->skipped[0].name, broken.name);
}

TEST_F(MosaicPicture, OfOneDateIsRefusedForAnAlgorithmOfTwo) {
    const auto one = observation({level(7, "2024-06-01")});

    const auto picture =
        draw(one, order_of({10.3, 10.3, 10.7, 10.7}), {{"algorithm", "difference"}});

    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().fault, Fault::bad_request);
    EXPECT_THAT(picture.error().what, HasSubstr("difference"));
}

}  // namespace
}  // namespace relief::pipeline
