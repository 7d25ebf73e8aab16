#include "server/cache/disk_entry.hpp"

#include "tests/cache/tiles.hpp"
#include "tests/support/repeatable_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <xxhash.h>

namespace relief::cache {
namespace {

Bytes entry_of(std::size_t number, std::size_t bytes) {
    return encode_entry(key_of(number), tile_of(number, bytes)).value_or(Bytes{});
}

// An attacker can make the checksum right again.
void sign(Bytes& file) {
    const std::uint64_t sum = XXH3_64bits(file.data(), file.size() - 8);
    for (unsigned i = 0; i < 8; ++i) {
        file[file.size() - 8 + i] = static_cast<std::uint8_t>(sum >> (8U * i));
    }
}

TEST(DiskEntry, ComesBackAsItWas) {
    CachedTile tile = tile_of(3, 1000);
    tile.empty = true;
    tile.modified = Instant{std::numeric_limits<std::int64_t>::min()};

    const auto file = encode_entry(key_of(3), tile);
    ASSERT_TRUE(file);
    const auto back = decode_entry(*file, key_of(3));

    ASSERT_TRUE(back);
    EXPECT_EQ(*back->bytes, *tile.bytes);
    EXPECT_EQ(back->media_type, tile.media_type);
    EXPECT_EQ(back->etag, tile.etag);
    EXPECT_TRUE(back->empty);
    EXPECT_EQ(back->modified, tile.modified);
}

TEST(DiskEntry, OfATileWithoutBytesComesBackWithAnEmptyBody) {
    const auto file = encode_entry(TileKey(""), CachedTile{});
    ASSERT_TRUE(file);
    const auto back = decode_entry(*file, TileKey(""));

    ASSERT_TRUE(back);
    ASSERT_TRUE(back->bytes);
    EXPECT_TRUE(back->bytes->empty());
}

TEST(DiskEntry, AnyFlippedBitIsSeen) {
    const Bytes good = entry_of(3, 100);
    ASSERT_TRUE(decode_entry(good, key_of(3)));

    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes altered = good;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(decode_entry(altered, key_of(3))) << "bit " << bit;
    }
}

TEST(DiskEntry, AnyTruncationOrAdditionIsSeen) {
    const Bytes good = entry_of(3, 100);

    for (std::size_t size = 0; size < good.size(); ++size) {
        const Bytes torn(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(decode_entry(torn, key_of(3))) << size;
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(decode_entry(longer, key_of(3)));
}

TEST(DiskEntry, AnotherKeyIsAMissEvenWhenTheFileIsWhole) {
    EXPECT_FALSE(decode_entry(entry_of(3, 100), key_of(4)));
}

TEST(DiskEntry, LengthsThatLieAreRefusedThoughTheChecksumIsRight) {
    const Bytes good = entry_of(3, 100);
    // Version, flags, and the four lengths stand at 8 to 31.
    for (std::size_t at = 8; at < 32; ++at) {
        for (unsigned value = 0; value < 256; ++value) {
            Bytes altered = good;
            altered[at] = static_cast<std::uint8_t>(value);
            sign(altered);
            const auto tile = decode_entry(altered, key_of(3));
            // Of the flags only "empty" may differ.
            const bool allowed = altered == good || (at == 12 && value == 1);
            EXPECT_EQ(tile.has_value(), allowed) << at << " " << value;
        }
    }
}

TEST(DiskEntry, NoiseWithARightChecksumIsRefused) {
    auto random = relief::testing::repeatable_random(1);
    for (int trial = 0; trial < 2000; ++trial) {
        Bytes noise(random() % 200 + 8);
        for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
        if (noise.size() > 20) std::copy_n("RELIEFTC\1\0\0\0", 12, noise.begin());
        sign(noise);
        EXPECT_FALSE(decode_entry(noise, key_of(3)));
    }
}

TEST(DiskEntry, ABodyOverTheLimitIsNotWritten) {
    EXPECT_FALSE(encode_entry(key_of(1), tile_of(1, largest_entry)));
}

TEST(EntryName, IsTheSameInEveryRun) {
    // xxhsum -H2 of the same text (XXH128, seed 0).
    EXPECT_EQ(entry_name(TileKey("relief")).file(), "2638296fc60b25047316a471bb43e205.tile");
}

TEST(EntryName, ReadsBackItsOwnFileNamesAndNoOthers) {
    const EntryName name = entry_name(key_of(1));
    const std::string file = name.file();

    EXPECT_EQ(EntryName::from_file(file), name);
    EXPECT_EQ(name.leaf(), std::stoul(file.substr(0, 2), nullptr, 16));
    const auto starting_with = [&file](std::string_view start) {
        std::string other = file;
        return other.replace(0, start.size(), start);
    };
    for (const std::string& other : {std::string(),
                                     file + "x",
                                     file.substr(1),
                                     std::string(file.size(), '0'),
                                     starting_with("../"),
                                     starting_with("."),
                                     starting_with("G"),
                                     starting_with("F"),
                                     starting_with("+"),
                                     starting_with("0x"),
                                     starting_with(" ")}) {
        EXPECT_FALSE(EntryName::from_file(other)) << other;
    }
}

}  // namespace
}  // namespace relief::cache
