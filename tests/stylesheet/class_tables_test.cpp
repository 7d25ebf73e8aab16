// The tables of classes that come with styles, and the colours of their classes.

#include "tests/stylesheet/shipped_documents.hpp"
#include "tests/support/colour_sight.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relief::stylesheet {
namespace {

using support::contrast;

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

}  // namespace
}  // namespace relief::stylesheet
