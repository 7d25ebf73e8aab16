// What styles of classes draw, feature by feature.

#include "tests/stylesheet/shipped_documents.hpp"
#include "tests/support/colour_sight.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/stylesheet/style_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace relief::stylesheet {
namespace {

using support::contrast;
using testing::ElementsAre;

/// The ids of the layers over the style's own source that take the feature.
std::set<std::string> layers_for(const std::string& style, const json& feature) {
    const auto read = read_style(document_named(style).dump());
    const expression::JsonFeature view(feature, std::nullopt);
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.feature = &view;
    with.zoom = 12;
    std::set<std::string> ids;
    for (const auto& layer : read.document->layers)
        if (layer.source == "data" && layer.takes(with)) ids.insert(layer.id);
    return ids;
}

json area_with(const json& properties) {
    return {
        {"type", "Feature"},
        {"properties", properties},
        {"geometry", {{"type", "Polygon"}, {"coordinates", {{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}}}};
}

TEST(ClassStyles, DrawWhatTheirTableDoesNotKnowAsUnknown) {
    for (const char* const id : {"flood", "burn-severity", "damage-ems", "damage-unosat"})
        for (const json& odd :
             {json{{"class", "never heard of"}, {"damage_gra", "never heard of"}, {"damage", 77}},
              json::object()}) {
            EXPECT_THAT(layers_for(id, area_with(odd)), ElementsAre("unknown", "unknown-edges"))
                << id;
            EXPECT_THAT(layers_for(id, point_with(odd)), ElementsAre("unknown-points")) << id;
        }
}

TEST(ClassStyles, HatchWhatWasNotAnalysed) {
    for (const auto& [id, attribute] : {std::pair{"flood", "class"},
                                        std::pair{"burn-severity", "class"},
                                        std::pair{"damage-ems", "damage_gra"},
                                        std::pair{"damage-unosat", "Main_Damage_Site_Class"}}) {
        const json properties{{attribute, "Not analysed"}};
        EXPECT_THAT(layers_for(id, area_with(properties)),
                    ElementsAre("not-analysed", "not-analysed-edges"))
            << id;
        EXPECT_THAT(layers_for(id, point_with(properties)), ElementsAre("not-analysed-points"))
            << id;
        EXPECT_EQ(paint_of(document_named(id), "not-analysed", "fill-pattern"), "hatch");
    }
}

TEST(ClassStyles, KnowTheirCodesAsTextAndAsNumber) {
    EXPECT_THAT(layers_for("damage-unosat", point_with({{"Main_Damage_Site_Class", 1}})),
                ElementsAre("class-points"));
    EXPECT_THAT(layers_for("damage-unosat", point_with({{"Main_Damage_Site_Class", "1"}})),
                ElementsAre("class-points"));
    EXPECT_THAT(layers_for("damage-ems", area_with({{"grading", "Highly Damaged"}})),
                ElementsAre("class-edges", "class-rims", "classes"));
}

TEST(ClassStyles, ShowWhatIsSmallerThanAPixelInItsOwnColour) {
    for (const char* const id : {"flood", "burn-severity", "damage-ems", "damage-unosat"}) {
        const json document = document_named(id);
        EXPECT_EQ(paint_of(document, "class-rims", "line-color"),
                  paint_of(document, "classes", "fill-color"));
        EXPECT_EQ(find_layer(document, "class-rims")->at("maxzoom"),
                  find_layer(document, "class-edges")->at("minzoom"))
            << id << ": dark edges would hide it";
    }
}

TEST(ClassStyles, LayTheWorstPointsOnTopOfTheOthers) {
    const auto rank = [](const std::string& style, const json& properties) {
        const auto read = read_style(document_named(style).dump());
        const json point = point_with(properties);
        const expression::JsonFeature view(point, std::nullopt);
        expression::Scratch scratch;
        expression::Evaluation with;
        with.scratch = &scratch;
        with.feature = &view;
        with.zoom = 10;
        for (const auto& layer : read.document->layers)
            if (layer.id == "class-points") return layer.value("circle-sort-key", with).as_number();
        return -1.0;
    };

    EXPECT_GT(rank("damage-unosat", {{"damage", "1"}}), rank("damage-unosat", {{"damage", "4"}}));
    EXPECT_GT(rank("damage-ems", {{"grading", "Highly Damaged"}}),
              rank("damage-ems", {{"grading", "Not Affected"}}));
    EXPECT_GT(rank("burn-severity", {{"class", "high"}}),
              rank("burn-severity", {{"class", "regrowth-high"}}));
    const json document = document_named("damage-unosat");
    EXPECT_GT(position_of(document, "class-points"), position_of(document, "unknown-points"));
}

TEST(Choropleth, HatchesAreasWithoutAValue) {
    EXPECT_TRUE(layers_for("choropleth", area_with({{"value", 12}})).contains("areas"));
    EXPECT_TRUE(layers_for("choropleth", area_with({{"name", "A"}})).contains("areas-not-known"));
    EXPECT_FALSE(layers_for("choropleth", area_with({{"value", "no number"}})).contains("areas"));
}

TEST(AccessConstraints, DrawARoadOfUnknownStateAsUnknown) {
    json road = point_with({{"status", "never heard of"}});
    road["geometry"] = {{"type", "LineString"}, {"coordinates", {{0, 0}, {1, 1}}}};

    EXPECT_THAT(layers_for("access-constraints", road),
                ElementsAre("road-casings", "roads-unknown"));
}

TEST(Incidents, ShowWhatHasNoIconAsUnknownAndNameIt) {
    for (const json& odd : {json::object(), json{{"category", "never heard of"}}})
        EXPECT_THAT(layers_for("incidents", point_with(odd)),
                    ElementsAre("incident-titles", "unknown-discs", "unknown-icons"));
    EXPECT_THAT(layers_for("incidents", point_with({{"category", "flood"}})),
                ElementsAre("incident-discs", "incident-icons", "incident-titles"));
    const json document = document_named("incidents");
    EXPECT_EQ(find_layer(document, "unknown-icons")->at("metadata")["relief:legend"],
              "Category not known");
    EXPECT_EQ(paint_of(document, "unknown-icons", "icon-color"), unknown_colour);
    EXPECT_GE(contrast(unknown_colour, paint_of(document, "unknown-discs", "circle-color")),
              readable);
}

}  // namespace
}  // namespace relief::stylesheet
