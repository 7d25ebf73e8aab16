#include "server/service/tile_service.hpp"
#include "tests/workspace/example_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace relief::service {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Words = std::vector<std::pair<std::string, std::string>>;

struct Both {
    Words saved;
    Words asked;
};

Words merged(const Both& both) {
    auto layer = *workspace::example_layer("dem", Sensitivity::low);
    layer.style_words = both.saved;
    return merged_words(layer, {both.asked}).words;
}

TEST(MergedWords, AreTheSavedOnesWhenNothingIsAsked) {
    EXPECT_THAT(merged({{{"bands", "3,2,1"}, {"rescale", "0,9"}}, {}}),
                UnorderedElementsAre(Pair("bands", "3,2,1"), Pair("rescale", "0,9")));
}

TEST(MergedWords, AreTheAskedOnesWhenNothingIsSaved) {
    EXPECT_THAT(merged({{}, {{"nodata", "0"}}}), UnorderedElementsAre(Pair("nodata", "0")));
    EXPECT_THAT(merged({{}, {}}), IsEmpty());
}

TEST(MergedWords, AnAskedWordReplacesTheSavedOne) {
    EXPECT_THAT(merged({{{"rescale", "0,9"}, {"colormap", "viridis"}}, {{"rescale", "0,1"}}}),
                UnorderedElementsAre(Pair("rescale", "0,1"), Pair("colormap", "viridis")));
}

TEST(MergedWords, AskedBandsSilenceTheSavedFormulaItsRangeAndColours) {
    for (const char* word : {"bands", "bidx"}) {
        EXPECT_THAT(merged({{{"expression", "b1-b2"},
                             {"rescale", "-1,1"},
                             {"colormap", "viridis"},
                             {"resampling", "cubic"}},
                            {{word, "1"}}}),
                    UnorderedElementsAre(Pair(word, "1"), Pair("resampling", "cubic")));
    }
}

TEST(MergedWords, AnAskedFormulaSilencesTheSavedBands) {
    EXPECT_THAT(merged({{{"bands", "3,2,1"}, {"rescale", "0,9"}}, {{"expression", "b1/b2"}}}),
                UnorderedElementsAre(Pair("expression", "b1/b2")));
}

TEST(MergedWords, AColourMapByEitherNameReplacesTheSavedOne) {
    EXPECT_THAT(
        merged({{{"colormap", "viridis"}, {"rescale", "0,9"}}, {{"colormap_name", "reds"}}}),
        UnorderedElementsAre(Pair("colormap_name", "reds"), Pair("rescale", "0,9")));
    EXPECT_THAT(merged({{{"colormap_name", "viridis"}}, {{"colormap", "reds"}}}),
                UnorderedElementsAre(Pair("colormap", "reds")));
}

TEST(MergedWords, KeepARepeatedRangeOfTheRequest) {
    EXPECT_THAT(merged({{{"rescale", "0,9"}}, {{"rescale", "0,1"}, {"rescale", "0,2"}}}),
                ::testing::ElementsAre(Pair("rescale", "0,1"), Pair("rescale", "0,2")));
}

}  // namespace
}  // namespace relief::service
