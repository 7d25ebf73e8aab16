// Exports that are killed at any moment and gone on with end like those that are not.

#include "tests/archive/example_package.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace relief::archive {
namespace {

namespace fs = std::filesystem;

/// 0 when the package is whole.
int export_all(const fs::path& package) {
    auto store = open_package({package, Existing::resume}, example_description());
    if (!store) return 1;
    if (!*store) return 0;
    const auto slowly = [](const TileId& tile) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
        return example_tile(tile);
    };
    const auto end = export_tiles({.area = example_area(),
                                   .draw = slowly,
                                   .threads = 2,
                                   .progress = nullptr,
                                   .keep_every = std::chrono::milliseconds(3)},
                                  **store);
    if (!end || *end != ExportEnd::whole) return 2;
    return (*store)->finish() ? 0 : 3;
}

/// In a process of its own, ended without warning after a while. True when it came to its end.
bool ran_through(const fs::path& package, std::chrono::microseconds time) {
    const pid_t child = fork();
    if (child == 0) _exit(export_all(package));
    std::this_thread::sleep_for(time);
    kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    const bool ended = WIFEXITED(status);
    EXPECT_TRUE(!ended || WEXITSTATUS(status) == 0) << WEXITSTATUS(status);
    return ended;
}

/// Killed again and again until it is whole; how often.
int kills_until_whole(const fs::path& package) {
    std::mt19937 random{7};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same moments each time
    std::uniform_real_distribution<double> share(0.02, 1);
    // Longer each time: a busy machine comes to the end too.
    double longest = 30'000;
    int kills = 0;
    constexpr int most = 100;
    while (kills < most) {
        const auto time = static_cast<std::int64_t>(longest * share(random));
        if (ran_through(package, std::chrono::microseconds(time))) break;
        longest *= 1.15;
        ++kills;
    }
    return kills;
}

TEST(InterruptedExport, OfAnMbtilesFileEndsWhole) {
    const testing::TemporaryFolder folder;
    const fs::path package = folder.path() / "area.mbtiles";

    EXPECT_GT(kills_until_whole(package), 0);

    EXPECT_TRUE(tiles_of_mbtiles(package) == tiles_expected(example_area()));
    auto connection =
        workspace::Connection::open(package, workspace::Connection::Mode::read, "the file");
    ASSERT_TRUE(connection);
    workspace::Statement check(*connection, "PRAGMA integrity_check");
    ASSERT_TRUE(*check.step());
    EXPECT_EQ(check.text(0), "ok");
    EXPECT_EQ(*connection->number("SELECT count(*) FROM images"),
              *connection->number("SELECT count(DISTINCT tile_data) FROM images"));
    EXPECT_EQ(*connection->number(
                  "SELECT count(*) FROM images WHERE tile_id NOT IN (SELECT tile_id FROM map)"),
              0);
}

TEST(InterruptedExport, OfAFolderEndsWhole) {
    const testing::TemporaryFolder folder;
    const fs::path package = folder.path() / "area";

    EXPECT_GT(kills_until_whole(package), 0);

    ASSERT_TRUE(tiles_of_folder(package) == tiles_expected(example_area()));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
    for (const auto& entry : fs::directory_iterator(package))
        EXPECT_TRUE(entry.is_directory() || entry.path().filename() == "tilejson.json")
            << entry.path() << " is left over";
}

}  // namespace
}  // namespace relief::archive
