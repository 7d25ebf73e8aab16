#include "tiler/vector/geometry_code.hpp"

#include "tests/vector/shapes.hpp"

#include <gtest/gtest.h>

namespace relief::vector {
namespace {

using testing::shape_of;
using testing::star;

TEST(GeometryCode, ReadsBackWhatWasWritten) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        Shape shape = star({world_side / 3, world_side - 5}, {1e9, 40, seed});
        Bytes bytes;
        append_shape(bytes, shape, {77, 88, 0});
        Shape read;
        read.kind = shape.kind;

        ASSERT_TRUE(read_shape(bytes, {77, 88, 0}, read));

        EXPECT_EQ(read.points, shape.points);
        ASSERT_EQ(read.paths.size(), shape.paths.size());
        EXPECT_EQ(read.paths[0].count, shape.paths[0].count);
    }
}

TEST(GeometryCode, KeepsHolesAndCoarseSteps) {
    Shape shape =
        shape_of(GeometryKind::area,
                 {{{0, 0}, {4096, 0}, {4096, 4096}}, {{1024, 512}, {2048, 1024}, {2048, 512}}});
    Bytes bytes;
    append_shape(bytes, shape, {0, 0, 9});
    Shape read;

    ASSERT_TRUE(read_shape(bytes, {0, 0, 9}, read));

    EXPECT_EQ(read.points, shape.points);
    EXPECT_TRUE(read.paths[1].hole);
}

TEST(GeometryCode, RefusesBytesThatEndEarlyOrGoOn) {
    Bytes bytes;
    append_shape(bytes, star({1 << 20, 1 << 20}, {1e6, 30, 3}), {});
    Shape read;

    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(read_shape(std::span(bytes).first(length), {}, read)) << length;
    bytes.push_back(0);
    EXPECT_FALSE(read_shape(bytes, {}, read));
}

TEST(GeometryCode, RefusesCountsThatTheBytesCannotHold) {
    Shape read;

    EXPECT_FALSE(read_shape(Bytes{1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 1}, {}, read));
    EXPECT_FALSE(read_shape(Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 2, 1, 1}, {}, read));
}

TEST(GeometryCode, RefusesPlacesFarOffTheWorld) {
    const Bytes bytes{
        1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
    Shape read;

    EXPECT_FALSE(read_shape(bytes, {}, read));
}

}  // namespace
}  // namespace relief::vector
