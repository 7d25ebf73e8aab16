#include "server/cache/disk_cache.hpp"
#include "tests/cache/disk_files.hpp"
#include "tests/cache/tiles.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace relief::cache {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

constexpr std::chrono::milliseconds at_once{0};

// While it lives, a file of this process cannot grow beyond the limit: write(2) fails as on a full
// disk.
class SmallFiles {
public:
    explicit SmallFiles(rlim_t bytes) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFiles() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        static_cast<void>(std::signal(SIGXFSZ, ignored_));
    }
    SmallFiles(const SmallFiles&) = delete;
    SmallFiles& operator=(const SmallFiles&) = delete;
    SmallFiles(SmallFiles&&) = delete;
    SmallFiles& operator=(SmallFiles&&) = delete;

private:
    rlimit before_{};
    void (*ignored_)(int);
};

TEST(DiskFaults, AnEntryWithAnyByteFlippedIsAMissAndGone) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1);
    const fs::path path = file_of(folder.path(), key_of(1));
    const std::string good = read_file(path);
    ASSERT_GT(good.size(), 100U);

    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string altered = good;
        altered[at] = static_cast<char>(~altered[at]);
        write_file(path, altered);
        EXPECT_EQ(cache.find(key_of(1)), nullptr) << at;
        EXPECT_FALSE(fs::exists(path)) << at;
    }

    write_file(path, good);
    EXPECT_NE(cache.find(key_of(1)), nullptr);
}

TEST(DiskFaults, AnEntryTornAtAnyLengthIsAMissAndGone) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1);
    const fs::path path = file_of(folder.path(), key_of(1));
    const std::string good = read_file(path);

    for (std::size_t size = 0; size < good.size(); ++size) {
        write_file(path, good.substr(0, size));
        EXPECT_EQ(cache.find(key_of(1)), nullptr) << size;
        EXPECT_FALSE(fs::exists(path)) << size;
    }
}

TEST(DiskFaults, AnEntryOfAnotherKeyInItsPlaceIsAMissAndGone) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1);
    put(cache, 2);
    fs::copy_file(file_of(folder.path(), key_of(2)),
                  file_of(folder.path(), key_of(1)),
                  fs::copy_options::overwrite_existing);

    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_FALSE(fs::exists(file_of(folder.path(), key_of(1))));
    EXPECT_NE(cache.find(key_of(2)), nullptr);
}

TEST(DiskFaults, AHugeFileAPipeOrALinkInTheEntrysPlaceIsAMissAndGone) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1);
    const fs::path path = file_of(folder.path(), key_of(1));
    const fs::path aside = folder.path() / "kept";
    fs::rename(path, aside);

    fs::create_symlink(aside, path);
    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_FALSE(fs::is_symlink(path));
    EXPECT_TRUE(fs::exists(aside));

    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_FALSE(fs::exists(path));

    write_file(path, "");
    fs::resize_file(path, std::uintmax_t{1} << 40U);
    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_FALSE(fs::exists(path));
}

TEST(DiskFaults, ALinkInsideTheFolderIsNotFollowedToWrite) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    const fs::path path = file_of(folder.path(), key_of(1));
    fs::create_directories(elsewhere.path() / path.parent_path().filename());
    fs::create_directory_symlink(elsewhere.path(), path.parent_path().parent_path());
    DiskCache cache(folder.path(), mebibyte);

    put(cache, 1);

    EXPECT_EQ(use_of(elsewhere.path()).files, 0U);
    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_NE(cache.trouble(), "");
}

TEST(DiskFaults, ALinkInTheEntrysPlaceIsReplacedNotWrittenThrough) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte);
    put(cache, 1);
    const fs::path path = file_of(folder.path(), key_of(1));
    const fs::path victim = folder.path() / "victim";
    write_file(victim, "untouched");
    fs::remove(path);
    fs::create_symlink(victim, path);

    put(cache, 1);

    EXPECT_EQ(read_file(victim), "untouched");
    EXPECT_FALSE(fs::is_symlink(path));
    EXPECT_NE(cache.find(key_of(1)), nullptr);
}

TEST(DiskFaults, FilesOfOthersAreNeitherCountedNorDeleted) {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "a" / "b");
    write_file(folder.path() / "a" / "b" / "notes.txt", std::string(100000, 'x'));
    write_file(folder.path() / "README", "mine");

    DiskCache cache(folder.path(), 4096);
    put(cache, 1);
    put(cache, 2);

    EXPECT_EQ(cache.use().entries, 1U);
    EXPECT_TRUE(fs::exists(folder.path() / "a" / "b" / "notes.txt"));
    EXPECT_TRUE(fs::exists(folder.path() / "README"));
}

TEST(DiskFaults, AFileInThePlaceOfTheFolderTurnsItOffUntilItIsGone) {
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "cache";
    write_file(path, "a file");
    DiskCache cache(path, mebibyte, at_once);

    put(cache, 1);
    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_NE(cache.trouble(), "");
    EXPECT_EQ(cache.trouble().find(folder.path().string()), std::string::npos);
    EXPECT_EQ(read_file(path), "a file");

    fs::remove(path);
    put(cache, 1);
    EXPECT_NE(cache.find(key_of(1)), nullptr);
    EXPECT_EQ(cache.trouble(), "");
}

TEST(DiskFaults, AFolderThatCannotBeMadeTurnsItOffAndStaysOffForAWhile) {
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "file" / "cache";
    write_file(folder.path() / "file", "");
    DiskCache cache(path, mebibyte, std::chrono::hours(1));
    EXPECT_NE(cache.trouble(), "");

    fs::remove(folder.path() / "file");
    put(cache, 1);

    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    EXPECT_FALSE(fs::exists(path));
}

TEST(DiskFaults, AFolderThatVanishesIsMadeAgain) {
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "cache";
    DiskCache cache(path, mebibyte, at_once);
    put(cache, 1);
    fs::remove_all(path);

    EXPECT_EQ(cache.find(key_of(1)), nullptr);
    put(cache, 2);
    EXPECT_NE(cache.trouble(), "");
    put(cache, 2);

    EXPECT_NE(cache.find(key_of(2)), nullptr);
    EXPECT_EQ(cache.trouble(), "");
    EXPECT_EQ(cache.use().entries, 1U);
}

TEST(DiskFaults, AFullDiskTurnsTheWritingOffButNotTheReading) {
    const TemporaryFolder folder;
    DiskCache cache(folder.path(), mebibyte, at_once);
    put(cache, 1);

    {
        const SmallFiles full(1000);
        put(cache, 2, 5000);
    }
    EXPECT_EQ(cache.find(key_of(2)), nullptr);
    EXPECT_NE(cache.find(key_of(1)), nullptr);
    EXPECT_NE(cache.trouble(), "");
    EXPECT_EQ(use_of(folder.path()).files, 1U);

    put(cache, 2, 5000);
    EXPECT_NE(cache.find(key_of(2)), nullptr);
    EXPECT_EQ(cache.trouble(), "");
}

// The kernel ends the child in the middle of write(2), after `size` bytes of the entry.
void die_while_writing(const fs::path& folder, rlim_t size) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        static_cast<void>(std::signal(SIGXFSZ, SIG_DFL));
        DiskCache cache(folder, mebibyte);
        const rlimit small{size, size};
        ::setrlimit(RLIMIT_FSIZE, &small);
        put(cache, 1, 5000);
        put(cache, 1, 5000);
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << status;
}

TEST(DiskFaults, AProcessThatDiesWhileWritingLeavesNoWrongTile) {
    const TemporaryFolder folder;

    for (const rlim_t size : {0U, 1U, 40U, 4096U, 5000U}) {
        die_while_writing(folder.path(), size);
        DiskCache cache(folder.path(), mebibyte);
        EXPECT_EQ(cache.find(key_of(1)), nullptr);
        EXPECT_EQ(cache.use().entries, 0U);
    }
    EXPECT_GT(use_of(folder.path()).files, 0U) << "the child wrote nothing at all";
}

TEST(DiskFaults, TornWritesOfThePastAreDeletedAtTheStartFreshOnesAreNot) {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "0" / "0");
    const fs::path old_part = folder.path() / "0" / "0" / ".0123456789abcdef-1.part";
    const fs::path new_part = folder.path() / "0" / "0" / ".0123456789abcdef-2.part";
    write_file(old_part, "half");
    write_file(new_part, "half");
    fs::last_write_time(old_part, fs::file_time_type::clock::now() - std::chrono::hours(2));

    const DiskCache cache(folder.path(), mebibyte);

    EXPECT_FALSE(fs::exists(old_part));
    EXPECT_TRUE(fs::exists(new_part));
}

}  // namespace
}  // namespace relief::cache
