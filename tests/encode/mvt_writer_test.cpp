#include "tiler/encode/mvt_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <protozero/pbf_reader.hpp>
#include <string>

namespace relief::encode {
namespace {

using ::testing::ElementsAre;
using Numbers = std::vector<std::uint32_t>;

/// What of a tile's first layer is looked at, read by the field numbers of vector_tile.proto 2.1.
struct ReadMvt {
    std::string name;
    std::uint32_t version = 0;
    std::uint32_t extent = 0;
    std::size_t layers = 0;
    std::vector<std::string> keys;
    std::vector<std::string> values;  ///< the bytes of their messages
    std::vector<std::uint64_t> ids;
    std::vector<Numbers> tags;
    std::vector<Numbers> geometries;
    std::vector<std::int32_t> types;
};

Numbers packed(protozero::pbf_reader& reader) {
    const auto range = reader.get_packed_uint32();
    return {range.begin(), range.end()};
}

void read_mvt_feature(ReadMvt& read, protozero::pbf_reader feature) {
    read.tags.emplace_back();
    while (feature.next()) {
        switch (feature.tag()) {
            case 1: read.ids.push_back(feature.get_uint64()); break;
            case 2: read.tags.back() = packed(feature); break;
            case 3: read.types.push_back(feature.get_enum()); break;
            case 4: read.geometries.push_back(packed(feature)); break;
            default: feature.skip();
        }
    }
}

ReadMvt read_mvt(const Bytes& bytes) {
    ReadMvt read;
    protozero::pbf_reader tile(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    while (tile.next(3)) {
        protozero::pbf_reader layer = tile.get_message();
        if (++read.layers > 1) continue;
        while (layer.next()) {
            switch (layer.tag()) {
                case 1: read.name = layer.get_string(); break;
                case 2: read_mvt_feature(read, layer.get_message()); break;
                case 3: read.keys.push_back(layer.get_string()); break;
                case 4: read.values.push_back(std::string(layer.get_view())); break;
                case 5: read.extent = layer.get_uint32(); break;
                case 15: read.version = layer.get_uint32(); break;
                default: layer.skip();
            }
        }
    }
    return read;
}

FeatureTile tile_of(GeometryKind kind, const std::vector<std::vector<TilePoint>>& paths) {
    FeatureTile tile;
    tile.name = "layer";
    TileFeature feature;
    feature.id = 7;
    feature.kind = kind;
    feature.paths = static_cast<std::uint32_t>(paths.size());
    for (const auto& path : paths) {
        tile.paths.push_back({static_cast<std::uint32_t>(tile.points.size()),
                              static_cast<std::uint32_t>(path.size())});
        tile.points.insert(tile.points.end(), path.begin(), path.end());
    }
    tile.features.push_back(feature);
    return tile;
}

Numbers geometry_of(const FeatureTile& tile) {
    return read_mvt(encode_mvt(std::span(&tile, 1))).geometries.at(0);
}

// The numbers are those of the specification's own examples (MVT 2.1, 4.3.5).
TEST(Mvt, WritesGeometryAsTheSpecificationDoes) {
    EXPECT_THAT(geometry_of(tile_of(GeometryKind::point, {{{25, 17}}})), ElementsAre(9, 50, 34));
    EXPECT_THAT(geometry_of(tile_of(GeometryKind::point, {{{5, 7}, {3, 2}}})),
                ElementsAre(17, 10, 14, 3, 9));
    EXPECT_THAT(geometry_of(tile_of(GeometryKind::line, {{{2, 2}, {2, 10}, {10, 10}}})),
                ElementsAre(9, 4, 4, 18, 0, 16, 16, 0));
    EXPECT_THAT(
        geometry_of(tile_of(GeometryKind::line, {{{2, 2}, {2, 10}, {10, 10}}, {{1, 1}, {3, 5}}})),
        ElementsAre(9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8));
    EXPECT_THAT(geometry_of(tile_of(GeometryKind::area, {{{3, 6}, {8, 12}, {20, 34}}})),
                ElementsAre(9, 6, 12, 18, 10, 12, 24, 44, 15));
}

TEST(Mvt, NamesLayerVersionExtentTypeAndId) {
    const FeatureTile tile = tile_of(GeometryKind::area, {{{0, 0}, {9, 0}, {9, 9}}});

    const ReadMvt read = read_mvt(encode_mvt(std::span(&tile, 1)));

    EXPECT_EQ(read.name, "layer");
    EXPECT_EQ(read.version, 2U);
    EXPECT_EQ(read.extent, 4096U);
    EXPECT_THAT(read.types, ElementsAre(3));
    EXPECT_THAT(read.ids, ElementsAre(7U));
}

TEST(Mvt, KeepsTheTypesOfValues) {
    FeatureTile tile = tile_of(GeometryKind::point, {{{1, 1}}});
    tile.keys = {"a", "b", "c", "d"};
    tile.values = {std::string("x"), std::int64_t{-3}, 0.5, true};
    tile.tags = {0, 0, 1, 1, 2, 2, 3, 3};
    tile.features[0].tags = 8;

    const ReadMvt read = read_mvt(encode_mvt(std::span(&tile, 1)));

    EXPECT_THAT(read.keys, ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(read.tags.at(0), ElementsAre(0, 0, 1, 1, 2, 2, 3, 3));
    ASSERT_EQ(read.values.size(), 4U);
    // string_value 1, sint_value 6 (zigzag of -3 is 5), double_value 3, bool_value 7.
    EXPECT_EQ(read.values[0], "\x0A\x01x");
    EXPECT_EQ(read.values[1], "\x30\x05");
    EXPECT_EQ(read.values[2], std::string("\x19\0\0\0\0\0\0\xE0\x3F", 9));
    EXPECT_EQ(read.values[3], "\x38\x01");
}

TEST(Mvt, LeavesOutLayersWithoutFeatures) {
    FeatureTile empty;
    empty.name = "empty";
    const std::vector<FeatureTile> tiles{
        empty, tile_of(GeometryKind::point, {{{1, 1}}}), tile_of(GeometryKind::point, {{{2, 2}}})};

    EXPECT_TRUE(encode_mvt(std::span(&empty, 1)).empty());
    EXPECT_EQ(read_mvt(encode_mvt(tiles)).layers, 2U);
}

}  // namespace
}  // namespace relief::encode
