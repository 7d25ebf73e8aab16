// What a package says about itself.

#include "tiler/archive/description.hpp"

#include "tests/archive/example_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace relief::archive {
namespace {

using ::testing::_;
using ::testing::Contains;
using ::testing::Not;
using ::testing::Pair;
using Json = nlohmann::json;

TEST(MbtilesMetadata, HasEveryRowOfTheSpecification) {
    const auto rows = mbtiles_metadata(example_description());

    const TextPairs expected{{"name", "Flood"},
                             {"format", "png"},
                             {"bounds", "10,45,12,46.5"},
                             {"center", "11.0,45.75,6"},
                             {"minzoom", "5"},
                             {"maxzoom", "9"},
                             {"attribution", "Survey \"A\", <b>CC-BY</b>"},
                             {"description", "Observed 2024-05-01"},
                             {"type", "overlay"},
                             {"version", "20240502"},
                             {"relief_layer", "flood"},
                             {"relief_order", "0123"}};
    EXPECT_THAT(rows, ::testing::UnorderedElementsAreArray(expected));
}

TEST(MbtilesMetadata, LeavesAnUnknownAttributionOut) {
    Description description = example_description();
    description.attribution.clear();

    EXPECT_THAT(mbtiles_metadata(description), Not(Contains(Pair("attribution", _))));
}

TEST(TilejsonText, IsTileJson3WithTilesBesideIt) {
    const auto document = Json::parse(tilejson(example_description()));

    EXPECT_EQ(document["tilejson"], "3.0.0");
    EXPECT_EQ(document["tiles"], Json({"{z}/{x}/{y}.png"}));
    EXPECT_EQ(document["scheme"], "xyz");
    EXPECT_EQ(document["bounds"], Json({10, 45, 12, 46.5}));
    EXPECT_EQ(document["center"], Json({11, 45.75, 6}));
    EXPECT_EQ(document["minzoom"], 5);
    EXPECT_EQ(document["maxzoom"], 9);
    EXPECT_EQ(document["attribution"], "Survey \"A\", <b>CC-BY</b>");
    EXPECT_EQ(document["version"], "20240502.0.0");
}

TEST(TilejsonText, CentresOneZoomOnThatZoom) {
    Description description = example_description();
    description.zooms = {7, 7};

    EXPECT_EQ(Json::parse(tilejson(description))["center"][2], 7);
}

TEST(TilejsonText, GivesItsOrderBack) {
    EXPECT_EQ(order_in(tilejson(example_description("abc"))), "abc");
}

TEST(TilejsonText, OfOthersHasNoOrder) {
    for (const char* text : {"", "{", "[]", "{}", R"({"relief":1})", R"({"relief":{"order":1}})"})
        EXPECT_FALSE(order_in(text)) << text;
}

}  // namespace
}  // namespace relief::archive
