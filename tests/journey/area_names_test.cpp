// Names of areas that lie in several tiles.

#include "tests/journey/running_relief.hpp"
#include "tiler/decode/image_reader.hpp"

#include <fstream>

namespace relief::journey {
namespace {

/// Pixels that are black, or nearly so.
std::size_t dark_pixels(const canvas::Surface& picture) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < picture.bytes().size(); i += 4)
        count += picture.bytes()[i] < 96 ? 1U : 0U;
    return count;
}

/// The district reaches from 10 to 30 E and from 10 to 30 N, over four tiles of zoom 4 and sixteen
/// and more of zoom 6; its corner is bitten off, so that its middle lies off that of its bounds.
class AreaNames : public Journey {
protected:
    AreaNames() {
        const std::string file = (folder().path() / "districts.geojson").string();
        std::ofstream(file)
            << R"({"type":"Feature","properties":{"name":"Upper Wadi"},"geometry":{"type":"Polygon",)"
            << R"("coordinates":[[[10,10],[30,10],[30,22],[21,23],[20,30],[10,30],[10,10]]]}})";
        add({file});
        std::filesystem::create_directories(workspace() / "styles");
        std::ofstream(workspace() / "styles/map.json")
            << R"({"version":8,"sources":{"d":{"type":"vector","url":"relief://districts"}},"layers":[)"
            << R"({"id":"ground","type":"background","paint":{"background-color":"#ffffff"}},)"
            << R"({"id":"areas","type":"fill","source":"d","source-layer":"districts",)"
            << R"("paint":{"fill-color":"#d0e0ff"}},)"
            << R"({"id":"names","type":"symbol","source":"d","source-layer":"districts",)"
            << R"("layout":{"text-field":["get","name"],"text-size":20}}]})";
    }
    static canvas::Surface picture(const RunningRelief& server, const std::string& address) {
        const Answer answer = server.get(address);
        EXPECT_EQ(answer.status, 200) << address << answer.body;
        const auto image = decode::decode_image(
            {reinterpret_cast<const std::uint8_t*>(answer.body.data()), answer.body.size()});
        EXPECT_TRUE(image) << address;
        return image ? *image : canvas::Surface({1, 1});
    }
    /// All tiles of 256 pixels from a column and row on, as many to each side.
    struct Block {
        int zoom, column, row, side;
    };
    static canvas::Surface stitched(const RunningRelief& server, const Block& block) {
        canvas::Surface all({block.side * 256, block.side * 256});
        for (int row = 0; row < block.side; ++row)
            for (int column = 0; column < block.side; ++column) {
                const auto tile = picture(server,
                                          "/styles/map/" + std::to_string(block.zoom) + "/" +
                                              std::to_string(block.column + column) + "/" +
                                              std::to_string(block.row + row) + ".png");
                for (int y = 0; y < 256; ++y)
                    std::copy_n(tile.row(y),
                                std::size_t{256} * 4,
                                all.row(row * 256 + y) + std::ptrdiff_t{column} * 1024);
            }
        return all;
    }
};

TEST_F(AreaNames, StandOnceWhateverTilesTheAreaLiesIn) {
    const auto& server = serve();
    // Of 20 pixels "Upper Wadi" has this many dark ones, give or take where on the pixels it lies.
    const auto once =
        static_cast<double>(dark_pixels(picture(server, "/styles/map/static/17,17,3/512x512.png")));
    ASSERT_GT(once, 200);

    for (const Block block : {Block{4, 8, 6, 2}, Block{5, 16, 12, 4}, Block{6, 33, 26, 5}}) {
        const auto dark = static_cast<double>(dark_pixels(stitched(server, block)));

        EXPECT_NEAR(dark, once, 0.15 * once) << "zoom " << block.zoom;
    }
}

TEST_F(AreaNames, AreTheSameInTilesAndInAnImageOfTheSamePlace) {
    const auto& server = serve();

    const auto tiles = stitched(server, {5, 16, 12, 4});
    // Column 18 begins at 22.5 E; row 14 of 32 at 21.943 N.
    const auto image = picture(server, "/styles/map/static/22.5,21.943045533,4/1024x1024.png");

    ASSERT_EQ(tiles.size(), image.size());
    std::size_t different = 0;
    for (std::size_t i = 0; i < tiles.bytes().size(); ++i)
        different += std::abs(tiles.bytes()[i] - image.bytes()[i]) > 16 ? 1U : 0U;
    EXPECT_LT(different, 40U);
}

}  // namespace
}  // namespace relief::journey
