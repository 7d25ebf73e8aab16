#include "tiler/stylesheet/shipped_styles.hpp"

#include "tests/stylesheet/shipped_documents.hpp"
#include "tests/support/colour_sight.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/stylesheet/style_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace relief::stylesheet {
namespace {

using support::contrast;

TEST(ColourSight, MeasuresTheDifferencesOfThePublishedTestPairs) {
    // Sharma et al. 2005, table 1, pairs 1, 7, 13 and 25.
    using support::difference;
    EXPECT_NEAR(difference({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
    EXPECT_NEAR(difference({50, 0, 0}, {50, -1, 2}), 2.3669, 1e-4);
    EXPECT_NEAR(difference({50, -0.001, 2.49}, {50, 0.0009, -2.49}), 4.8045, 1e-4);
    EXPECT_NEAR(
        difference({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}), 1.2644, 1e-4);
    // WCAG 2.1: black on white is 21 to 1.
    EXPECT_NEAR(contrast("#000000", "#ffffff"), 21, 1e-9);
}

TEST(ShippedStyles, AreThoseOfTheFolder) {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(shipped_folder))
        if (entry.path().extension() == ".json" && entry.path().stem() != "colormaps")
            files.insert(entry.path().stem().string());
    std::set<std::string> shipped;
    for (const auto& style : shipped_styles()) shipped.emplace(style.id);

    EXPECT_EQ(shipped, files);
}

TEST(ShippedStyles, AreGoodStylesWithoutErrorsOrNotes) {
    for (const auto& style : shipped_styles()) {
        const auto read = read_style(style.json);
        for (const auto& problem : read.problems)
            ADD_FAILURE() << style.id << ": " << problem.path.text() << ": " << problem.message;
        EXPECT_TRUE(read.document) << style.id;
    }
}

TEST(ShippedStyles, TakeEverythingFromThisHouse) {
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        EXPECT_EQ(document["glyphs"], "/fonts/{fontstack}/{range}.pbf") << style.id;
        EXPECT_EQ(document["sprite"].get<std::string>().find("/styles/"), 0U) << style.id;
        for (const auto& [name, source] : document["sources"].items())
            EXPECT_EQ(source["url"].get<std::string>().find("relief://"), 0U)
                << style.id << ' ' << name;
    }
}

TEST(ShippedStyles, WriteNamesInNotoSansWithAFallbackToTheLocalName) {
    for (const auto& style : shipped_styles()) {
        const auto document = document_of(style);
        for (const auto& layer : document["layers"]) {
            if (layer["type"] != "symbol" || !layer["layout"].contains("text-field")) continue;
            EXPECT_EQ(layer["layout"]["text-font"][0].get<std::string>().find("Noto Sans"), 0U)
                << style.id << ' ' << layer["id"];
            if (layer["source"].get<std::string>().starts_with("ne-")) {
                EXPECT_EQ(layer["layout"]["text-field"],
                          json::parse(R"(["coalesce", ["get", "name:en"], ["get", "name"]])"))
                    << style.id << ' ' << layer["id"];
            }
        }
    }
}

TEST(ShippedStyles, HaveWordsThatStandOutFromTheirHaloAndFromTheGround) {
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        const std::string land = paint_of(document, "land", "fill-color");
        const std::string water = paint_of(document, "water", "background-color");
        each_layer_with(document, "text-color", [&](const json& layer) {
            const auto& paint = layer["paint"];
            const std::string colour = paint["text-color"];
            const std::string halo = paint["text-halo-color"];
            const std::string where = std::string(style.id) + ' ' + layer["id"].get<std::string>();
            EXPECT_GE(contrast(colour, halo), readable) << where;
            EXPECT_GE(paint["text-halo-width"].get<double>(), 1) << where;
            EXPECT_GE(contrast(colour, land), readable) << where << " on land";
            if (layer["source"] == "ne-lakes" || layer["source"] == "ne-rivers") {
                EXPECT_GE(contrast(colour, water), readable) << where << " on water";
            }
        });
    }
}

TEST(ShippedStyles, HaveBoundariesAndCoastsThatStandOutFromTheGround) {
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        const std::string land = paint_of(document, "land", "fill-color");
        const std::string water = paint_of(document, "water", "background-color");
        each_layer_with(document, "line-color", [&](const json& layer) {
            const std::string source = layer["source"];
            if (!source.starts_with("ne-") || layer["id"] == "boundary-halos") return;
            const std::string colour = layer["paint"]["line-color"];
            EXPECT_GE(contrast(colour, land), visible) << style.id << ' ' << layer["id"];
            if (source == "ne-coastline") {
                EXPECT_GE(contrast(colour, water), visible) << style.id << ' ' << layer["id"];
            }
        });
    }
}

TEST(ShippedStyles, BreakEveryBoundaryThatIsNotRecognised) {
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        for (const char* const id :
             {"boundaries-disputed", "boundaries-control", "boundaries-claimed"})
            EXPECT_TRUE(paint_of(document, id, "line-dasharray").is_array())
                << style.id << ' ' << id;
        EXPECT_FALSE(find_layer(document, "boundaries")->at("paint").contains("line-dasharray"));
        EXPECT_EQ(find_layer(document, "boundaries")->at("filter")[1],
                  json::parse(R"(["in", ["get", "status"], ["literal", ["recognised"]]])"));
        // What no style knows is no recognised boundary.
        EXPECT_EQ(find_layer(document, "boundaries-disputed")->at("filter")[1][0], "!");
    }
}

TEST(ShippedStyles, NightIsRedAlone) {
    for (const auto& colour : colours_in(document_named("base-night")))
        EXPECT_EQ(colour.substr(3), "0000") << colour;
}

TEST(ShippedStyles, GreyIsGreyAlone) {
    for (const auto& colour : colours_in(document_named("base-grey")))
        EXPECT_TRUE(colour.substr(1, 2) == colour.substr(3, 2) &&
                    colour.substr(3, 2) == colour.substr(5))
            << colour;
}

TEST(BaseMaps, GiveCapitalsRoomBeforeTownsAndCountries) {
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        for (const char* const other : {"place-names", "country-names"})
            EXPECT_GT(position_of(document, "capital-names"), position_of(document, other))
                << style.id << ' ' << other;
        EXPECT_GT(
            find_layer(document, "country-names")->at("layout")["text-variable-anchor"].size(), 1U)
            << style.id << ": the country's name makes way";
    }
}

TEST(BaseMaps, ShowACapitalBeforeTownsThatAreLarger) {
    // As Natural Earth has them: Abu Dhabi, and Dubai, which is larger.
    const auto names = [](const json& town, double zoom) {
        const auto read = read_style(document_named("base-light").dump());
        const expression::JsonFeature view(point_with(town), std::nullopt);
        expression::Scratch scratch;
        expression::Evaluation with;
        with.scratch = &scratch;
        with.feature = &view;
        with.zoom = zoom;
        return std::any_of(
            read.document->layers.begin(), read.document->layers.end(), [&](const Layer& layer) {
                return layer.source == "ne-places" && layer.takes(with);
            });
    };

    EXPECT_TRUE(names({{"class", "capital"}, {"min_zoom", 5.0}}, 3));
    EXPECT_TRUE(names({{"class", "town"}, {"min_zoom", 3.7}}, 3));
    EXPECT_FALSE(names({{"class", "town"}, {"min_zoom", 5.0}}, 3));
}

}  // namespace
}  // namespace relief::stylesheet
