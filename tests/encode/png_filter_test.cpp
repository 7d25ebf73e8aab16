#include "tiler/encode/png_filter.hpp"

#include "tiler/core/bytes.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace relief::encode {
namespace {

struct Neighbours {
    int left;
    int above;
    int above_left;
};

// The predictor as PNG specification 9.4 words it: ties go to left, then above.
int paeth_predictor(Neighbours n) {
    const int estimate = n.left + n.above - n.above_left;
    const int from_left = std::abs(estimate - n.left);
    const int from_above = std::abs(estimate - n.above);
    const int from_above_left = std::abs(estimate - n.above_left);
    if (from_left <= from_above && from_left <= from_above_left) return n.left;
    return from_above <= from_above_left ? n.above : n.above_left;
}

struct FilteredRow {
    const Bytes& filtered;
    const Bytes& above;
    std::size_t pixel_bytes;
};

Bytes unfiltered(const FilteredRow& in) {
    Bytes row;
    for (std::size_t i = 0; i < in.filtered.size(); ++i) {
        Neighbours n{0, in.above[i], 0};
        if (i >= in.pixel_bytes) {
            n.left = row[i - in.pixel_bytes];
            n.above_left = in.above[i - in.pixel_bytes];
        }
        row.push_back(static_cast<std::uint8_t>(in.filtered[i] + paeth_predictor(n)));
    }
    return row;
}

Bytes noise(std::size_t size, std::mt19937& random) {
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return bytes;
}

TEST(FilterPaeth, IsUndoneByTheReadersRule) {
    std::mt19937 random{29};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same rows each time
    for (const std::size_t pixel_bytes : {1U, 2U, 3U, 4U}) {
        for (const std::size_t pixels : {1U, 2U, 5U, 16U, 257U}) {
            const Bytes row = noise(pixels * pixel_bytes, random);
            const Bytes above = noise(pixels * pixel_bytes, random);
            Bytes filtered(row.size());

            filter_paeth({row, above, pixel_bytes}, filtered);

            EXPECT_EQ(unfiltered({filtered, above, pixel_bytes}), row) << pixels << " pixels";
        }
    }
}

TEST(FilterPaeth, LeavesNothingOfAnEvenArea) {
    const Bytes row(12, 90);
    Bytes filtered(12);

    filter_paeth({row, row, 3}, filtered);

    EXPECT_EQ(filtered, Bytes(12, 0));
}

TEST(FilterPaeth, TakesAnEmptyRow) {
    filter_paeth({{}, {}, 3}, {});
}

TEST(PackIndices, PutsTheLeftmostIndexInTheHighestBits) {
    const Bytes bits{1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0};
    const Bytes pairs{3, 0, 1, 2, 1};
    const Bytes nibbles{10, 11, 15};
    Bytes one(2);
    Bytes two(2);
    Bytes four(2);

    pack_indices(bits, IndexBits::one, one);
    pack_indices(pairs, IndexBits::two, two);
    pack_indices(nibbles, IndexBits::four, four);

    EXPECT_EQ(one, (Bytes{0b10011010, 0b11000000}));
    EXPECT_EQ(two, (Bytes{0b11000110, 0b01000000}));
    EXPECT_EQ(four, (Bytes{0xAB, 0xF0}));
}

TEST(BitsFor, IsTheFewestThatHoldTheIndex) {
    EXPECT_EQ(bits_for(0), IndexBits::one);
    EXPECT_EQ(bits_for(1), IndexBits::one);
    EXPECT_EQ(bits_for(2), IndexBits::two);
    EXPECT_EQ(bits_for(3), IndexBits::two);
    EXPECT_EQ(bits_for(4), IndexBits::four);
    EXPECT_EQ(bits_for(15), IndexBits::four);
    EXPECT_EQ(bits_for(16), IndexBits::eight);
    EXPECT_EQ(bits_for(255), IndexBits::eight);
}

}  // namespace
}  // namespace relief::encode
