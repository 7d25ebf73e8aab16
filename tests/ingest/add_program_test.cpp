// `relief add` as a program: interrupted, and given what it refuses.

#include "tests/ingest/adding.hpp"
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace relief::ingest {
namespace {

using testing::eventually;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Program;
using ::testing::SizeIs;

/// `relief add` of a raster whose conversion takes seconds, caught in the middle of it.
class Interrupted : public Add {
protected:
    Interrupted()
        : program_({RELIEF_PROGRAM, "--workspace", workspace().string(), "add", noise()}) {
        converting_ = eventually([this] {
            return program_.errors().find("10 %") != std::string::npos || program_.ended();
        });
    }
    void nothing_is_left() {
        EXPECT_THAT(stored_files(), IsEmpty());
        EXPECT_THAT(layers(), IsEmpty());
    }

    Program program_;
    bool converting_ = false;
};

TEST_F(Interrupted, ByCtrlCLeavesNothingBehind) {
    ASSERT_TRUE(converting_);

    program_.signal(SIGINT);

    EXPECT_EQ(program_.wait(), 1);
    EXPECT_THAT(program_.errors(), HasSubstr("stopped; nothing was added"));
    nothing_is_left();
}

TEST_F(Interrupted, ByTheDeathOfItsChildSaysSoAndLeavesNothingBehind) {
    ASSERT_TRUE(converting_);
    const auto children = testing::children_of(program_.process());
    ASSERT_THAT(children, SizeIs(1));

    ::kill(children[0], SIGKILL);

    EXPECT_EQ(program_.wait(), 1);
    EXPECT_THAT(program_.errors(),
                HasSubstr("relief: " + (folder().path() / "noise.tif").string() + ": "));
    EXPECT_THAT(program_.errors(), HasSubstr("it was stopped, or needed more memory"));
    nothing_is_left();
}

TEST_F(Interrupted, ByItsOwnDeathLeavesNoChildAtWork) {
    ASSERT_TRUE(converting_);
    const auto children = testing::children_of(program_.process());
    ASSERT_THAT(children, SizeIs(1));

    program_.signal(SIGKILL);
    program_.wait();

    EXPECT_TRUE(eventually([&] { return ::kill(children[0], 0) != 0; }));
    EXPECT_THAT(layers(), IsEmpty());
}

/// Files that are refused: exit status 1 and one line that names the file.
class Refused : public Add {
protected:
    std::string refusal_of(const std::string& file) {
        Program program({RELIEF_PROGRAM, "--workspace", workspace().string(), "add", file});
        EXPECT_EQ(program.wait(), 1);
        EXPECT_THAT(program.output(), IsEmpty());
        const std::string beginning = "relief: " + file + ": ";
        std::istringstream lines(program.errors());
        std::string reason;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("adding ")) continue;
            EXPECT_TRUE(reason.empty()) << "a second line: " << line;
            EXPECT_THAT(line, ::testing::StartsWith(beginning));
            reason = line.substr(std::min(line.size(), beginning.size()));
        }
        EXPECT_THAT(stored_files(), IsEmpty());
        return reason;
    }
};

TEST_F(Refused, ATruncatedFile) {
    const auto file = noise();
    fs::resize_file(file, fs::file_size(file) / 2);

    EXPECT_THAT(refusal_of(file), Not(IsEmpty()));
}

TEST_F(Refused, ADamagedFile) {
    const auto file = raster_of(1);
    std::ofstream(file, std::ios::binary | std::ios::in) << std::string("II*\0\xFF\xFF\xFF\xFF", 8);

    EXPECT_THAT(refusal_of(file), Not(IsEmpty()));
}

TEST_F(Refused, AFileWithoutACoordinateReferenceSystem) {
    testing::RasterRecipe recipe;
    recipe.crs = "";

    EXPECT_THAT(refusal_of(testing::write_raster(folder(), "plain.tif", recipe)),
                HasSubstr("coordinate reference system"));
}

TEST_F(Refused, AFileOfComplexNumbers) {
    testing::RasterRecipe recipe;
    recipe.type = GDT_CFloat32;

    EXPECT_THAT(refusal_of(testing::write_raster(folder(), "complex.tif", recipe)),
                HasSubstr("complex"));
}

TEST_F(Refused, AFileThatIsNotThere) {
    EXPECT_THAT(refusal_of((folder().path() / "nowhere.tif").string()), HasSubstr("no such file"));
}

TEST_F(Refused, AFolder) {
    EXPECT_THAT(refusal_of(folder().path().string()), Not(IsEmpty()));
}

TEST_F(Refused, AnEmptyFile) {
    const auto file = (folder().path() / "empty.tif").string();
    std::ofstream(file) << "";

    EXPECT_THAT(refusal_of(file), Not(IsEmpty()));
}

}  // namespace
}  // namespace relief::ingest
