// Where areas have their names.

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/vector/tile_features.hpp"

#include <gtest/gtest.h>

#include <xxhash.h>

namespace relief::vector {
namespace {

class AreaLabels : public ::testing::Test {
protected:
    VectorIndex index_of(const std::vector<Shape>& shapes) {
        IndexBuilder builder({{"name", AttributeType::text}});
        for (std::size_t i = 0; i < shapes.size(); ++i)
            builder.add(testing::feature_of(i, shapes[i], "n"));
        EXPECT_TRUE(builder.write(file(), {}));
        return *VectorIndex::open(file());
    }
    std::filesystem::path file() const { return folder_.path() / "layer.features"; }

    relief::testing::TemporaryFolder folder_;
};

/// The labels of all tiles of a zoom, in steps of the world.
std::vector<WorldPoint> labels_at(const VectorIndex& index, std::uint32_t zoom) {
    std::vector<WorldPoint> found;
    const std::uint32_t count = 1U << zoom;
    for (std::uint32_t row = 0; row < count; ++row)
        for (std::uint32_t column = 0; column < count; ++column) {
            const TileId tile = *TileId::make({zoom, column, row});
            TileWish wish{"l", std::nullopt, {}};
            wish.labels = true;
            const auto features = tile_features(index, tile, wish);
            if (!features) continue;
            for (const TileFeature& feature : features->features) {
                EXPECT_TRUE(feature.labels_known);
                for (std::uint32_t i = 0; i < feature.labels; ++i) {
                    const TilePoint at = features->labels[feature.first_label + i];
                    const std::int64_t unit = std::int64_t{1} << (unit_zoom - zoom);
                    found.push_back(
                        {world_box(tile).left + at.x * unit, world_box(tile).top + at.y * unit});
                }
            }
        }
    return found;
}

TEST_F(AreaLabels, AreAtOnePlaceInTheWorldWhateverTilesTheyLieIn) {
    // Over four tiles of zoom 1, thirty-two of zoom 5 and more; cut into pieces in the file.
    const WorldPoint middle{world_side / 2 + 12'345'678, world_side / 2 - 7'654'321};
    const VectorIndex index = index_of({testing::coast(middle, {4e8, 5000, 1})});
    ASSERT_NE(index.level_for(14).shapes[0].piece, 0);

    const auto first = labels_at(index, 0);
    ASSERT_EQ(first.size(), 1U);
    for (std::uint32_t zoom = 1; zoom <= 6; ++zoom) {
        const auto labels = labels_at(index, zoom);

        ASSERT_EQ(labels.size(), 1U) << "zoom " << zoom;
        const std::int64_t unit = std::int64_t{1} << unit_zoom;
        EXPECT_LE(std::abs(labels[0].x - first[0].x), unit);
        EXPECT_LE(std::abs(labels[0].y - first[0].y), unit);
    }
}

TEST_F(AreaLabels, NameSmallPartsOnlyWhereTheyAreSeen) {
    Shape islands = testing::star({1 << 30, 1 << 30}, {3e8, 40, 1});
    islands.begin_path();
    for (const WorldPoint& point : testing::square_ring({3'000'000'000, 1 << 30}, 1 << 20))
        islands.add(point);
    const VectorIndex index = index_of({islands});

    EXPECT_EQ(labels_at(index, 2).size(), 1U);
    // 2^20 steps are eight units of zoom 3, a pixel.
    EXPECT_EQ(labels_at(index, 3).size(), 2U);
}

TEST_F(AreaLabels, AreNotToldWhereNobodyAsks) {
    const VectorIndex index = index_of({testing::star(world_point({1, 1}), {3e7, 40, 1})});

    const auto found = tile_features(
        index, *TileId::make({.zoom = 0, .column = 0, .row = 0}), {"l", std::nullopt, {}});

    ASSERT_TRUE(found);
    EXPECT_FALSE(found->features.at(0).labels_known);
    EXPECT_TRUE(found->labels.empty());
}

TEST_F(AreaLabels, AreWhereTheSourceSaysSo) {
    IndexBuilder builder({{"name", AttributeType::text}});
    SourceFeature part = testing::feature_of(1, testing::star({1 << 30, 1 << 30}, {3e8, 40, 1}));
    part.label = WorldPoint{1 << 28, 1 << 28};
    builder.add(part);
    builder.add(testing::feature_of(2, testing::star({3 << 29, 3 << 29}, {3e8, 40, 1})));

    const auto index = builder.in_memory({2, {}, {}, true});

    ASSERT_TRUE(index);
    ASSERT_TRUE((*index)->knows_labels());
    for (std::uint32_t feature = 0; feature < 2; ++feature) {
        const auto labels = (*index)->labels_of(feature);
        ASSERT_EQ(labels.size(), 1U);
        EXPECT_EQ(labels[0].x == 1U << 28, (*index)->id_of(feature) == 1);
    }
}

/// The file as it was written before there were labels: no section is called so.
Bytes without_labels(std::span<const std::uint8_t> file) {
    Bytes bytes(file.begin(), file.end());
    IndexHeader header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    for (std::size_t at = header.directory; at < bytes.size(); at += sizeof(SectionEntry)) {
        SectionEntry entry;
        std::memcpy(&entry, &bytes[at], sizeof(entry));
        if (entry.kind != SectionKind::labels) continue;
        bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + sizeof(entry)));
        --header.sections;
        break;
    }
    header.length = bytes.size();
    header.checksum = XXH3_64bits(&bytes[header.directory], bytes.size() - header.directory);
    std::memcpy(bytes.data(), &header, sizeof(header));
    return bytes;
}

TEST_F(AreaLabels, AreUnknownToAFileOfBeforeWhichIsReadAsItWas) {
    const VectorIndex now = index_of({testing::star(world_point({1, 1}), {3e7, 40, 1})});
    ASSERT_TRUE(now.knows_labels());
    const Bytes bytes = without_labels(MappedFile::open(file())->bytes());

    const auto before = VectorIndex::read(bytes);

    ASSERT_TRUE(before) << before.error().what;
    EXPECT_FALSE(before->knows_labels());
    TileWish wish{"l", std::nullopt, {}};
    wish.labels = true;
    const auto tile = tile_features(*before, *TileId::make({0, 0, 0}), wish);
    ASSERT_TRUE(tile);
    ASSERT_EQ(tile->features.size(), 1U);
    EXPECT_FALSE(tile->features[0].labels_known) << "then the geometry tells where the name goes";
    EXPECT_EQ(tile->points.size(),
              tile_features(now, *TileId::make({0, 0, 0}), wish)->points.size());
}

}  // namespace
}  // namespace relief::vector
