#include "tiler/atlas/atlas.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace relief::atlas {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;

stylesheet::ReadStyle style_with(const std::string& source) {
    return stylesheet::read_style(R"({"version": 8, "sources": {"s": )" + source +
                                  R"(}, "layers": [{"id": "l", "type": "line", "source": "s",
                                  "source-layer": "roads"}]})");
}

const std::string places =
    R"({"type": "geojson", "data": {"type": "Point", "coordinates": [0, 0]}})";

Result<std::unique_ptr<Atlas>> opened(const stylesheet::ReadStyle& style, bool files) {
    return Atlas::open(*style.document, 1, {nullptr, files});
}

TEST(Atlas, GivesTheFeaturesOfAnInlineGeoJson) {
    const auto style = stylesheet::read_style(R"({"version": 8, "sources": {"s": )" + places +
                                              R"(}, "layers": [{"id": "l", "type": "circle",
                                              "source": "s"}]})");
    const auto atlas = opened(style, false);
    ASSERT_TRUE(atlas) << atlas.error().what;
    const symbology::ViewFrame frame({{0.5, 0.5}, 0, 0, {64, 64}, 1});

    const auto pieces = (*atlas)->features(style.document->layers[0], frame, 0);

    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].features->points[0], (TilePoint{2048, 2048}));
    EXPECT_TRUE((*atlas)->warnings().empty());
}

TEST(Atlas, LeavesOutWhatTheFilterOfAGeoJsonDoes) {
    const auto style = stylesheet::read_style(R"({"version": 8, "sources": {"s":
        {"type": "geojson", "filter": ["==", ["get", "kind"], "b"], "data":
            {"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"kind": "a"},
                 "geometry": {"type": "Point", "coordinates": [90, 0]}},
                {"type": "Feature", "properties": {"kind": "b"},
                 "geometry": {"type": "Point", "coordinates": [0, 0]}}]}}},
        "layers": [{"id": "l", "type": "circle", "source": "s"}]})");
    const auto atlas = opened(style, false);
    ASSERT_TRUE(atlas) << atlas.error().what;
    const symbology::ViewFrame frame({{0.5, 0.5}, 0, 0, {64, 64}, 1});

    const auto pieces = (*atlas)->features(style.document->layers[0], frame, 0);

    ASSERT_EQ(pieces.size(), 1U);
    ASSERT_EQ(pieces[0].features->features.size(), 1U);
    EXPECT_EQ(pieces[0].features->points[0], (TilePoint{2048, 2048}));
}

/// Keeps what it was asked for.
class AskedHouse final : public HouseLayers {
public:
    Result<Facts> facts(const std::string&) override { return Facts{true, 14}; }
    Result<FeatureTile> features(const std::string&, const FeatureWish& wish) override {
        attributes = wish.attributes;
        return not_found("nothing here");
    }
    Result<canvas::Surface> picture(const std::string& layer, const PictureWish&) override {
        return not_found(layer);
    }
    std::optional<std::vector<std::string>> attributes{};
};

/// What a style whose layer has this filter and this text asks the house for.
std::optional<std::vector<std::string>> asked_for(const std::string& filter,
                                                  const std::string& text) {
    const auto style = stylesheet::read_style(
        R"({"version": 8, "glyphs": "/fonts/{fontstack}/{range}.pbf",
            "sources": {"s": {"type": "vector", "url": "relief://camps"}},
            "layers": [{"id": "l", "type": "symbol", "source": "s", "source-layer": "camps",
                        "filter": )" +
        filter + R"(, "layout": {"text-field": )" + text + "}}]}");
    EXPECT_FALSE(style.has_errors());
    AskedHouse house;
    house.attributes = std::vector<std::string>{"never asked"};
    const auto atlas = Atlas::open(*style.document, 1, {&house, false});
    EXPECT_TRUE(atlas) << atlas.error().what;
    const symbology::ViewFrame frame({{0.5, 0.5}, 0, 0, {64, 64}, 1});
    if (atlas) (*atlas)->features(style.document->layers[0], frame, 0);
    return house.attributes;
}

TEST(Atlas, AsksItsHouseForTheAttributesThatTheStyleLooksAt) {
    const std::string plain = R"(["==", "kind", "camp"])";

    EXPECT_THAT(asked_for(plain, R"("{name:fr} {people}")"),
                Optional(UnorderedElementsAre("kind", "name:fr", "people")));
    EXPECT_THAT(asked_for(R"(["has", "kind"])", R"(["get", "name"])"),
                Optional(UnorderedElementsAre("kind", "name")));
    // Which one is only known when the expression runs.
    EXPECT_EQ(asked_for(plain, R"(["get", ["concat", "na", ["get", "x"]]])"), std::nullopt);
    EXPECT_EQ(asked_for(plain, R"(["to-string", ["properties"]])"), std::nullopt);
}

TEST(Atlas, ReadsNoFileWhereFilesAreNotAllowed) {
    const auto style = style_with(R"({"type": "vector", "tiles": ["file:///etc/{z}.mvt"]})");

    const auto atlas = opened(style, false);

    ASSERT_FALSE(atlas);
    EXPECT_THAT(atlas.error().what, HasSubstr("source \"s\""));
    EXPECT_TRUE(opened(style, true));
}

TEST(Atlas, ReadsNothingOverTheNetwork) {
    const auto style = style_with(R"({"type": "vector", "tiles": ["https://tiles.example/{z}"]})");

    EXPECT_EQ(opened(style, true).error().fault, Fault::bad_request);
}

TEST(Atlas, WarnsOfATileThatIsBrokenAndPassesOverOneThatIsMissing) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "0.mvt") << "no tile";
    const auto broken = style_with(R"({"type": "vector", "tiles": ["file://)" +
                                   folder.path().string() + R"(/{z}.mvt"]})");
    const auto missing = style_with(R"({"type": "vector", "tiles": ["file://)" +
                                    folder.path().string() + R"(/none-{z}.mvt"]})");
    const symbology::ViewFrame frame({{0.5, 0.5}, 0, 0, {64, 64}, 1});

    const auto first = opened(broken, true);
    const auto second = opened(missing, true);
    EXPECT_TRUE((*first)->features(broken.document->layers[0], frame, 0).empty());
    EXPECT_TRUE((*second)->features(missing.document->layers[0], frame, 0).empty());

    ASSERT_EQ((*first)->warnings().size(), 1U);
    EXPECT_THAT((*first)->warnings()[0], HasSubstr("source \"s\": this is no vector tile"));
    EXPECT_TRUE((*second)->warnings().empty());
}

/// 66 tiles of zoom 7 across and down.
symbology::ViewFrame frame_over_many_tiles() {
    return symbology::ViewFrame({{0.5, 0.5}, 7, 0, {64 * 512 + 2, 64 * 512 + 2}, 1});
}

TEST(Atlas, WarnsOnceOfAViewThatShowsTooManyTilesAndDrawsNone) {
    const auto style = style_with(R"({"type": "vector", "tiles": ["file:///none/{z}.mvt"]})");
    const auto atlas = opened(style, true);
    ASSERT_TRUE(atlas) << atlas.error().what;
    const auto& layer = style.document->layers[0];

    EXPECT_TRUE((*atlas)->features(layer, frame_over_many_tiles(), 0).empty());
    EXPECT_TRUE((*atlas)->features(layer, frame_over_many_tiles(), 8).empty());

    ASSERT_EQ((*atlas)->warnings().size(), 1U);
    EXPECT_THAT((*atlas)->warnings()[0], HasSubstr("source \"s\": more than 4096 of its tiles"));
}

TEST(Atlas, CountsOnlyTheTilesWithinASourcesBounds) {
    const auto style = style_with(R"({"type": "vector", "bounds": [0, 0, 10, 10],
        "tiles": ["file:///none/{z}.mvt"]})");
    const auto atlas = opened(style, true);
    ASSERT_TRUE(atlas) << atlas.error().what;

    EXPECT_TRUE((*atlas)->features(style.document->layers[0], frame_over_many_tiles(), 0).empty());

    EXPECT_TRUE((*atlas)->warnings().empty());
}

}  // namespace
}  // namespace relief::atlas
