#include "tiler/workspace/mosaic_form.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace relief::workspace {
namespace {

Scene scene_of(const std::vector<ValueType>& types, RasterKind kind = RasterKind::continuous) {
    RasterDescription form;
    form.kind = kind;
    for (const ValueType type : types) {
        BandDescription band;
        band.type = type;
        form.bands.push_back(band);
    }
    Scene scene;
    scene.form = std::make_shared<const RasterDescription>(form);
    return scene;
}

Scene scaled(ValueType type, double scale, RasterKind kind = RasterKind::continuous) {
    Scene scene = scene_of({type}, kind);
    RasterDescription form = *scene.form;
    form.bands[0].scale = scale;
    scene.form = std::make_shared<const RasterDescription>(form);
    return scene;
}

ValueType joined(ValueType a, ValueType b) {
    return mosaic_form({scene_of({a}), scene_of({b})})->raster.bands[0].type;
}

TEST(MosaicForm, HoldsTheCellsOfEveryScene) {
    EXPECT_EQ(joined(ValueType::u8, ValueType::u8), ValueType::u8);
    EXPECT_EQ(joined(ValueType::u8, ValueType::u16), ValueType::u16);
    EXPECT_EQ(joined(ValueType::u8, ValueType::i16), ValueType::i16);
    EXPECT_EQ(joined(ValueType::u16, ValueType::i16), ValueType::i32);
    EXPECT_EQ(joined(ValueType::u16, ValueType::f32), ValueType::f32);
    EXPECT_EQ(joined(ValueType::i32, ValueType::f32), ValueType::f64);
    EXPECT_EQ(joined(ValueType::u32, ValueType::i16), ValueType::f64);
    EXPECT_EQ(joined(ValueType::u32, ValueType::u8), ValueType::u32);
}

TEST(MosaicForm, HasTheBandsOfTheSceneWithTheMost) {
    const auto common = mosaic_form({scene_of({ValueType::u8, ValueType::u8, ValueType::u8}),
                                     scene_of({ValueType::u16}),
                                     scene_of({ValueType::u8, ValueType::u8})});

    ASSERT_TRUE(common);
    EXPECT_EQ(common->raster.bands.size(), 3U);
    EXPECT_EQ(common->usual_bands, 3) << "of as frequent ones the larger number";
    EXPECT_EQ(common->raster.bands[0].type, ValueType::u16);
    EXPECT_EQ(common->raster.bands[2].type, ValueType::u8);
}

TEST(MosaicForm, OfScenesThatScaleTheirCellsDifferentlyHoldsTheScaledValues) {
    const auto common = mosaic_form(
        {scaled(ValueType::u16, 0.1), scaled(ValueType::u16, 0.2), scaled(ValueType::u16, 0.1)});

    ASSERT_TRUE(common);
    EXPECT_EQ(common->raster.bands[0].scale, 1);
    EXPECT_EQ(common->raster.bands[0].type, ValueType::f32);
}

TEST(MosaicForm, OfMasksHoldsFractionsWhenOneSceneIsAllNo) {
    const auto common = mosaic_form({scaled(ValueType::u8, 1, RasterKind::mask),
                                     scaled(ValueType::u16, 1.0 / 65534, RasterKind::mask)});

    ASSERT_TRUE(common);
    EXPECT_EQ(common->raster.bands[0].type, ValueType::u16);
    EXPECT_DOUBLE_EQ(common->raster.bands[0].scale, 1.0 / 65534);
}

TEST(MosaicForm, OfOtherKindsOrPalettesDoesNotExist) {
    const auto kinds = mosaic_form(
        {scene_of({ValueType::u8}), scene_of({ValueType::u8}, RasterKind::categorical)});
    ASSERT_FALSE(kinds);
    EXPECT_EQ(kinds.error().fault, Fault::conflict);

    Scene coloured = scene_of({ValueType::u8});
    RasterDescription form = *coloured.form;
    form.palette = {{1, 2, 3, 255}};
    coloured.form = std::make_shared<const RasterDescription>(form);
    EXPECT_FALSE(mosaic_form({scene_of({ValueType::u8}), coloured}));
}

}  // namespace
}  // namespace relief::workspace
