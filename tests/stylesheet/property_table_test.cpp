#include "tiler/stylesheet/property.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace relief::stylesheet {
namespace {

std::vector<PropertyRow> all_rows() {
    std::vector<PropertyRow> rows;
    for (std::size_t i = 0; i < layer_type_names.size(); ++i) {
        const auto type = static_cast<LayerType>(i);
        for (const auto part : {layout_rows(type), paint_rows(type)})
            rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
}

TEST(PropertyTable, HasThePropertiesOfTheSpecification) {
    // Counted in the reference of the specification (v8.json), without visibility.
    EXPECT_EQ(layout_rows(LayerType::symbol).size(), 44U);
    EXPECT_EQ(paint_rows(LayerType::symbol).size(), 14U);
    EXPECT_EQ(paint_rows(LayerType::line).size(), 12U);
    EXPECT_TRUE(layout_rows(LayerType::raster).empty());
}

TEST(PropertyTable, NamesTypesThatThereAre) {
    for (const PropertyRow& row : all_rows()) {
        const auto spec = spec_of(row);
        EXPECT_NE(spec.form, expression::PropertySpec::Form::any) << row.name;
        EXPECT_EQ(row.type == "enum", spec.form == expression::PropertySpec::Form::enumeration);
        EXPECT_EQ(row.type == "enum" || row.type == "array<enum>", !row.words.empty()) << row.name;
    }
}

TEST(PropertyTable, HasDefaultsThatTheirPropertiesTake) {
    for (const PropertyRow& row : all_rows()) {
        if (row.default_json.empty()) continue;
        expression::PropertyKeys keys;
        const auto stated = nlohmann::json::parse(row.default_json);
        const auto made = make_property(row, stated, keys);
        EXPECT_TRUE(std::holds_alternative<Property>(made)) << row.name;
        EXPECT_TRUE(default_property(row)) << row.name;
    }
}

TEST(PropertyTable, HasNoNameTwiceInALayer) {
    for (std::size_t i = 0; i < layer_type_names.size(); ++i) {
        const auto type = static_cast<LayerType>(i);
        std::set<std::string_view> names;
        for (const auto part : {layout_rows(type), paint_rows(type)})
            for (const PropertyRow& row : part)
                EXPECT_TRUE(names.insert(row.name).second) << row.name;
    }
}

}  // namespace
}  // namespace relief::stylesheet
