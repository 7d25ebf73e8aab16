#include "server/service/visible_style.hpp"

#include "server/service/layer_style.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const workspace::Layer> features_called(const char* name, Sensitivity level) {
    workspace::Observation observation;
    observation.version = {std::string("version of ") + name};
    VectorDescription features;
    features.kinds = {GeometryKind::point, GeometryKind::area};
    observation.content = features;
    workspace::Layer layer{*LayerName::make(name), "Title", level, {}, {}, {}};
    layer.observations.push_back(std::move(observation));
    return std::make_shared<const workspace::Layer>(std::move(layer));
}

StylePointer style_of_text(const std::string& text) {
    auto style = read_served_style("map", text);
    EXPECT_TRUE(style) << style.error().what;
    return std::make_shared<const ServedStyle>(std::move(*style));
}

const std::string roads_and_bases = R"({"version":8,"sources":{
    "r":{"type":"vector","url":"relief://roads"},
    "b":{"type":"vector","tiles":["/tiles/bases/{z}/{x}/{y}.mvt"]}},
  "layers":[{"id":"ground","type":"background"},
    {"id":"lines","type":"line","source":"r","source-layer":"roads"},
    {"id":"secret marks","type":"circle","source":"b","source-layer":"bases"}]})";

class VisibleStyles : public ::testing::Test {
protected:
    workspace::Catalogue catalogue_{
        {features_called("roads", Sensitivity::low), features_called("bases", Sensitivity::high)},
        {}};
    Audience admin_ = Audience::of(Role::admin);
};

TEST_F(VisibleStyles, AreWholeForWhoMaySeeAllTheirLayers) {
    const auto seen = visible_style(style_of_text(roads_and_bases), catalogue_, admin_);

    ASSERT_TRUE(seen);
    EXPECT_EQ((*seen)->text, roads_and_bases);
    EXPECT_EQ((*seen)->layers.size(), 2U);
    EXPECT_EQ((*seen)->level, Sensitivity::high);
}

TEST_F(VisibleStyles, NameNothingOfALayerThatIsHidden) {
    const auto seen =
        visible_style(style_of_text(roads_and_bases), catalogue_, Audience::anonymous());

    ASSERT_TRUE(seen);
    EXPECT_THAT((*seen)->text, Not(HasSubstr("bases")));
    EXPECT_THAT((*seen)->text, Not(HasSubstr("secret marks")));
    EXPECT_EQ((*seen)->document->layers.size(), 2U);
    EXPECT_EQ((*seen)->level, Sensitivity::low);
}

TEST_F(VisibleStyles, LookTheSameWithAHiddenLayerAndWithoutIt) {
    const workspace::Catalogue without{{features_called("roads", Sensitivity::low)}, {}};
    const auto style = style_of_text(roads_and_bases);

    const auto hidden = visible_style(style, catalogue_, Audience::anonymous());
    const auto absent = visible_style(style, without, Audience::anonymous());

    ASSERT_TRUE(hidden && absent);
    EXPECT_EQ((*hidden)->text, (*absent)->text);
    EXPECT_EQ((*hidden)->version, (*absent)->version);
}

TEST_F(VisibleStyles, ThatShowOnlyWhatIsHiddenAreNotThere) {
    const auto style = style_of_text(R"({"version":8,"sources":{
        "b":{"type":"vector","url":"relief://bases"}},"layers":[]})");

    EXPECT_EQ(visible_style(style, catalogue_, Audience::anonymous()).error().fault,
              Fault::not_found);
    EXPECT_TRUE(visible_style(style, catalogue_, admin_));
}

TEST_F(VisibleStyles, AreOfAnotherVersionWhenALayerIs) {
    const auto style = style_of_text(roads_and_bases);
    auto changed = *catalogue_.find("roads", admin_);
    changed.observations[0].version = {"newer"};
    const workspace::Catalogue newer{{std::make_shared<const workspace::Layer>(changed)}, {}};

    const auto before = visible_style(style, catalogue_, Audience::anonymous());
    const auto after = visible_style(style, newer, Audience::anonymous());

    EXPECT_NE((*before)->version, (*after)->version);
}

TEST_F(VisibleStyles, OfOneLayerHoldNothingElse) {
    const auto whole = visible_style(style_of_text(roads_and_bases), catalogue_, admin_);

    const auto part = part_of_layer(**whole, "roads");

    ASSERT_TRUE(part) << part.error().what;
    EXPECT_EQ((*part)->document->layers.size(), 1U);
    EXPECT_EQ((*part)->document->layers[0].id, "lines");
    EXPECT_THAT((*part)->text, Not(HasSubstr("bases")));
    EXPECT_EQ(part_of_layer(**whole, "rivers").error().fault, Fault::not_found);
}

TEST_F(VisibleStyles, MadeOfALayersGeometriesDrawEachOfThem) {
    const auto plain = plain_style(*catalogue_.find("roads", admin_));

    ASSERT_TRUE(plain) << plain.error().what;
    std::vector<stylesheet::LayerType> types;
    for (const auto& layer : (*plain)->document->layers) types.push_back(layer.type);
    using stylesheet::LayerType;
    EXPECT_EQ(types, (std::vector{LayerType::fill, LayerType::line, LayerType::circle}));
}

}  // namespace
}  // namespace relief::service
