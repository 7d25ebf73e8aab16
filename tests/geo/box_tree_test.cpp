#include "tiler/geo/box_tree.hpp"

#include "tests/support/repeatable_random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace relief::geo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BoxTree, WithoutBoxesFindsNothing) {
    EXPECT_THAT(BoxTree().found({-180, -90, 180, 90}), IsEmpty());
    EXPECT_THAT(BoxTree(std::vector<BoxTree::Entry>{}).found({-180, -90, 180, 90}), IsEmpty());
}

TEST(BoxTree, FindsWhatTouchesEvenWithAnEdge) {
    const BoxTree tree({{{0, 0, 1, 1}, 7}, {{1, 1, 2, 2}, 3}, {{5, 5, 6, 6}, 1}});

    EXPECT_THAT(tree.found({1, 1, 1, 1}), ElementsAre(3, 7));
    EXPECT_THAT(tree.found({5.5, 0, 5.6, 9}), ElementsAre(1));
    EXPECT_THAT(tree.found({3, 3, 4, 4}), IsEmpty());
}

TEST(BoxTree, TellsANameOnceThatStandsAtTwoBoxes) {
    const BoxTree tree({{{170, 0, 180, 1}, 4}, {{-180, 0, -170, 1}, 4}});

    EXPECT_THAT(tree.found({-180, 0, 180, 1}), ElementsAre(4));
}

TEST(BoxTree, AgreesWithLookingAtEveryBox) {
    auto random = testing::repeatable_random(1);
    std::uniform_real_distribution<double> place(-100, 100);
    std::uniform_real_distribution<double> length(0, 8);
    const auto box = [&] {
        const double west = place(random);
        const double south = place(random);
        return PlaneBox{west, south, west + length(random), south + length(random)};
    };
    // Sizes around the tree's own fan of 16 and its powers.
    for (const std::uint32_t size : {1U, 2U, 15U, 16U, 17U, 255U, 256U, 257U, 3000U}) {
        std::vector<BoxTree::Entry> entries;
        for (std::uint32_t name = 0; name < size; ++name) entries.push_back({box(), name});
        const BoxTree tree(entries);
        for (int i = 0; i < 50; ++i) {
            const PlaneBox asked = box();
            std::vector<std::uint32_t> expected;
            for (const auto& entry : entries) {
                if (touch(entry.box, asked)) expected.push_back(entry.name);
            }
            ASSERT_EQ(tree.found(asked), expected) << size;
        }
    }
}

}  // namespace
}  // namespace relief::geo
