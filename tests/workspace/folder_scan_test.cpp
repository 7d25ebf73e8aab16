#include "tiler/workspace/folder_scan.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

class ScanFolder : public ::testing::Test {
protected:
    fs::path root() const { return fs::canonical(folder_.path()) / "served"; }
    fs::path outside() const { return fs::canonical(folder_.path()) / "outside"; }
    void SetUp() override {
        fs::create_directory(root());
        fs::create_directory(outside());
    }
    static void write(const fs::path& path, const std::string& content = "x") {
        fs::create_directories(path.parent_path());
        std::ofstream(path) << content;
    }
    FolderScan scan() const { return *scan_folder(root()); }
    std::vector<std::string> stems() const {
        std::vector<std::string> result;
        for (const DataFile& file : scan().files) result.push_back(file.stem);
        return result;
    }

private:
    testing::TemporaryFolder folder_;
};

TEST_F(ScanFolder, FindsNothingInAnEmptyFolder) {
    EXPECT_THAT(scan().files, IsEmpty());
    EXPECT_THAT(scan().problems, IsEmpty());
}

TEST_F(ScanFolder, ListsRastersByStemThroughSubfolders) {
    for (const char* name : {"b.tif", "sub/deep/A.TIFF", "c.jp2", "d.nc", "e.grib2", "f.gpkg"}) {
        write(root() / name);
    }

    EXPECT_THAT(stems(), ElementsAre("A", "b", "c", "d", "e", "f"));
    EXPECT_EQ(scan().files[0].path, (root() / "sub/deep/A.TIFF").string());
}

TEST_F(ScanFolder, LeavesOutSideFilesHiddenNamesAndOthers) {
    for (const char* name : {"a.tif.aux.xml",
                             "a.tif.ovr",
                             "a.tif.msk",
                             "a.tfw",
                             "a.prj",
                             "a.xml",
                             ".hidden.tif",
                             ".folder/b.tif",
                             "d.dbf",
                             "d.SHX",
                             "d.json",
                             "notif",
                             "tif",
                             "g.tif.part",
                             ".tif"}) {
        write(root() / name);
    }

    EXPECT_THAT(stems(), IsEmpty());
    EXPECT_THAT(scan().problems, IsEmpty());
}

TEST_F(ScanFolder, FindsFilesOfFeaturesAndSeesTheirSideFilesChange) {
    write(root() / "c.geojson");
    write(root() / "d.SHP");
    write(root() / "d.dbf", "a");
    const Version before = scan().files.at(1).version;

    write(root() / "d.dbf", "ab");

    EXPECT_THAT(stems(), ElementsAre("c", "d"));
    EXPECT_NE(scan().files.at(1).version.text, before.text);
}

TEST_F(ScanFolder, TellsAViewThatIsNone) {
    write(root() / "e.vrt");

    EXPECT_THAT(stems(), IsEmpty());
    ASSERT_THAT(scan().problems, SizeIs(1));
    EXPECT_EQ(scan().problems[0].subject, "e.vrt");
}

TEST_F(ScanFolder, TakesPicturesOnlyWithAPlaceOnEarth) {
    for (const char* name : {"photo.jpg",
                             "a.png",
                             "a.pgw",
                             "b.JPG",
                             "b.JGW",
                             "c.jpeg",
                             "c.jpeg.aux.xml",
                             "d.png",
                             "d.wld",
                             "e.png",
                             "e.prj"}) {
        write(root() / name);
    }

    EXPECT_THAT(stems(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(ScanFolder, FollowsALinkInsideTheFolderButNoneThatLeadsOut) {
    write(root() / "real.tif");
    write(outside() / "secret.tif");
    fs::create_symlink(root() / "real.tif", root() / "alias.tif");
    fs::create_symlink(outside() / "secret.tif", root() / "leak.tif");
    fs::create_symlink("../outside/secret.tif", root() / "leak2.tif");
    fs::create_directory_symlink(outside(), root() / "folder");
    fs::create_symlink("nowhere.tif", root() / "dangling.tif");

    EXPECT_THAT(stems(), ElementsAre("alias", "real"));
    EXPECT_EQ(scan().files[0].path, (root() / "real.tif").string());
    EXPECT_THAT(scan().problems, SizeIs(3));
}

TEST_F(ScanFolder, TakesALinkToAFolderWithTheSamePrefixAsOutside) {
    const fs::path sibling = root().string() + "-secret";
    write(sibling / "a.tif");
    fs::create_symlink(sibling / "a.tif", root() / "a.tif");

    EXPECT_THAT(stems(), IsEmpty());
}

TEST_F(ScanFolder, IsNotCaughtByPipesAndLoops) {
    write(root() / "good.tif");
    ASSERT_EQ(mkfifo((root() / "pipe.tif").c_str(), 0600), 0);
    ASSERT_EQ(mkfifo((root() / "pipe").c_str(), 0600), 0);
    fs::create_symlink("loop.tif", root() / "loop.tif");
    fs::create_directory_symlink(root(), root() / "self");
    fs::create_directory(root() / "folder.tif");

    EXPECT_THAT(stems(), ElementsAre("good"));
}

TEST_F(ScanFolder, LeavesOutAFileWhoseSideFileIsAPipeOrLeadsOut) {
    write(outside() / "secret.tif");
    write(root() / "a.tif");
    write(root() / "b.tif");
    write(root() / "c.tif");
    fs::create_symlink(outside() / "secret.tif", root() / "a.tif.ovr");
    ASSERT_EQ(mkfifo((root() / "B.TFW").c_str(), 0600), 0);

    EXPECT_THAT(stems(), ElementsAre("c"));
    const auto problems = scan().problems;
    ASSERT_THAT(problems, SizeIs(2));
    EXPECT_THAT(problems[0].reason, HasSubstr("a.tif.ovr"));
}

TEST_F(ScanFolder, LeavesOutAWorkspaceBelowIt) {
    write(root() / "a.tif");
    ASSERT_TRUE(LayerStore::open(root() / "workspace"));
    write(root() / "workspace/layers/high.tif");

    EXPECT_THAT(stems(), ElementsAre("a"));
}

TEST_F(ScanFolder, StopsAtItsLimits) {
    write(root() / "1/2/3/deep.tif");
    for (int i = 0; i < 20; ++i) write(root() / (std::to_string(i) + ".tif"));

    EXPECT_THAT(scan_folder(root(), {}, {2, 1000, {}})->files, SizeIs(20));
    EXPECT_THAT(scan_folder(root(), {}, {3, 1000, {}})->files, SizeIs(21));
    const auto cut = *scan_folder(root(), {}, {8, 10, {}});
    EXPECT_THAT(cut.files.size(), ::testing::Le(10U));
    ASSERT_THAT(cut.problems, SizeIs(1));
    EXPECT_THAT(cut.problems[0].reason, HasSubstr("too many"));
}

TEST_F(ScanFolder, ChangesTheVersionWithContentAndSideFiles) {
    write(root() / "a.tif", "one");
    const auto first = scan();
    ASSERT_THAT(first.files, SizeIs(1));
    EXPECT_EQ(scan().files[0].version, first.files[0].version);

    // Same size and, set back, the same time: the hash of the head tells them apart.
    const auto time = fs::last_write_time(root() / "a.tif");
    write(root() / "a.tif", "two");
    fs::last_write_time(root() / "a.tif", time);
    const auto second = *scan_folder(root(), first);
    EXPECT_NE(second.files[0].version, first.files[0].version);

    write(root() / "a.tif.ovr", "overview");
    EXPECT_NE(scan_folder(root(), second)->files[0].version, second.files[0].version);
}

TEST_F(ScanFolder, KeepsWhatAnEarlierScanKnowsOfUnchangedFiles) {
    write(root() / "a.tif", "one");
    FolderScan before = scan();
    before.files[0].version = {"from before"};

    EXPECT_EQ(scan_folder(root(), before)->files[0].version.text, "from before");
}

TEST_F(ScanFolder, TakesASingleFileWhateverItsExtension) {
    write(root() / "a.tif");
    write(root() / "b.dat");
    write(root() / "photo.png");

    EXPECT_THAT(scan_folder(root() / "a.tif")->files, SizeIs(1));
    EXPECT_EQ(scan_folder(root() / "b.dat")->files[0].stem, "b");
    EXPECT_THAT(scan_folder(root() / "photo.png")->problems[0].reason, HasSubstr("world file"));
}

TEST_F(ScanFolder, RefusesAPlaceThatIsMissingOrNoFile) {
    ASSERT_EQ(mkfifo((root() / "pipe").c_str(), 0600), 0);

    const auto missing = scan_folder(root() / "none");
    EXPECT_EQ(missing.error().fault, Fault::not_found);
    EXPECT_THAT(missing.error().what, ::testing::Not(HasSubstr(root().string())));
    EXPECT_EQ(scan_folder(root() / "pipe").error().fault, Fault::bad_request);
}

}  // namespace
}  // namespace relief::workspace
