#include "tiler/stylesheet/shipped_styles.hpp"

#include "tests/support/colour_sight.hpp"
#include "tiler/expression/json_feature.hpp"
#include "tiler/stylesheet/style_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace relief::stylesheet {
namespace {

using nlohmann::json;
using support::contrast;

/// Two colours side by side are told apart from about 2.3 on (Mahy et al. 1994); on a map they lie
/// apart, among others, and are looked up in a legend: four times that is asked for.
constexpr double apart = 9.2;
/// WCAG 2.1, 1.4.3 and 1.4.11.
constexpr double readable = 4.5;
constexpr double visible = 3;

const std::filesystem::path shipped_folder = RELIEF_STYLES_FOLDER;

json document_of(const ShippedStyle& style) {
    return json::parse(style.json);
}

json document_named(std::string_view id) {
    for (const auto& style : shipped_styles())
        if (style.id == id) return document_of(style);
    ADD_FAILURE() << "no style " << id;
    return {};
}

json file_of(const std::string& name) {
    std::ifstream file(shipped_folder / name);
    return json::parse(file, nullptr, false);
}

const json* find_layer(const json& style, const std::string& id) {
    for (const auto& layer : style["layers"])
        if (layer["id"] == id) return &layer;
    return nullptr;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the order of the path in the style
json paint_of(const json& style, const std::string& id, const std::string& property) {
    const json* const layer = find_layer(style, id);
    EXPECT_NE(layer, nullptr) << id;
    return layer == nullptr ? json() : layer->at("paint").at(property);
}

/// Every "#rrggbb" in it.
std::set<std::string> colours_in(const json& value) {
    std::set<std::string> colours;
    if (value.is_string() && value.get<std::string>().starts_with('#'))
        colours.insert(value.get<std::string>());
    for (const auto& member : value)
        if (value.is_structured()) colours.merge(colours_in(member));
    return colours;
}

/// Calls `see(layer)` for every layer that has the property.
template <typename See>
void each_layer_with(const json& style, const std::string& property, const See& see) {
    for (const auto& layer : style["layers"])
        if (layer.contains("paint") && layer["paint"].contains(property)) see(layer);
}

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

/// The tables of classes, and the colour of what they do not know.
constexpr const char* unknown_colour = "#5500ff";

std::vector<std::pair<std::string, json>> class_tables() {
    std::vector<std::pair<std::string, json>> tables;
    for (const auto& style : shipped_styles()) {
        const json document = document_of(style);
        if (document["metadata"].contains("relief:classes"))
            tables.emplace_back(style.id, file_of(document["metadata"]["relief:classes"]));
    }
    return tables;
}

TEST(ClassTables, SayTheirVersionAndTheirSource) {
    const auto tables = class_tables();
    EXPECT_GE(tables.size(), 6U);
    for (const auto& [id, table] : tables) {
        ASSERT_TRUE(table.is_object()) << id;
        EXPECT_EQ(document_named(id)["metadata"]["relief:classes"],
                  "classes/" + table["id"].get<std::string>() + ".json");
        EXPECT_FALSE(table["version"].get<std::string>().empty());
        EXPECT_GT(table["source"].get<std::string>().size(), 40U) << id;
        std::set<std::string> codes;
        for (const auto& entry : table["classes"])
            for (const auto& code : entry["codes"])
                EXPECT_TRUE(codes.insert(code).second) << id << ": " << code << " is two classes";
    }
}

TEST(ClassTables, AreDrawnByTheirStylesInTheirColours) {
    for (const auto& [id, table] : class_tables()) {
        const auto drawn = colours_in(document_named(id)["layers"]);
        const std::string text = document_named(id).dump();
        for (const auto& entry : table["classes"]) {
            if (entry["colour"].is_null()) continue;
            EXPECT_TRUE(drawn.contains(entry["colour"])) << id << ' ' << entry["label"];
            // A class's colour follows its codes, or its codes are a layer's filter.
            EXPECT_NE(text.find(entry["codes"].dump()), std::string::npos)
                << id << ' ' << entry["label"];
        }
    }
}

TEST(ClassTables, NameTheirClassesInLegends) {
    for (const auto& [id, table] : class_tables()) {
        const json document = document_named(id);
        const json* const layer = find_layer(document, "classes");
        if (layer == nullptr) continue;
        json labels = json::array();
        for (const auto& entry : table["classes"])
            if (!entry["colour"].is_null()) labels.push_back(entry["label"]);
        labels.push_back(false);  // what the table does not know has a layer of its own
        EXPECT_EQ(layer->at("metadata")["relief:legend-classes"], labels) << id;
    }
}

TEST(ClassTables, HaveColoursThatAllEyesTellApart) {
    for (const auto& [id, table] : class_tables()) {
        std::vector<std::string> colours{unknown_colour};
        for (const auto& entry : table["classes"])
            if (!entry["colour"].is_null()) colours.push_back(entry["colour"]);
        for (std::size_t a = 0; a < colours.size(); ++a)
            for (std::size_t b = a + 1; b < colours.size(); ++b)
                EXPECT_GE(support::least_difference(colours[a], colours[b]), apart)
                    << id << ": " << colours[a] << " and " << colours[b];
    }
}

TEST(StepsOfStyles, AreToldApartByAllEyes) {
    for (const auto& [id, layer] :
         {std::pair{"choropleth", "areas"}, std::pair{"displacement", "areas"}}) {
        const auto colours = colours_in(paint_of(document_named(id), layer, "fill-color"));
        EXPECT_EQ(colours.size(), 5U) << id;
        for (auto a = colours.begin(); a != colours.end(); ++a)
            for (auto b = std::next(a); b != colours.end(); ++b)
                EXPECT_GE(support::least_difference(*a, *b), apart)
                    << id << ": " << *a << " and " << *b;
    }
}

TEST(ClassTables, HaveAreasThatStandOutByTheirEdgesWhereTheirColoursAreLight) {
    for (const auto& [id, table] : class_tables()) {
        const json document = document_named(id);
        if (find_layer(document, "class-edges") == nullptr) continue;
        const std::string land = paint_of(document, "land", "fill-color");
        EXPECT_GE(contrast(paint_of(document, "class-edges", "line-color"), land), visible) << id;
        EXPECT_GE(contrast(paint_of(document, "class-points", "circle-stroke-color"), land),
                  visible)
            << id;
        EXPECT_GE(contrast(unknown_colour, land), visible);
    }
}

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

json point_with(const json& properties) {
    return {{"type", "Feature"},
            {"properties", properties},
            {"geometry", {{"type", "Point"}, {"coordinates", {0, 0}}}}};
}

using testing::ElementsAre;

/// Position of a layer in its style: later ones are drawn above, and their words placed first.
std::size_t position_of(const json& document, const std::string& id) {
    std::size_t position = 0;
    for (const auto& layer : document["layers"]) {
        if (layer["id"] == id) return position;
        ++position;
    }
    ADD_FAILURE() << "no layer " << id;
    return position;
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
