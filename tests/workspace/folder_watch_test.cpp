#include "tiler/workspace/folder_watch.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace relief::workspace {
namespace {

using std::chrono::milliseconds;
using Wake = FolderWatch::Wake;
namespace fs = std::filesystem;

// What must come is waited for long; what must not come has had its chance after the quiet time
// many times over.
constexpr milliseconds patience{20'000};
constexpr milliseconds moment{300};

WatchSettings quick() {
    WatchSettings settings;
    settings.quiet = milliseconds(20);
    settings.longest = milliseconds(200);
    settings.rescan = milliseconds(600'000);
    return settings;
}

class FolderWatchTest : public ::testing::Test {
protected:
    const fs::path& root() const { return folder_.path(); }
    FolderWatch watch(const WatchSettings& settings = quick()) const {
        return *FolderWatch::start({root()}, settings);
    }
    void write(const std::string& name, const std::string& content = "x") const {
        std::ofstream(root() / name) << content;
    }

private:
    testing::TemporaryFolder folder_;
};

TEST_F(FolderWatchTest, IsSilentWhileNothingChanges) {
    write("a.tif");
    FolderWatch watching = watch();
    {
        std::ifstream reader(root() / "a.tif");
        std::string content;
        reader >> content;
    }

    EXPECT_EQ(watching.wait(moment), Wake::nothing);
}

TEST_F(FolderWatchTest, HearsFilesMadeWrittenMovedAndDeleted) {
    FolderWatch watching = watch();

    write("a.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    std::ofstream(root() / "a.tif", std::ios::app) << "more";
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    fs::rename(root() / "a.tif", root() / "b.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    fs::remove(root() / "b.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    EXPECT_EQ(watching.wait(moment), Wake::nothing);
}

TEST_F(FolderWatchTest, TakesManyChangesForOne) {
    FolderWatch watching = watch();
    for (int i = 0; i < 100; ++i) write(std::to_string(i));

    EXPECT_EQ(watching.wait(patience), Wake::changed);
    EXPECT_EQ(watching.wait(moment), Wake::nothing);
}

TEST_F(FolderWatchTest, RemembersAChangeThatIsNotQuietYet) {
    WatchSettings settings = quick();
    settings.quiet = milliseconds(400);
    settings.longest = milliseconds(4000);
    FolderWatch watching = watch(settings);
    write("a.tif");

    EXPECT_EQ(watching.wait(milliseconds(1)), Wake::nothing);
    EXPECT_EQ(watching.wait(patience), Wake::changed);
}

TEST_F(FolderWatchTest, SpeaksEvenWhenChangesNeverEnd) {
    WatchSettings settings = quick();
    settings.quiet = patience;
    settings.longest = milliseconds(50);
    FolderWatch watching = watch(settings);
    write("a.tif");

    EXPECT_EQ(watching.wait(patience / 2), Wake::changed);
}

TEST_F(FolderWatchTest, HearsFoldersThatAppearLater) {
    FolderWatch watching = watch();

    fs::create_directories(root() / "new/inner");
    ASSERT_EQ(watching.wait(patience), Wake::changed);
    write("new/inner/a.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
}

TEST_F(FolderWatchTest, HearsASingleFileAndItsSideFilesOnly) {
    write("a.tif");
    write("other.tif");
    FolderWatch watching = *FolderWatch::start({root() / "a.tif"}, quick());

    write("other.tif", "changed");
    EXPECT_EQ(watching.wait(moment), Wake::nothing);
    write("a.tif.ovr");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    write("a.tif.new");
    fs::rename(root() / "a.tif.new", root() / "a.tif");  // how careful programs replace a file
    EXPECT_EQ(watching.wait(patience), Wake::changed);
}

TEST_F(FolderWatchTest, HearsAPlaceThatIsNotThereYet) {
    FolderWatch watching = *FolderWatch::start({root() / "later"}, quick());

    fs::create_directory(root() / "later");
    ASSERT_EQ(watching.wait(patience), Wake::changed);
    write("later/a.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
}

TEST_F(FolderWatchTest, HearsAFolderThatWentAndCameBack) {
    fs::create_directory(root() / "served");
    FolderWatch watching = *FolderWatch::start({root() / "served"}, quick());

    fs::remove_all(root() / "served");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
    fs::create_directory(root() / "served");
    ASSERT_EQ(watching.wait(patience), Wake::changed);
    write("served/a.tif");
    EXPECT_EQ(watching.wait(patience), Wake::changed);
}

TEST_F(FolderWatchTest, DoesNotFollowLinksOrTouchPipes) {
    const testing::TemporaryFolder elsewhere;
    fs::create_directory_symlink(elsewhere.path(), root() / "link");
    fs::create_directory_symlink(root(), root() / "self");
    ASSERT_EQ(mkfifo((root() / "pipe").c_str(), 0600), 0);
    FolderWatch watching = watch();

    std::ofstream(elsewhere.path() / "a.tif") << "x";

    EXPECT_EQ(watching.wait(moment), Wake::nothing);
}

TEST_F(FolderWatchTest, SaysWhenItIsTimeToLookAnyway) {
    WatchSettings settings = quick();
    settings.rescan = milliseconds(30);
    FolderWatch watching = watch(settings);

    EXPECT_EQ(watching.wait(patience), Wake::rescan);
    EXPECT_EQ(watching.wait(patience), Wake::rescan);
}

TEST_F(FolderWatchTest, SaysWhenItCannotHearEverything) {
    for (int i = 0; i < 10; ++i) fs::create_directory(root() / std::to_string(i));
    WatchSettings settings = quick();
    EXPECT_TRUE(watch(settings).hears_everything());

    settings.folders = 5;
    EXPECT_FALSE(watch(settings).hears_everything());
}

TEST_F(FolderWatchTest, StopsFromAnotherThread) {
    FolderWatch watching = watch();
    std::thread other([&] { watching.stop(); });

    EXPECT_EQ(watching.wait(patience), Wake::stopped);
    other.join();
    EXPECT_EQ(watching.wait(patience), Wake::stopped);
}

}  // namespace
}  // namespace relief::workspace
