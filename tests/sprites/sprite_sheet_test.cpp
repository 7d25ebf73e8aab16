#include "tiler/sprites/sprite_sheet.hpp"

#include "tiler/decode/image_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace relief::sprites {
namespace {

using nlohmann::json;

/// A square of one colour.
OwnIcon square(const std::string& name, int side) {
    const std::string size = std::to_string(side);
    return {name,
            R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + size + R"(" height=")" + size +
                R"("><rect width="100" height="100" fill="#0000ff"/></svg>)"};
}

TEST(SpriteSheet, PlacesEveryIconInsideWithoutOverlap) {
    for (const int ratio : {1, 2}) {
        const auto sheet = make_sprite_sheet({}, ratio);
        ASSERT_TRUE(sheet);
        const auto index = json::parse(sheet->index);
        const auto image = decode::decode_image(sheet->image);
        ASSERT_TRUE(image);
        std::vector<bool> taken(
            static_cast<std::size_t>(image->size().width * image->size().height));
        for (const auto& [name, entry] : index.items()) {
            EXPECT_EQ(entry["pixelRatio"], ratio);
            const int right = entry["x"].get<int>() + entry["width"].get<int>();
            const int low = entry["y"].get<int>() + entry["height"].get<int>();
            ASSERT_LE(right, image->size().width) << name;
            ASSERT_LE(low, image->size().height) << name;
            for (int y = entry["y"]; y < low; ++y)
                for (int x = entry["x"]; x < right; ++x) {
                    const auto spot = static_cast<std::size_t>(y * image->size().width + x);
                    ASSERT_FALSE(taken[spot]) << name;
                    taken[spot] = true;
                }
        }
        EXPECT_GT(index.size(), 150U);
        EXPECT_EQ(index["health-sdf"]["sdf"], true);
        EXPECT_FALSE(index["health"].contains("sdf"));
        EXPECT_TRUE(index.contains("hatch"));
    }
}

TEST(SpriteSheet, HoldsThePixelsThatItsIndexNames) {
    const std::vector<OwnIcon> own{square("blue", 10)};
    const auto sheet = make_sprite_sheet(own, 2);
    ASSERT_TRUE(sheet);
    const auto entry = json::parse(sheet->index)["blue"];
    const auto image = decode::decode_image(sheet->image);
    ASSERT_TRUE(image);

    EXPECT_EQ(entry["width"], 20);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 20; ++x) {
            const std::uint8_t* const pixel = image->row(entry["y"].get<int>() + y) +
                                              std::ptrdiff_t{entry["x"].get<int>() + x} * 4;
            EXPECT_EQ(pixel[2], 255);
            EXPECT_EQ(pixel[3], 255);
        }
}

TEST(SpriteSheet, TakesAWorkspacesIconInPlaceOfTheShippedOne) {
    const std::vector<OwnIcon> own{square("health", 30)};
    const auto sheet = make_sprite_sheet(own, 1);

    ASSERT_TRUE(sheet);
    EXPECT_EQ(json::parse(sheet->index)["health"]["width"], 30);
    EXPECT_EQ(json::parse(sheet->index)["health-affected"]["width"], 24);
}

TEST(SpriteSheet, SaysWhichIconOfAWorkspaceIsMissingAndWhy) {
    const std::vector<OwnIcon> own{{"broken", "<svg"}, square("blue", 10)};
    const auto sheet = make_sprite_sheet(own, 1);

    ASSERT_TRUE(sheet);
    EXPECT_THAT(sheet->problems, testing::ElementsAre(testing::StartsWith("broken: ")));
    EXPECT_TRUE(json::parse(sheet->index).contains("blue"));
}

TEST(SpriteSheet, IsTheSameBytesForTheSameIcons) {
    EXPECT_EQ(make_sprite_sheet({}, 1)->image, make_sprite_sheet({}, 1)->image);
}

}  // namespace
}  // namespace relief::sprites
