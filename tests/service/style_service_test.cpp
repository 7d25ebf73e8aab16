#include "server/service/style_service.hpp"

#include "tests/service/workroom.hpp"
#include "tests/support/repeatable_random.hpp"
#include "tiler/decode/image_reader.hpp"
#include "tiler/pipeline/feature_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace relief::service {
namespace {

using ::testing::HasSubstr;

VisiblePointer visible_text(const std::string& text) {
    auto style = read_served_style("map", text);
    EXPECT_TRUE(style) << style.error().what;
    auto visible = std::make_shared<VisibleStyle>();
    visible->style = std::make_shared<const ServedStyle>(*style);
    visible->document = style->document;
    visible->text = style->text;
    visible->version = fingerprint(text);
    return visible;
}

VisiblePointer ground(const char* colour) {
    return visible_text(
        std::string(
            R"({"version":8,"sources":{},"layers":[{"id":"g","type":"background","paint":{"background-color":")") +
        colour + "\"}}]}");
}

/// 600 names between 4 and 56 degrees of longitude and latitude, and a coast of many corners.
VisiblePointer names_and_coast() {
    auto random = testing::repeatable_random(7);
    std::uniform_real_distribution<double> degrees(4, 56);
    std::uniform_int_distribution<int> letters('a', 'z');
    std::string features;
    for (int i = 0; i < 600; ++i) {
        std::string name;
        for (int k = 0; k < 4 + i % 9; ++k) name += static_cast<char>(letters(random));
        features += R"({"type":"Feature","properties":{"name":")" + name +
                    R"("},"geometry":{"type":"Point","coordinates":[)" +
                    std::to_string(degrees(random)) + "," + std::to_string(degrees(random)) +
                    "]}},";
    }
    std::string ring;
    for (int i = 0; i <= 720; ++i) {
        const double angle = (i % 720) * 3.14159265358979 / 360;
        const double reach = 20 + 4 * std::sin(11 * angle);
        ring += (i == 0 ? "[" : ",[") + std::to_string(30 + reach * std::cos(angle)) + "," +
                std::to_string(30 + reach * std::sin(angle)) + "]";
    }
    features +=
        R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[)" +
        ring + "]]}}";
    return visible_text(
        R"({"version":8,"sources":{"s":{"type":"geojson","data":{"type":"FeatureCollection","features":[)" +
        features + R"(]}}},"layers":[
        {"id":"ground","type":"background","paint":{"background-color":"#d0e4f4"}},
        {"id":"land","type":"fill","source":"s","filter":["==",["geometry-type"],"Polygon"],"paint":{"fill-color":"#e8e0c8"}},
        {"id":"coast","type":"line","source":"s","filter":["==",["geometry-type"],"Polygon"],"paint":{"line-color":"#446688","line-width":2}},
        {"id":"names","type":"symbol","source":"s","filter":["==",["geometry-type"],"Point"],
         "layout":{"text-field":["get","name"],"text-size":13},
         "paint":{"text-color":"#202020","text-halo-color":"#ffffff","text-halo-width":1.5}}]})");
}

class StyleServiceTest : public ::testing::Test {
protected:
    static TileCaches in_memory() {
        TileCaches caches;
        caches.memory = std::make_unique<cache::MemoryCache>(std::size_t{32} << 20U);
        return caches;
    }
    StyleServiceTest() : room_(in_memory()) {}

    static StyleTileOrder tile_order(const VisiblePointer& style, TileId::Numbers numbers) {
        return {{style, encode::ImageFormat::png, Audience::anonymous(), Deadline()},
                *TileId::make(numbers),
                256};
    }
    template <typename Order>
    TileAnswer ask(StyleService& service, const Order& order) {
        Answers answers;
        service.get(order, answers.callback());
        return answers.wait_for(1).at(0);
    }
    static canvas::Surface decoded(const TileAnswer& answer) {
        EXPECT_TRUE(answer.tile) << answer.tile.error().what;
        if (!answer.tile) return canvas::Surface({1, 1});
        return *decode::decode_image(*(*answer.tile)->bytes);
    }
    DrawingRoom drawing(Workroom& room) { return {room.service().workshop(), sources_}; }

    void TearDown() override {
        // What is drawn for neighbours goes on after the answer.
        room_.pool().end();
        bare_.pool().end();
    }

    pipeline::FeatureSources sources_{4};
    Workroom room_;
    Workroom bare_;  ///< without a cache: tiles are drawn one by one
    StyleService service_{room_.service(), drawing(room_), nullptr, room_.log()};
    StyleService alone_{bare_.service(), drawing(bare_), nullptr, bare_.log()};
};

TEST_F(StyleServiceTest, DrawsATileOnceAndKeepsIt) {
    const auto order = tile_order(ground("#102030"), {3, 4, 3});

    const auto first = ask(service_, order);
    const auto second = ask(service_, order);

    EXPECT_EQ(first.origin, TileOrigin::made);
    EXPECT_EQ(second.origin, TileOrigin::memory);
    const auto picture = decoded(first);
    EXPECT_EQ(picture.size(), (PixelSize{256, 256}));
    EXPECT_EQ(picture.row(7)[0], 0x10);
    EXPECT_EQ(picture.row(7)[2], 0x30);
    EXPECT_EQ((*first.tile)->etag, fingerprint(key_of(order).text()));
}

TEST_F(StyleServiceTest, NamesTilesByVersionFormatSizeAndAudience) {
    const auto order = tile_order(ground("#102030"), {3, 4, 3});
    auto other = order;

    other.side = 512;
    EXPECT_NE(key_of(order), key_of(other));
    other = order;
    other.wish.format = encode::ImageFormat::webp;
    EXPECT_NE(key_of(order), key_of(other));
    other = tile_order(ground("#102031"), {3, 4, 3});
    EXPECT_NE(key_of(order), key_of(other));
    other = order;
    other.wish.audience = Audience::of(Role::admin);
    EXPECT_EQ(key_of(order), key_of(other)) << "all of it is low: it looks the same to all";
    auto secret = *order.wish.style;
    secret.level = Sensitivity::high;
    other.wish.style = std::make_shared<const VisibleStyle>(secret);
    auto anonymous = other;
    anonymous.wish.audience = Audience::anonymous();
    EXPECT_NE(key_of(other), key_of(anonymous));
}

TEST_F(StyleServiceTest, DrawsASheetWhereThereAreWordsAndKeepsTheNeighbours) {
    const auto style = names_and_coast();

    ask(service_, tile_order(style, {5, 17, 13}));
    room_.settle();

    // 17, 13 lies in the sheet from 16, 12 to 19, 15.
    EXPECT_EQ(ask(service_, tile_order(style, {5, 19, 15})).origin, TileOrigin::memory);
    EXPECT_EQ(ask(service_, tile_order(style, {5, 20, 15})).origin, TileOrigin::made);
}

TEST_F(StyleServiceTest, DrawsThoseThatAreWaitedForTogether) {
    const auto style = ground("#102030");
    Answers answers;
    Hold hold(room_.pool());
    for (const std::uint32_t column : {4U, 6U})
        service_.get(tile_order(style, {4, column, 4}), answers.callback());

    hold.release();

    for (const TileAnswer& answer : answers.wait_for(2)) EXPECT_TRUE(answer.tile);
    room_.settle();
    EXPECT_EQ(ask(service_, tile_order(style, {4, 5, 4})).origin, TileOrigin::memory);
    EXPECT_EQ(ask(service_, tile_order(style, {4, 7, 4})).origin, TileOrigin::made);
}

TEST_F(StyleServiceTest, RefusesAnImageThatItHasNoTimeForRatherThanOneOfBefore) {
    Workroom full(in_memory(), 1);
    StyleService service(full.service(), drawing(full), nullptr, full.log());
    symbology::View view;
    view.size = {64, 64};
    const auto image = [&](const VisiblePointer& style) {
        return StyleImageOrder{{style, encode::ImageFormat::png, Audience::anonymous(), Deadline()},
                               view};
    };
    ASSERT_TRUE(ask(service, image(ground("#102030"))).tile);
    Hold hold(full.pool());
    ASSERT_TRUE(full.pool().post([] {}));

    const auto answer = ask(service, image(ground("#405060")));

    ASSERT_FALSE(answer.tile);
    EXPECT_EQ(answer.tile.error().fault, Fault::too_busy);
    EXPECT_TRUE(ask(service, image(ground("#102030"))).tile) << "it is kept";
    hold.release();
    full.pool().end();
}

TEST_F(StyleServiceTest, TellsWhatCannotBeDrawn) {
    const auto style = visible_text(
        R"({"version":8,"sources":{"far":{"type":"raster","tiles":["https://far.example/{z}/{x}/{y}.png"]}},
        "layers":[{"id":"r","type":"raster","source":"far"}]})");

    const auto answer = ask(service_, tile_order(style, {1, 0, 0}));

    ASSERT_FALSE(answer.tile);
    EXPECT_EQ(answer.tile.error().fault, Fault::bad_request);
    EXPECT_THAT(answer.tile.error().what, HasSubstr("far"));
}

TEST_F(StyleServiceTest, ShowsTheWholeWorldInTheTileOfZoom0) {
    const auto answer = ask(service_, tile_order(ground("#102030"), {0, 0, 0}));

    EXPECT_EQ(decoded(answer).row(0)[1], 0x20);
}

/// Pixels of which a channel differs by more than an eye would see.
std::size_t different_pixels(const canvas::Surface& whole,
                             const canvas::Surface& tile,
                             int left,
                             int top) {
    constexpr int unseen = 8;
    std::size_t count = 0;
    for (int y = 0; y < tile.size().height; ++y)
        for (int x = 0; x < tile.size().width; ++x) {
            const std::uint8_t* const a = whole.row(top + y) + std::ptrdiff_t{left + x} * 4;
            const std::uint8_t* const b = tile.row(y) + std::ptrdiff_t{x} * 4;
            int most = 0;
            for (int i = 0; i < 4; ++i) most = std::max(most, std::abs(a[i] - b[i]));
            count += most > unseen ? 1 : 0;
        }
    return count;
}

/// The world's tiles 16 to 19, 12 to 15 of zoom 5 are one image of 1024 pixels.
StyleImageOrder image_of_16_tiles(const VisiblePointer& style) {
    symbology::View view;
    view.centre = {18 / 32.0, 14 / 32.0};
    view.zoom = 4;
    view.size = {1024, 1024};
    return {{style, encode::ImageFormat::png, Audience::anonymous(), Deadline()}, view};
}

TEST_F(StyleServiceTest, GivesTilesThatJoinToTheImageOfTheSamePlaceOneByOneAndInSheets) {
    if (!text::Fonts::open()) FAIL() << "no fonts on this machine: docker/packages.txt lists them";
    const auto style = names_and_coast();
    const auto whole = decoded(ask(alone_, image_of_16_tiles(style)));

    std::size_t of_single = 0;
    std::size_t of_sheets = 0;
    for (std::uint32_t row = 0; row < 4; ++row)
        for (std::uint32_t column = 0; column < 4; ++column) {
            const auto order = tile_order(style, {5, 16 + column, 12 + row});
            const int left = static_cast<int>(column) * 256;
            const int top = static_cast<int>(row) * 256;
            of_single += different_pixels(whole, decoded(ask(alone_, order)), left, top);
            of_sheets += different_pixels(whole, decoded(ask(service_, order)), left, top);
        }

    RecordProperty("single", std::to_string(of_single));
    RecordProperty("sheets", std::to_string(of_sheets));
    EXPECT_EQ(of_sheets, 0U) << "the sheet is that very image";
    // A name that is placed in one picture and not in the other has hundreds of pixels.
    EXPECT_LT(of_single, 100U) << "of 1048576 pixels";
}

}  // namespace
}  // namespace relief::service
