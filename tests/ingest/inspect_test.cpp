#include "tiler/ingest/inspect.hpp"

#include "tests/support/raster_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace relief::ingest {
namespace {

std::string broken_file(const testing::TemporaryFolder& folder) {
    auto file = (folder.path() / "broken.tif").string();
    std::ofstream(file) << "no raster";
    return file;
}

TEST(InspectFiles, AnswersEachInOrderAndABrokenOneCostsOnlyItself) {
    const testing::TemporaryFolder folder;
    testing::RasterRecipe small;
    testing::RasterRecipe wide;
    wide.width = 96;
    std::vector<std::string> answers;

    inspect_files(RELIEF_PROGRAM,
                  {testing::write_raster(folder, "small.tif", small),
                   broken_file(folder),
                   testing::write_raster(folder, "wide.tif", wide)},
                  [&](std::size_t index, const Result<RasterDescription>& raster) {
                      answers.push_back(std::to_string(index) + ": " +
                                        (raster ? std::to_string(raster->size.width) : "broken"));
                      return true;
                  });

    EXPECT_THAT(answers, ::testing::ElementsAre("0: 64", "1: broken", "2: 96"));
}

TEST(InspectFiles, OfNoneStartsNothing) {
    inspect_files("/nowhere/relief", {}, [](std::size_t, const Result<RasterDescription>&) {
        ADD_FAILURE() << "nobody asked";
        return true;
    });
}

TEST(InspectFile, ANameWithALineBreakIsRefused) {
    EXPECT_FALSE(inspect_file(RELIEF_PROGRAM, "/tmp/two\nlines.tif"));
}

TEST(InspectFile, AChildThatDiesIsAnError) {
    const auto raster = inspect_file("/bin/false", "/tmp/any.tif");

    ASSERT_FALSE(raster);
    EXPECT_EQ(raster.error().fault, Fault::source_broken);
}

}  // namespace
}  // namespace relief::ingest
