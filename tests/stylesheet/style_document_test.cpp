#include "tiler/stylesheet/style_document.hpp"

#include "tiler/expression/json_feature.hpp"
#include "tiler/expression/json_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::stylesheet {
namespace {

using testing::HasSubstr;

constexpr const char* good_style = R"({
  "version": 8,
  "name": "Roads",
  "center": [36.8, -1.3],
  "zoom": 11,
  "state": {"dark": {"default": true}},
  "glyphs": "https://example.org/{fontstack}/{range}.pbf",
  "sprite": "https://example.org/sprite",
  "sources": {
    "base": {"type": "vector", "url": "https://example.org/base.json"},
    "relief": {"type": "raster-dem", "tiles": ["https://example.org/{z}/{x}/{y}.png"],
               "encoding": "terrarium", "tileSize": 256},
    "points": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}
  },
  "layers": [
    {"id": "land", "type": "background",
     "paint": {"background-color": ["case", ["boolean", ["global-state", "dark"]], "black", "white"]}},
    {"id": "hills", "type": "hillshade", "source": "relief"},
    {"id": "roads", "type": "line", "source": "base", "source-layer": "roads", "minzoom": 5,
     "filter": ["==", "class", "road"],
     "layout": {"line-cap": "round"},
     "paint": {"line-width": {"stops": [[5, 1], [10, 6]]}, "line-width-transition": {"duration": 1}}},
    {"id": "wells", "type": "circle", "source": "points", "layout": {"visibility": "none"}}
  ]
})";

std::vector<std::string> messages(const ReadStyle& style) {
    std::vector<std::string> list;
    for (const Problem& problem : style.problems)
        list.push_back(std::to_string(problem.line) + " " + problem.path.text() + ": " +
                       problem.message);
    return list;
}

/// A style with one more layer in line 2, and what is said of it.
std::string said_of_layer(const std::string& layer) {
    const auto style = read_style(
        "{\"version\": 8, \"sources\": {\"v\": {\"type\": \"vector\", \"url\": \"x\"}}, "
        "\"layers\": [\n" +
        layer + "]}");
    return style.problems.empty() ? "" : messages(style).front();
}

TEST(StyleDocument, IsReadWithoutProblems) {
    const auto style = read_style(good_style);

    EXPECT_THAT(messages(style), testing::IsEmpty());
    ASSERT_TRUE(style.document);
    EXPECT_EQ(style.document->layers.size(), 4U);
    EXPECT_EQ(style.document->sources.size(), 3U);
    EXPECT_EQ(style.document->center->at(0), 36.8);
    EXPECT_EQ(style.document->sprites.at(0).url, "https://example.org/sprite");
    EXPECT_EQ(style.document->sources.find("relief")->second.encoding.base, -32768);
}

TEST(StyleDocument, GivesItsLayersWhatIsStatedAndWhatHoldsByDefault) {
    const auto style = read_style(good_style);
    const Layer& roads = style.document->layers[2];
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.zoom = 7.5;
    with.global_state = style.document->state;

    EXPECT_EQ(roads.value("line-width", with).as_number(), 3.5);
    EXPECT_EQ(roads.value("line-cap", with).as_text(), "round");
    EXPECT_EQ(roads.value("line-join", with).as_text(), "miter");
    EXPECT_TRUE(roads.value("line-pattern", with).is_null());
    EXPECT_EQ(roads.stated, (std::vector<std::string>{"line-cap", "line-width"}));
    EXPECT_EQ(style.document->layers[0].value("background-color", with).as_color(),
              (expression::Rgba{0, 0, 0, 1}));
}

TEST(StyleDocument, KnowsWhichLayersAreVisible) {
    const auto style = read_style(good_style);
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.zoom = 4.9;

    EXPECT_FALSE(style.document->layers[2].is_visible(with));
    with.zoom = 24.5;
    EXPECT_TRUE(style.document->layers[2].is_visible(with));
    EXPECT_FALSE(style.document->layers[3].is_visible(with));
}

TEST(StyleDocument, TakesTheFeaturesThatPassItsFilter) {
    const auto style = read_style(good_style);
    const expression::JsonFeature road({{"properties", {{"class", "road"}}}}, std::nullopt);
    const expression::JsonFeature rail({{"properties", {{"class", "rail"}}}}, std::nullopt);
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.feature = &road;

    EXPECT_TRUE(style.document->layers[2].takes(with));
    with.feature = &rail;
    EXPECT_FALSE(style.document->layers[2].takes(with));
}

TEST(StyleDocument, SaysWhereAndWhatIsWrongWithALayer) {
    EXPECT_EQ(
        said_of_layer(R"({"id": "a", "type": "fill", "source": "gone", "source-layer": "x"})"),
        "2 layers[0].source: the source \"gone\" is not in \"sources\"; known are: v");
    EXPECT_THAT(said_of_layer(R"({"id": "a", "type": "fil", "source": "v", "source-layer": "x"})"),
                HasSubstr("did you mean fill?"));
    EXPECT_THAT(said_of_layer(R"({"id": "a", "type": "raster", "source": "v"})"),
                HasSubstr("raster layers are drawn from raster or image sources; \"v\" is vector"));
    EXPECT_THAT(said_of_layer(R"({"id": "a", "type": "fill", "source": "v"})"),
                HasSubstr("has no source-layer"));
    EXPECT_THAT(said_of_layer(R"({"id": "a", "ref": "b"})"), HasSubstr("copy the type"));
    EXPECT_THAT(said_of_layer("7"), HasSubstr("a layer is an object"));
    EXPECT_THAT(said_of_layer(R"({"type": "background"})"), HasSubstr("no id"));
    EXPECT_THAT(said_of_layer(R"({"id": "a", "type": "background"},
{"id": "a", "type": "background"})"),
                testing::StartsWith("3 layers[1].id: another layer"));
    EXPECT_THAT(said_of_layer(R"({"id": "a", "type": "background", "minzoom": 30})"),
                HasSubstr("a number from 0 to 24"));
}

TEST(StyleDocument, ClustersReachNoFurtherThanATile) {
    const auto said = [](const char* radius) {
        return messages(read_style(
            std::string(R"({"version": 8, "layers": [], "sources": {"p": {"type": "geojson", "data":
                {"type": "FeatureCollection", "features": []}, "cluster": true,
                "clusterRadius": )") +
            radius + "}}}"));
    };

    EXPECT_THAT(said("512"), testing::IsEmpty());
    EXPECT_THAT(said("513"),
                testing::Contains(AllOf(HasSubstr("clusterRadius"), HasSubstr("512"))));
}

TEST(StyleDocument, SaysWhichPartOfAnExpressionIsWrong) {
    const auto said =
        said_of_layer(R"({"id": "a", "type": "line", "source": "v", "source-layer": "x",
"paint": {
"line-width": ["interpolate", ["linear"], ["zoom"],
  0, 1,
  5, "a"]}})");
    EXPECT_EQ(said, "6 layers[0].paint.line-width[6]: Expected number but found string instead.");
    EXPECT_THAT(
        said_of_layer(R"({"id": "a", "type": "line", "source": "v", "source-layer": "x",
"paint": {"line-widht": 1}})"),
        HasSubstr("3 layers[0].paint.line-widht: \"line-widht\" is no paint property of such "
                  "layers; did you mean line-width?"));
}

TEST(StyleDocument, LeavesOutWhatIsWrongAndKeepsTheRest) {
    const auto style = read_style(R"({"version": 8, "sources": {}, "layers": [
        {"id": "a", "type": "fill", "source": "gone"},
        {"id": "b", "type": "background", "paint": {"background-opacity": 7}}]})");

    EXPECT_TRUE(style.has_errors());
    ASSERT_EQ(style.document->layers.size(), 1U);
    EXPECT_EQ(style.document->layers[0].property("background-opacity")->constant()->as_number(), 1);
}

TEST(StyleDocument, PassesOverWhatAFlatMapHasNoUseFor) {
    const auto style = read_style(
        R"({"version": 8, "sources": {}, "layers": [], "terrain": {"source": "x"}, "layerz": 1})");

    EXPECT_FALSE(style.has_errors());
    EXPECT_THAT(
        messages(style),
        testing::UnorderedElementsAre(HasSubstr("terrain"), HasSubstr("did you mean layers?")));
}

TEST(StyleDocument, TellsAnErrorAfterAnyNumberOfNotes) {
    std::string members;
    for (int i = 0; i < 1000; ++i)
        members.append("\"extra").append(std::to_string(i)).append("\": 1, ");
    const auto style = read_style("{" + members + R"("version": 8, "sources": {}, "layers": 1})");

    EXPECT_TRUE(style.has_errors());
    EXPECT_LE(style.problems.size(), 200U);
}

TEST(StyleDocument, RefusesWhatIsNoStyle) {
    EXPECT_THAT(messages(read_style("[]")).at(0), HasSubstr("a style is an object"));
    EXPECT_THAT(messages(read_style("{\n\n\"a\" 1}")).at(0), testing::StartsWith("3 "));
    EXPECT_THAT(messages(read_style(R"({"version": 7, "sources": {}, "layers": []})")).at(0),
                HasSubstr("the version is 8, not 7"));
    EXPECT_EQ(read_style(std::string(9U << 20U, ' ')).document, nullptr);
}

TEST(StyleDocument, HasNoMoreLayersThanItsLimit) {
    StyleLimits limits;
    limits.layers = 1;
    const auto style = read_style(R"({"version": 8, "sources": {}, "layers": [1, 2]})", limits);

    EXPECT_THAT(messages(style).at(0), HasSubstr("2 layers; at most 1 are read"));
}

}  // namespace
}  // namespace relief::stylesheet
