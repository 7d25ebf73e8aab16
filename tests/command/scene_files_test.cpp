#include "server/command/scene_files.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace relief::command {
namespace {

using ::testing::SizeIs;

std::string time_of(const char* name) {
    const auto time = time_in_name(name);
    return time ? to_text(*time) : "none";
}

TEST(TimeInName, IsItsFirstDate) {
    EXPECT_EQ(time_of("flood_20240501"), "2024-05-01");
    EXPECT_EQ(time_of("2024-05-01_flood"), "2024-05-01");
    EXPECT_EQ(time_of("flood.2024_05_01.v2"), "2024-05-01");
    EXPECT_EQ(time_of("S2A_MSIL2A_20240501T103021_N0510_R108"), "2024-05-01T10:30:21Z");
    EXPECT_EQ(time_of("pucallpa_1985"), "1985");
}

TEST(TimeInName, IsNoneWhereNumbersAreNoDates) {
    for (const char* name :
         {"flood", "", "LC08_042034", "tile_12345", "20241301", "dem_1200", "a_123456789"})
        EXPECT_EQ(time_of(name), "none") << name;
}

TEST(FilesNamed, AreThoseOfAFolderAPatternOrOne) {
    const testing::TemporaryFolder folder;
    for (const char* name : {"b.tif", "a.tif", "note.txt"})
        std::ofstream(folder.path() / name) << "bytes";
    const std::string root = folder.path().string();

    EXPECT_THAT(*files_named(root), SizeIs(2));
    EXPECT_THAT(*files_named(root + "/*.t?f"), SizeIs(2));
    EXPECT_THAT(*files_named(root + "/a.tif"), SizeIs(1));
    EXPECT_EQ(files_named(root + "/*.png").error().fault, Fault::not_found);
    EXPECT_EQ(files_named(root + "/none").error().fault, Fault::not_found);
}

}  // namespace
}  // namespace relief::command
