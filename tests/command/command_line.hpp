#pragma once
// The program as people call it, in a workspace of one test.

#include "tests/support/program.hpp"
#include "tests/support/raster_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace relief::command {

struct Said {
    int status;
    std::string output;
    std::string errors;
};

class CommandLine : public ::testing::Test {
protected:
    Said relief(std::vector<std::string> words, std::vector<std::string> variables = {}) const {
        words.insert(words.begin(), RELIEF_PROGRAM);
        variables.push_back("RELIEF_WORKSPACE=" + workspace().string());
        testing::Program program(std::move(words), std::move(variables));
        const int status = program.wait();
        return {status, program.output(), program.errors()};
    }
    static void expect_one_line(const Said& said) {
        EXPECT_EQ(said.status, 1);
        EXPECT_THAT(said.errors, ::testing::StartsWith("relief: "));
        EXPECT_EQ(std::count(said.errors.begin(), said.errors.end(), '\n'), 1) << said.errors;
        EXPECT_THAT(said.output, ::testing::IsEmpty());
    }
    std::filesystem::path workspace() const { return folder_.path() / "workspace"; }
    std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string raster(const std::string& name = "dem.tif") const {
        testing::RasterRecipe recipe;
        recipe.type = GDT_Float32;
        recipe.value = [](int, int column, int row) { return column + row; };
        return write(name, recipe);
    }
    std::string write(const std::string& name, const testing::RasterRecipe& recipe) const {
        return testing::write_raster(folder_, name, recipe);
    }

private:
    testing::TemporaryFolder folder_;
};

}  // namespace relief::command
