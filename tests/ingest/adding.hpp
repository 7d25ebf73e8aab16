#pragma once
// A workspace and rasters to add to it.

#include "tests/support/raster_fixture.hpp"
#include "tiler/ingest/add.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace relief::ingest {

namespace fs = std::filesystem;

class Add : public ::testing::Test {
protected:
    AddOrder order_for(const std::string& file,
                       const LayerName& id = *LayerName::make("flood")) const {
        AddOrder order;
        order.workspace = workspace();
        order.file = file;
        order.program = RELIEF_PROGRAM;
        order.id = id;
        return order;
    }
    /// A raster all of one number: other numbers are other content.
    std::string raster_of(double value, const std::string& name = "source.tif") const {
        testing::RasterRecipe recipe;
        recipe.value = [value](int, int column, int) { return value + column % 2; };
        return testing::write_raster(folder_, name, recipe);
    }
    std::string noise(const std::string& name = "noise.tif") const {
        testing::RasterRecipe recipe;
        recipe.width = 3000;
        recipe.height = 2000;
        recipe.type = GDT_Float32;
        recipe.value = [](int, int column, int row) {
            return (static_cast<unsigned>(column * 7919 + row * 104729) * 2654435761U) % 65521U;
        };
        return testing::write_raster(folder_, name, recipe);
    }

    fs::path workspace() const { return folder_.path() / "workspace"; }
    std::vector<std::string> stored_files() const {
        std::vector<std::string> names;
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(workspace() / "layers", ignored))
            names.push_back(entry.path().filename().string());
        return names;
    }
    std::vector<workspace::Layer> layers() const {
        return *workspace::LayerStore::open_existing(workspace())->layers();
    }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }

private:
    testing::TemporaryFolder folder_;
};

}  // namespace relief::ingest
