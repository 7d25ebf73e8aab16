#include "tiler/atlas/plain_source.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::atlas {
namespace {

/// A house that has no layers, and one file.
class HouseOfOneFile final : public HouseLayers {
public:
    Result<Facts> facts(const std::string& layer) override { return not_found(layer); }
    Result<FeatureTile> features(const std::string& layer, const FeatureWish&) override {
        return not_found(layer);
    }
    Result<canvas::Surface> picture(const std::string& layer, const PictureWish&) override {
        return not_found(layer);
    }
    Result<Bytes> file(const std::string& path) override {
        if (path != "/styles/incidents/sprite.json") return not_found(path);
        return Bytes{'{', '}'};
    }
};

TEST(ReadAddress, AsksTheHouseForTheFilesOfItsStyles) {
    HouseOfOneFile house;

    const auto there = read_address("/styles/incidents/sprite.json", {&house, false}, 100);
    ASSERT_TRUE(there);
    EXPECT_EQ(*there, (Bytes{'{', '}'}));
    EXPECT_EQ(read_address("/styles/other/sprite.json", {&house, false}, 100).error().fault,
              Fault::not_found);
}

TEST(ReadAddress, HasNoStylesWhereThereIsNoHouse) {
    EXPECT_EQ(read_address("/styles/incidents/sprite.json", {}, 100).error().fault,
              Fault::bad_request);
}

}  // namespace
}  // namespace relief::atlas
