// Several programs at one workspace, and programs that die in the middle.

#include "tests/support/temporary_folder.hpp"
#include "tests/workspace/example_layers.hpp"
#include "tiler/workspace/database.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <functional>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace relief::workspace {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

pid_t in_child(const std::function<int()>& work) {
    const pid_t child = fork();
    // _exit: nothing is closed in order, as when a program is killed.
    if (child == 0) _exit(work());
    return child;
}

int status_of(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Registers `count` layers; 0 when all went well.
int register_layers(const fs::path& workspace, const std::string& prefix, int count) {
    auto store = LayerStore::open(workspace);
    if (!store) return 1;
    for (int i = 0; i < count; ++i) {
        const std::string name = prefix + std::to_string(i);
        if (!store->register_observation(entry_of(workspace, {name, name}))) return 2;
    }
    return 0;
}

TEST(LayerStoreProcesses, RegisterSideBySideInANewWorkspace) {
    const testing::TemporaryFolder folder;

    std::vector<pid_t> children;
    for (const char* prefix : {"a", "b", "c"}) {
        children.push_back(in_child([&] { return register_layers(folder.path(), prefix, 25); }));
    }
    for (const pid_t child : children) EXPECT_EQ(status_of(child), 0);

    EXPECT_THAT(*LayerStore::open(folder.path())->layers(), SizeIs(75));
}

TEST(LayerStoreProcesses, RegisterAndRemoveSideBySideInThreads) {
    const testing::TemporaryFolder folder;
    ASSERT_EQ(register_layers(folder.path(), "old", 20), 0);

    int added = -1;
    bool all_removed = true;
    std::thread adder([&] { added = register_layers(folder.path(), "new", 20); });
    std::thread remover([&] {
        auto store = *LayerStore::open(folder.path());
        for (int i = 0; i < 20; ++i) {
            const auto files = store.remove(layer_name("old" + std::to_string(i)));
            all_removed = all_removed && files && files->size() == 1;
        }
    });
    adder.join();
    remover.join();

    EXPECT_EQ(added, 0);
    EXPECT_TRUE(all_removed);
    EXPECT_THAT(*LayerStore::open(folder.path())->layers(), SizeIs(20));
}

TEST(LayerStoreProcesses, WritersOfOneLayerLeaveExactlyOneFileReferenced) {
    const testing::TemporaryFolder folder;
    const auto rewrite = [&](const std::string& prefix) {
        auto store = LayerStore::open(folder.path());
        for (int i = 0; store && i < 20; ++i) {
            const auto old = store->register_observation(
                entry_of(folder.path(), {"dem", prefix + std::to_string(i)}));
            if (!old || !store->delete_unreferenced(*old)) return 1;
        }
        return store ? 0 : 1;
    };

    const pid_t one = in_child([&] { return rewrite("x"); });
    const pid_t two = in_child([&] { return rewrite("y"); });
    EXPECT_EQ(status_of(one), 0);
    EXPECT_EQ(status_of(two), 0);

    const auto layers = *LayerStore::open(folder.path())->layers();
    ASSERT_THAT(layers, SizeIs(1));
    EXPECT_TRUE(fs::exists(layers[0].newest().file));
    const fs::directory_iterator files(folder.path() / "layers");
    EXPECT_EQ(std::distance(fs::begin(files), fs::end(files)), 1);
}

TEST(LayerStoreProcesses, ATransactionThatDiesInTheMiddleLeavesNothing) {
    const testing::TemporaryFolder folder;
    ASSERT_EQ(register_layers(folder.path(), "kept", 1), 0);

    const pid_t child = in_child([&] {
        auto connection = Connection::open(folder.path() / "relief.db", Connection::Mode::write);
        if (!connection) return 1;
        auto transaction = Transaction::begin(*connection);
        if (!transaction || !connection->run("DELETE FROM observations; DELETE FROM layers")) {
            return 2;
        }
        _exit(7);  // before the destructor could roll back
    });
    EXPECT_EQ(status_of(child), 7);

    EXPECT_THAT(*LayerStore::open(folder.path())->layers(), SizeIs(1));
    EXPECT_EQ(register_layers(folder.path(), "next", 1), 0);  // the dead one's lock is gone
}

TEST(LayerStoreProcesses, AWriterThatIsKilledLeavesWholeLayers) {
    const testing::TemporaryFolder folder;
    for (int round = 0; round < 5; ++round) {
        const pid_t child = in_child([&] { return register_layers(folder.path(), "k", 100'000); });
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + 15 * round));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);

        const auto store = LayerStore::open(folder.path());
        ASSERT_TRUE(store) << store.error().detail;
        const auto stored = store->readable_layers();
        ASSERT_TRUE(stored) << stored.error().detail;
        EXPECT_THAT(stored->problems, IsEmpty());
    }
    auto connection = Connection::open(folder.path() / "relief.db", Connection::Mode::write);
    EXPECT_EQ(*connection->number("SELECT count(*) FROM pragma_integrity_check "
                                  "WHERE integrity_check <> 'ok'"),
              0);
    EXPECT_EQ(*connection->number("SELECT count(*) FROM layers WHERE id NOT IN "
                                  "(SELECT layer FROM observations)"),
              0);
}

// Permissions bind everybody but root, so these look through the eyes of a nobody.
int as_nobody(const std::function<int()>& work) {
    return status_of(in_child([&] {
        constexpr uid_t nobody = 65534;
        if (getuid() == 0 && setresuid(nobody, nobody, nobody) != 0) return 90;
        return work();
    }));
}

TEST(LayerStoreProcesses, AFolderThatCannotBeWrittenIsStillRead) {
    const testing::TemporaryFolder folder;
    ASSERT_EQ(register_layers(folder.path(), "dem", 1), 0);
    ASSERT_FALSE(fs::exists(folder.path() / "relief.db-wal"));
    // By whom its owner has allowed it.
    chmod((folder.path() / "relief.db").c_str(), 0444);
    chmod(folder.path().c_str(), 0555);

    const int seen = as_nobody([&] {
        const auto store = LayerStore::open_existing(folder.path());
        const auto layers = store ? store->layers() : Result<std::vector<Layer>>(store.error());
        return layers ? static_cast<int>(layers->size()) : 50;
    });
    chmod(folder.path().c_str(), 0755);

    EXPECT_EQ(seen, 1);
}

TEST(LayerStoreProcesses, AFolderThatCannotBeWrittenIsNoPlaceToRegister) {
    const testing::TemporaryFolder folder;
    ASSERT_EQ(register_layers(folder.path(), "dem", 1), 0);
    chmod(folder.path().c_str(), 0555);
    chmod((folder.path() / "relief.db").c_str(), 0444);

    const int outcome = as_nobody([&] {
        auto store = LayerStore::open(folder.path());
        if (!store) return store.error().fault == Fault::source_broken ? 0 : 1;
        const auto removed = store->remove(layer_name("dem0"));
        return !removed && removed.error().fault == Fault::source_broken ? 0 : 2;
    });
    chmod(folder.path().c_str(), 0755);

    EXPECT_EQ(outcome, 0);
    EXPECT_THAT(*LayerStore::open_existing(folder.path())->layers(), SizeIs(1));
}

}  // namespace
}  // namespace relief::workspace
