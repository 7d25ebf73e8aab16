#include "server/service/tile_service.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace relief::service {
namespace {

/// A layer that a test changes, and the order of one of its tiles.
struct Subject {
    workspace::Layer layer = *workspace::example_layer("dem", Sensitivity::low);
    TileId tile = *TileId::make({.zoom = 12, .column = 2046, .row = 1583});
    int side = 256;
    encode::ImageFormat format = encode::ImageFormat::png;
    std::vector<std::pair<std::string, std::string>> words{{"rescale", "0,9"}};
    Deadline deadline{};
};

std::string key(const std::function<void(Subject&)>& change = [](Subject&) {}) {
    Subject subject;
    change(subject);
    TileOrder order{std::make_shared<workspace::Layer>(subject.layer),
                    nullptr,
                    subject.tile,
                    subject.side,
                    subject.format,
                    {subject.words},
                    Audience::anonymous(),
                    subject.deadline};
    order.observation = &order.layer->newest();
    return key_of(order).text();
}

TEST(KeyOf, IsTheSameForTheSameOrder) {
    EXPECT_EQ(key(), key());
}

TEST(KeyOf, NamesTheAudience) {
    EXPECT_THAT(key(), ::testing::HasSubstr("|" + std::string(Audience::anonymous().key()) + "|"));
}

TEST(KeyOf, ChangesWithTheContent) {
    EXPECT_NE(key(), key([](Subject& s) { s.layer.observations[0].version = {"v2"}; }));
}

TEST(KeyOf, ChangesWithTheKind) {
    EXPECT_NE(key(), key([](Subject& s) {
                  s.layer.observations[0].raster().kind = RasterKind::elevation;
              }));
}

TEST(KeyOf, ChangesWithTheLayer) {
    EXPECT_NE(key(), key([](Subject& s) { s.layer.name = workspace::layer_name("dem2"); }));
}

TEST(KeyOf, ChangesWithTheSavedStyle) {
    EXPECT_NE(key(), key([](Subject& s) { s.layer.style_words = {{"colormap", "viridis"}}; }));
}

TEST(KeyOf, ChangesWithEachNumberOfTheTile) {
    const auto tile = [](TileId::Numbers numbers) {
        return key([&](Subject& s) { s.tile = *TileId::make(numbers); });
    };

    EXPECT_NE(key(), tile({.zoom = 13, .column = 2046, .row = 1583}));
    EXPECT_NE(key(), tile({.zoom = 12, .column = 2047, .row = 1583}));
    EXPECT_NE(key(), tile({.zoom = 12, .column = 2046, .row = 1584}));
    // 1/23 and 12/3 must not run together.
    EXPECT_NE(tile({.zoom = 12, .column = 1, .row = 23}),
              tile({.zoom = 12, .column = 12, .row = 3}));
}

TEST(KeyOf, ChangesWithSideAndFormat) {
    EXPECT_NE(key(), key([](Subject& s) { s.side = 512; }));
    EXPECT_NE(key(), key([](Subject& s) { s.format = encode::ImageFormat::webp; }));
    EXPECT_NE(key(), key([](Subject& s) { s.format = encode::ImageFormat::automatic; }));
}

TEST(KeyOf, ChangesWithEachWordOfTheRequest) {
    EXPECT_NE(key(), key([](Subject& s) { s.words.clear(); }));
    EXPECT_NE(key(), key([](Subject& s) { s.words[0].second = "0,8"; }));
    EXPECT_NE(key(), key([](Subject& s) { s.words[0].first = "bands"; }));
}

TEST(KeyOf, AValueCannotPassForAnotherWord) {
    const auto two = key([](Subject& s) {
        s.words = {{"rescale", "0,9"}, {"colormap", "viridis"}};
    });
    const auto one = key([](Subject& s) { s.words = {{"rescale", "0,9&colormap=7:viridis"}}; });

    EXPECT_NE(one, two);
}

TEST(KeyOf, ASavedWordIsNoWordOfTheRequest) {
    const auto saved = key([](Subject& s) {
        s.words.clear();
        s.layer.style_words = {{"rescale", "0,9"}};
    });

    EXPECT_NE(saved, key());
}

TEST(KeyOf, IsTheSameWhateverChangesNoByte) {
    EXPECT_EQ(key(), key([](Subject& s) { s.layer.title = "Another"; }));
    EXPECT_EQ(key(), key([](Subject& s) { s.layer.provenance.source = "Survey"; }));
    EXPECT_EQ(key(), key([](Subject& s) { s.layer.observations[0].file = "/elsewhere.tif"; }));
    EXPECT_EQ(key(), key([](Subject& s) {
                  s.deadline = Deadline(Deadline::Clock::now() + std::chrono::seconds(1));
              }));
}

}  // namespace
}  // namespace relief::service
