#pragma once
// A workspace of its own for each test.

#include "tests/support/temporary_folder.hpp"
#include "tests/workspace/example_layers.hpp"
#include "tiler/workspace/database.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace relief::workspace {

namespace fs = std::filesystem;

class LayerStoreTest : public ::testing::Test {
protected:
    fs::path workspace() const { return fs::canonical(folder_.path()); }
    std::string file(const std::string& content) const {
        return (workspace() / "layers" / (content + ".tif")).string();
    }
    NewObservation entry(const Example& example) const { return entry_of(workspace(), example); }
    LayerStore open() const { return *LayerStore::open(workspace()); }
    void run(const char* statements) const {
        auto connection = Connection::open(workspace() / "relief.db", Connection::Mode::write);
        ASSERT_TRUE(connection);
        const auto done = connection->run(statements);
        ASSERT_TRUE(done) << done.error().detail;
    }

private:
    testing::TemporaryFolder folder_;
};

}  // namespace relief::workspace
