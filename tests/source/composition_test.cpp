#include "tiler/source/composition.hpp"

#include "tests/support/ascii_grid.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <utility>
#include <variant>
#include <vector>

namespace relief::source {
namespace {

using test::ascii_grid;
using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::IsEmpty;

const std::vector<float>& floats(const Grid& grid) {
    return std::get<std::vector<float>>(grid.bands[0]);
}

CompositionForm form_of(Pick pick, PixelSize size = {2, 1}) {
    return {size, {ValueType::f32}, pick, true};
}

Grid weighted(Grid grid, std::vector<float> weight) {
    grid.coverage = Grid::Coverage::partial;
    grid.weight = std::move(weight);
    return grid;
}

Grid composed(Pick pick, std::vector<Grid> grids, bool blends = true) {
    CompositionForm form = form_of(pick, grids.front().size);
    form.blends = blends;
    Composition composition(form);
    for (Grid& grid : grids) composition.add(std::move(grid), {});
    return composition.finish();
}

TEST(Composition, OfNothingHasNoData) {
    Composition composition(form_of(Pick::first));

    const Grid grid = composition.finish();

    EXPECT_EQ(grid.coverage, Grid::Coverage::none);
    EXPECT_EQ(grid.bands.size(), 1U);
}

TEST(Composition, FirstCoversWhatComesLaterAndLeavesTheRestToIt) {
    const Grid grid = composed(Pick::first, {ascii_grid("1 ."), ascii_grid("5 6")});

    EXPECT_EQ(grid.coverage, Grid::Coverage::full);
    EXPECT_THAT(floats(grid), ElementsAre(1, 6));
}

TEST(Composition, TellsThatAPartOfAnyOfThemIsCoarser) {
    Grid coarser = ascii_grid("5 6");
    coarser.coarser = true;

    EXPECT_TRUE(composed(Pick::first, {ascii_grid("1 ."), coarser}).coarser);
    EXPECT_TRUE(composed(Pick::median, {coarser, ascii_grid("1 .")}).coarser);
    EXPECT_FALSE(composed(Pick::first, {ascii_grid("1 2"), coarser}).coarser)
        << "the first covers it all";
}

TEST(Composition, IsFullWhenTheFirstCoversAll) {
    Composition composition(form_of(Pick::first));

    composition.add(ascii_grid("1 ."), {});
    EXPECT_FALSE(composition.full());
    composition.add(ascii_grid(". 2"), {});

    EXPECT_TRUE(composition.full());
}

TEST(Composition, OfAllIsNeverFull) {
    for (const Pick pick : {Pick::mean, Pick::median, Pick::max, Pick::count}) {
        Composition composition(form_of(pick));
        composition.add(ascii_grid("1 2"), {});
        composition.add(ascii_grid("3 4"), {});
        EXPECT_FALSE(composition.full()) << to_text(pick);
    }
}

// Two scenes share the cell at their seam, one having 30 % of it, the other the rest: the cell is
// whole, and its value is what one raster of both would have: 0.3 × 10 + 0.7 × 20 = 17.
TEST(Composition, AtASeamIsWholeAndBetweenBothSides) {
    const Grid grid = composed(
        Pick::first,
        {weighted(ascii_grid("10 10"), {1, 0.3F}), weighted(ascii_grid("99 20"), {0, 0.7F})});

    EXPECT_EQ(grid.coverage, Grid::Coverage::full);
    EXPECT_THAT(floats(grid), ElementsAre(FloatEq(10), FloatEq(17)));
}

TEST(Composition, AtAnOuterEdgeKeepsItsValueAndItsWeight) {
    const Grid grid =
        composed(Pick::first, {weighted(ascii_grid("10 10"), {1, 0.25F}), ascii_grid(". .")});

    EXPECT_EQ(grid.coverage, Grid::Coverage::partial);
    EXPECT_THAT(floats(grid), ElementsAre(FloatEq(10), FloatEq(10))) << "no halo";
    EXPECT_THAT(grid.weight, ElementsAre(FloatEq(1), FloatEq(0.25F)));
}

TEST(Composition, OfClassesTakesTheOneWithMoreOfTheCellAndMixesNone) {
    const Grid grid = composed(
        Pick::first,
        {weighted(ascii_grid("1 1"), {0.6F, 0.3F}), weighted(ascii_grid("9 9"), {0.4F, 0.7F})},
        false);

    EXPECT_THAT(floats(grid), ElementsAre(1, 9));
}

TEST(Composition, MeanIsByWeight) {
    // (1 × 2 + 0.5 × 8) ÷ 1.5 = 4
    const Grid grid =
        composed(Pick::mean, {ascii_grid("2 2"), weighted(ascii_grid("8 8"), {0.5F, 0})});

    EXPECT_THAT(floats(grid), ElementsAre(FloatEq(4), FloatEq(2)));
    EXPECT_EQ(grid.coverage, Grid::Coverage::full);
}

TEST(Composition, MedianIsTheMiddleAndBetweenTheMiddleTwo) {
    EXPECT_THAT(
        floats(composed(Pick::median, {ascii_grid("1 ."), ascii_grid("100 4"), ascii_grid("3 6")})),
        ElementsAre(3, 5));
    EXPECT_THAT(floats(composed(Pick::median, {ascii_grid("1 4"), ascii_grid("3 8")}, false)),
                ElementsAre(1, 4))
        << "there is no class between two classes";
}

TEST(Composition, MedianOfNothingButNoDataIsNoData) {
    const Grid grid = composed(Pick::median, {ascii_grid("1 ."), ascii_grid("3 .")});

    EXPECT_THAT(grid.weight, ElementsAre(1, 0));
}

TEST(Composition, MaxIsTheLargestEvenBelowZero) {
    EXPECT_THAT(floats(composed(Pick::max, {ascii_grid("-5 -7"), ascii_grid("-6 .")})),
                ElementsAre(-5, -7));
}

TEST(Composition, CountIsOfScenesNotOfTheirSharesOfACell) {
    CompositionForm form{{3, 1}, {ValueType::u16}, Pick::count, true};
    Composition composition(form);
    composition.add(weighted(ascii_grid("1 1 1"), {1, 0.3F, 0}), {});
    composition.add(weighted(ascii_grid("1 1 1"), {1, 0.7F, 0}), {});

    const Grid grid = composition.finish();

    const auto& counts = std::get<std::vector<std::uint16_t>>(grid.bands[0]);
    EXPECT_EQ(counts[0], 2);
    EXPECT_EQ(counts[1], 1) << "two neighbours at their seam";
    EXPECT_THAT(grid.weight, ElementsAre(1, 1, 0));
}

TEST(Composition, FitsOtherScalesAndTypesToItsOwn) {
    CompositionForm form{{2, 1}, {ValueType::u8}, Pick::first, true};
    Composition composition(form);
    const std::vector<BandFit> fits{{0.1, 3}};
    composition.add(ascii_grid("100 9000"), fits);

    const Grid grid = composition.finish();

    EXPECT_THAT(std::get<std::vector<std::uint8_t>>(grid.bands[0]), ElementsAre(13, 255))
        << "100 × 0.1 + 3, and what a byte cannot hold";
}

TEST(Composition, OfOneGridThatFitsHandsItOnUntouched) {
    Grid one = weighted(ascii_grid("0.1 0.7"), {0.2F, 0.4F});

    const Grid grid = composed(Pick::mean, {one});

    EXPECT_EQ(floats(grid), floats(one));
    EXPECT_EQ(grid.weight, one.weight);
}

TEST(Composition, NeverReadsNumbersBeneathNoData) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    Grid first = ascii_grid("1 1");
    std::get<std::vector<float>>(first.bands[0])[1] = nan;
    for (const Pick pick : {Pick::first, Pick::mean, Pick::median, Pick::max}) {
        const Grid grid = composed(pick, {weighted(first, {1, 0}), ascii_grid("1 2")});
        EXPECT_EQ(floats(grid)[1], 2) << to_text(pick);
    }
}

}  // namespace
}  // namespace relief::source
