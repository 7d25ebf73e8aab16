// How the repository looks from outside: entries, names, sizes, and nothing of anybody's machine.

#include "tests/architecture/repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

namespace relief::architecture {
namespace {

bool is_source(const std::filesystem::path& file) {
    return is_cpp(file) || file.extension() == ".ts" || file.extension() == ".sh" ||
           file.extension() == ".py" || file.filename() == "CMakeLists.txt";
}

bool is_text(const std::filesystem::path& file) {
    static const std::set<std::string> written{
        ".md", ".txt", ".json", ".yaml", ".css", ".html", ".mjs", ".svg", ".cmake", ""};
    return is_source(file) || written.contains(file.extension().string());
}

TEST(Tree, HoldsNothingButTheFixedEntriesAtTheTop) {
    const std::set<std::string> fixed{"CMakeLists.txt",
                                      "CMakePresets.json",
                                      "README.md",
                                      "build",
                                      "data",
                                      "docker",
                                      "server",
                                      "styles",
                                      "tests",
                                      "tiler"};

    for (const auto& entry : std::filesystem::directory_iterator(RELIEF_REPOSITORY)) {
        const auto name = entry.path().filename().string();
        EXPECT_TRUE(name.starts_with('.') || fixed.contains(name)) << name;
    }
}

TEST(Tree, HasNoFileNamedForNothing) {
    const std::regex vague("(^|.*[_-])(utils?|common|helpers?|managers?|data|info|misc)([_-].*|$)");

    for (const auto* const folder : {"tiler", "server", "tests"}) {
        for (const auto& file : files_below(folder)) {
            EXPECT_FALSE(is_source(file) && std::regex_match(file.stem().string(), vague))
                << name_in_repository(file);
        }
    }
}

TEST(Tree, HasNoSourceOfFiveHundredLines) {
    for (const auto* const folder : {"tiler", "server", "tests", "docker", "data"}) {
        for (const auto& file : files_below(folder)) {
            if (!is_source(file)) continue;
            EXPECT_LT(lines_of(file).size(), 500U) << name_in_repository(file);
        }
    }
}

TEST(Tree, NamesNoFolderOfAMachine) {
    // Split, so that this file does not name them either.
    const std::vector<std::string> folders{
        "/wo"
        "rk/",
        "/var"
        "/tmp",
        "/ho"
        "me/",
        "/fa"
        "rm/"};

    for (const auto& file : files_below("")) {
        if (!is_text(file)) continue;
        for (const auto& line : lines_of(file)) {
            for (const auto& folder : folders) {
                EXPECT_EQ(line.find(folder), std::string::npos)
                    << name_in_repository(file) << ": " << line.substr(0, 200);
            }
        }
    }
}

TEST(Tree, LeavesNothingForLater) {
    const std::regex later(
        "TO"
        "DO|FIX"
        "ME|NOLINT *$");

    for (const auto* const folder : {"tiler", "server", "tests"}) {
        for (const auto& file : files_below(folder)) {
            if (!is_source(file)) continue;
            for (const auto& line : lines_of(file)) {
                EXPECT_FALSE(std::regex_search(line, later))
                    << name_in_repository(file) << ": " << line;
            }
        }
    }
}

}  // namespace
}  // namespace relief::architecture
