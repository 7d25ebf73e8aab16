// A damaged index is an error, never a crash; what still reads is drawn.

#include "tests/support/temporary_folder.hpp"
#include "tests/vector/shapes.hpp"
#include "tiler/core/bytes.hpp"
#include "tiler/vector/aggregate.hpp"
#include "tiler/vector/feature_at.hpp"
#include "tiler/vector/tile_features.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

class DamagedIndex : public ::testing::Test {
protected:
    DamagedIndex() {
        IndexBuilder builder({{"name", AttributeType::text}});
        for (unsigned i = 0; i < 40; ++i)
            builder.add(
                testing::feature_of(i,
                                    testing::star(world_point({i * 0.01, 0.5}), {2e5, 20, i}),
                                    "n" + std::to_string(i)));
        for (unsigned i = 0; i < 40; ++i)
            builder.add(testing::feature_of(100 + i,
                                            testing::point_at({0.1 + i % 3 * 1e-4, 0.3}),
                                            "2024-05-0" + std::to_string(1 + i % 9)));
        builder.add(
            testing::feature_of(99, testing::star(world_point({0.2, 0.4}), {4e6, 3000, 9})));
        const auto file = folder_.path() / "layer.features";
        EXPECT_TRUE(builder.write(file, {}));
        const auto mapped = MappedFile::open(file);
        whole_.assign(mapped->bytes().begin(), mapped->bytes().end());
    }

    /// Everything that a server asks; the answers may be errors.
    static void use(const VectorIndex& index) {
        for (const std::uint32_t zoom : {0U, 8U, 14U}) {
            const std::uint32_t middle = zoom == 0 ? 0 : 1U << (zoom - 1U);
            for (const std::uint32_t row : {middle, middle == 0 ? 0 : middle - 1}) {
                const auto tile = TileId::make({.zoom = zoom, .column = middle, .row = row});
                TileWish wish{"layer", std::nullopt, {}};
                wish.labels = true;
                static_cast<void>(tile_features(index, *tile, wish));
                static_cast<void>(index.left_out(*tile));
                static_cast<void>(aggregated_features(index, *tile, {}, {}));
            }
        }
        static_cast<void>(features_at(index, {{0.2, 0.4}, 0.01}));
    }

    relief::testing::TemporaryFolder folder_;
    Bytes whole_;
};

TEST_F(DamagedIndex, IsRefusedAtEveryTruncation) {
    ASSERT_TRUE(VectorIndex::read(whole_));
    for (std::size_t length = 0; length < whole_.size(); length += length < 4096 ? 1 : 97) {
        const auto index = VectorIndex::read(std::span(whole_).first(length));

        ASSERT_FALSE(index) << length;
        EXPECT_EQ(index.error().fault, Fault::source_broken);
    }
}

TEST_F(DamagedIndex, IsRefusedWhenItsHeaderOrDirectoryIsChanged) {
    IndexHeader header;
    std::memcpy(&header, whole_.data(), sizeof(header));
    for (std::size_t at = 0; at < 40; ++at) {
        Bytes changed = whole_;
        changed[at] ^= 0x15U;
        EXPECT_FALSE(VectorIndex::read(changed)) << "byte " << at;
    }
    for (std::size_t at = header.directory; at < whole_.size(); ++at) {
        Bytes changed = whole_;
        changed[at] ^= 0x15U;
        EXPECT_FALSE(VectorIndex::read(changed)) << "byte " << at;
    }
}

TEST_F(DamagedIndex, NeverLeadsAstrayByAChangedByte) {
    auto random = relief::testing::repeatable_random(11);
    std::uniform_int_distribution<std::size_t> place(0, whole_.size() - 1);
    std::uniform_int_distribution<unsigned> value(0, 255);
    std::size_t opened = 0;
    for (int i = 0; i < 500; ++i) {
        Bytes changed = whole_;
        for (int k = 0; k < 4; ++k)
            changed[place(random)] = static_cast<std::uint8_t>(value(random));
        const auto index = VectorIndex::read(changed);
        if (!index) continue;
        ++opened;
        use(*index);
    }
    EXPECT_GT(opened, 160U) << "the body must have been reached";
}

TEST_F(DamagedIndex, OfNoBytesOrOtherBytesIsRefused) {
    EXPECT_FALSE(VectorIndex::read({}));
    EXPECT_FALSE(VectorIndex::read(Bytes(1000, 7)));
    EXPECT_FALSE(VectorIndex::open(folder_.path() / "absent"));
    EXPECT_FALSE(VectorIndex::open(folder_.path()));
}

}  // namespace
}  // namespace relief::vector
