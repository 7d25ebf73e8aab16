#include "tiler/stylesheet/property.hpp"

#include "tiler/expression/json_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::stylesheet {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const PropertyRow& row_of(LayerType type, std::string_view name) {
    for (const auto rows : {layout_rows(type), paint_rows(type)}) {
        const auto found = std::find_if(
            rows.begin(), rows.end(), [&](const PropertyRow& row) { return row.name == name; });
        if (found != rows.end()) return *found;
    }
    throw std::out_of_range(std::string(name));
}

MadeProperty made(LayerType type, std::string_view name, const char* stated) {
    expression::PropertyKeys keys;
    return make_property(row_of(type, name), json::parse(stated), keys);
}

json value_at(const MadeProperty& property, double zoom) {
    expression::Scratch scratch;
    expression::Evaluation with;
    with.scratch = &scratch;
    with.zoom = zoom;
    return json_of(std::get<Property>(property).evaluate(with));
}

std::string refusal(const MadeProperty& property) {
    const auto& error = std::get<std::vector<expression::ParseError>>(property).at(0);
    return error.key + ": " + error.message;
}

TEST(Property, TakesConstantsOfItsType) {
    EXPECT_EQ(value_at(made(LayerType::line, "line-width", "2.5"), 0), 2.5);
    EXPECT_EQ(value_at(made(LayerType::fill, "fill-color", "\"#ff000080\""), 0),
              (json{128 / 255.0, 0, 0, 128 / 255.0}));
    EXPECT_EQ(value_at(made(LayerType::symbol, "text-font", R"(["Noto Sans"])"), 0),
              json::array({"Noto Sans"}));
    EXPECT_EQ(value_at(made(LayerType::symbol, "icon-padding", "[1, 2]"), 0),
              (json{{"values", {1, 2, 1, 2}}}));
    EXPECT_EQ(value_at(made(LayerType::line, "line-dasharray", "[]"), 0), json::array());
}

TEST(Property, TakesExpressionsAndFunctions) {
    const auto curve = made(
        LayerType::line, "line-width", R"(["interpolate", ["linear"], ["zoom"], 0, 0, 10, 10])");
    EXPECT_EQ(value_at(curve, 4), 4);
    EXPECT_EQ(value_at(made(LayerType::line, "line-width", R"({"stops": [[0, 0], [10, 10]]})"), 4),
              4);
}

TEST(Property, PutsPropertiesIntoItsTokens) {
    const auto label = made(LayerType::symbol, "text-field", "\"{name}\"");
    EXPECT_EQ(std::get<Property>(label).variation(), expression::Variation::by_feature);
    EXPECT_EQ(std::get<Property>(made(LayerType::symbol, "text-field", "\"name\"")).variation(),
              expression::Variation::constant);
}

TEST(Property, HoldsItsDefaultWhereTheExpressionFails) {
    EXPECT_EQ(value_at(made(LayerType::circle, "circle-radius", R"(["get", "r"])"), 0), 5);
    EXPECT_EQ(value_at(made(LayerType::line, "line-cap", R"(["concat", "ro", "ond"])"), 0), "butt");
    EXPECT_EQ(value_at(made(LayerType::fill, "fill-pattern", R"(["get", "p"])"), 0), nullptr);
}

TEST(Property, SaysWhatIsNeeded) {
    EXPECT_THAT(refusal(made(LayerType::line, "line-width", "\"thick\"")),
                HasSubstr("\"thick\" is a text; a number of at least 0"));
    EXPECT_THAT(refusal(made(LayerType::line, "line-width", "-1")), HasSubstr("out of range"));
    EXPECT_THAT(refusal(made(LayerType::line, "line-cap", "\"rond\"")),
                HasSubstr("none of butt, round, square; did you mean round?"));
    EXPECT_THAT(refusal(made(LayerType::fill, "fill-color", "\"redish\"")),
                HasSubstr("CSS colour"));
    EXPECT_THAT(refusal(made(LayerType::fill, "fill-translate", "[1]")),
                HasSubstr("a list of 2 numbers"));
    EXPECT_THAT(refusal(made(LayerType::fill, "fill-translate", "[1, \"a\"]")),
                testing::StartsWith("[1]: "));
    EXPECT_THAT(refusal(made(LayerType::line, "line-width", R"(["gett", "w"])")),
                HasSubstr("Unknown expression \"gett\""));
    EXPECT_THAT(refusal(made(LayerType::fill, "fill-antialias", R"(["get", "a"])")),
                HasSubstr("data expressions not supported"));
}

TEST(Property, OfARampKnowsItsInput) {
    EXPECT_TRUE(std::holds_alternative<Property>(
        made(LayerType::heatmap,
             "heatmap-color",
             R"(["interpolate", ["linear"], ["heatmap-density"], 0, "transparent", 1, "red"])")));
    EXPECT_THAT(refusal(made(LayerType::line, "line-width", R"(["line-progress"])")),
                HasSubstr("line-gradient"));
}

}  // namespace
}  // namespace relief::stylesheet
