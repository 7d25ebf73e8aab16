#include "tests/workspace/layer_store_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relief::workspace {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(LayerStoreTest, LosesOneLayerToABrokenRow) {
    {
        auto store = open();
        NewObservation secret = entry({"camps", "aa"});
        secret.sensitivity = Sensitivity::high;
        ASSERT_TRUE(store.register_observation(secret));
        ASSERT_TRUE(store.register_observation(entry({"dem", "bb"})));
    }
    run("UPDATE observations SET description = '{}' WHERE version = 'aa'");

    const auto store = open();
    const auto stored = *store.readable_layers();

    ASSERT_THAT(stored.layers, SizeIs(1));
    EXPECT_EQ(stored.layers[0].name.text(), "dem");
    ASSERT_THAT(stored.problems, SizeIs(1));
    EXPECT_EQ(stored.problems[0].subject, "camps");
    EXPECT_EQ(stored.problems[0].sensitivity, Sensitivity::high);
    EXPECT_EQ(store.layers().error().fault, Fault::source_broken);
}

TEST_F(LayerStoreTest, NeverNamesAFileOutsideTheWorkspace) {
    {
        auto store = open();
        ASSERT_TRUE(store.register_observation(entry({"dem", "aa"})));
    }
    run("UPDATE observations SET file = '../../etc/passwd'");

    auto store = open();

    EXPECT_THAT(store.readable_layers()->problems, SizeIs(1));
    EXPECT_THAT(*store.remove(layer_name("dem")), IsEmpty());
}

TEST_F(LayerStoreTest, RefusesASchemaFromTheFuture) {
    open();
    run("PRAGMA user_version = 2000");

    for (const auto& store :
         {LayerStore::open(workspace()), LayerStore::open_existing(workspace())}) {
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().fault, Fault::source_broken);
        EXPECT_THAT(store.error().what, HasSubstr("later version"));
    }
}

TEST_F(LayerStoreTest, RefusesTheDatabaseOfAnotherProgram) {
    run("CREATE TABLE things (id INTEGER)");

    const auto store = LayerStore::open(workspace());

    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().what, HasSubstr("another program"));
    EXPECT_FALSE(LayerStore::open_existing(workspace()));
}

TEST_F(LayerStoreTest, RefusesAFileThatIsNoDatabase) {
    std::ofstream((workspace() / "relief.db").string()) << std::string(5000, 'x');

    for (const auto& store :
         {LayerStore::open(workspace()), LayerStore::open_existing(workspace())}) {
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().fault, Fault::source_broken);
        EXPECT_THAT(store.error().what, HasSubstr("damaged"));
        EXPECT_THAT(store.error().what, Not(HasSubstr(workspace().string())));
    }
}

TEST_F(LayerStoreTest, SaysThatADamagedDatabaseIsDamaged) {
    {
        auto store = open();
        for (int i = 0; i < 20; ++i) {
            const std::string name = "layer" + std::to_string(i);
            ASSERT_TRUE(store.register_observation(entry({name, name})));
        }
    }
    const fs::path file = workspace() / "relief.db";
    const auto size = fs::file_size(file);
    ASSERT_GT(size, 8192U);
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(4096);
        stream << std::string(size - 4096, '\x5a');
    }

    const auto store = LayerStore::open_existing(workspace());
    const auto layers = store ? store->layers() : Result<std::vector<Layer>>(store.error());

    ASSERT_FALSE(layers);
    EXPECT_EQ(layers.error().fault, Fault::source_broken);
    EXPECT_THAT(layers.error().what, HasSubstr("damaged"));
}

TEST_F(LayerStoreTest, SaysThatAReaderCannotWrite) {
    open();
    auto reader = *LayerStore::open_existing(workspace());

    const auto refused = reader.register_observation(entry({"dem", "aa"}));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::source_broken);
    EXPECT_THAT(refused.error().what, HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace relief::workspace
