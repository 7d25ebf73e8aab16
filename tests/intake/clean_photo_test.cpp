#include "server/intake/orientation.hpp"
#include "server/intake/photo_store.hpp"
#include "server/intake/photo_worker.hpp"
#include "tests/support/photo_fixture.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tiler/decode/image_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>

namespace relief::intake {
namespace {

using relief::testing::photo_of;
using relief::testing::with_exif;

struct Seen {
    PixelSize size;
    std::array<bool, 4> lit{};  ///< upper left, upper right, lower left, lower right
    bool operator==(const Seen&) const = default;
};

Seen seen_in(const Bytes& jpeg) {
    const auto surface = decode::decode_image(jpeg);
    if (!surface) return {};
    const PixelSize size = surface->size();
    const auto is_lit = [&](int column, int row) {
        return surface->row(row)[static_cast<std::size_t>(column) * 4] > 128;
    };
    const int right = size.width - 3;
    const int bottom = size.height - 3;
    return {size, {is_lit(2, 2), is_lit(right, 2), is_lit(2, bottom), is_lit(right, bottom)}};
}

TEST(CleanPhotoTest, KeepsNothingButPixels) {
    const auto clean = clean_photo(with_exif(photo_of({64, 48}), 1));

    ASSERT_TRUE(clean);
    for (const Bytes& bytes : {clean->photo, clean->thumbnail}) {
        const std::string text(bytes.begin(), bytes.end());
        for (const char* secret : {"Exif", "SecretCam", "33.53N"})
            EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
    EXPECT_EQ(seen_in(clean->photo), (Seen{{64, 48}, {true, false, false, false}}));
}

TEST(CleanPhotoTest, StandsUprightHoweverTheCameraWasHeld) {
    const Bytes photo = photo_of({64, 48});
    // Where Exif 2.3, 4.6.4 says that the first row and column are.
    const std::array<Seen, 8> upright{{{{64, 48}, {true, false, false, false}},
                                       {{64, 48}, {false, true, false, false}},
                                       {{64, 48}, {false, false, false, true}},
                                       {{64, 48}, {false, false, true, false}},
                                       {{48, 64}, {true, false, false, false}},
                                       {{48, 64}, {false, true, false, false}},
                                       {{48, 64}, {false, false, false, true}},
                                       {{48, 64}, {false, false, true, false}}}};
    for (std::uint8_t i = 1; i <= 8; ++i)
        EXPECT_EQ(seen_in(clean_photo(with_exif(photo, i))->photo), upright.at(i - 1U)) << int{i};
}

TEST(CleanPhotoTest, IsNoLargerThanAScreen) {
    const auto clean = clean_photo(photo_of({3000, 1500}));

    EXPECT_EQ(seen_in(clean->photo), (Seen{{2048, 1024}, {true, false, false, false}}));
    EXPECT_EQ(seen_in(clean->thumbnail), (Seen{{320, 160}, {true, false, false, false}}));
    EXPECT_EQ(seen_in(clean_photo(photo_of({1, 5000}))->photo).size, (PixelSize{1, 2048}));
}

TEST(CleanPhotoTest, RefusesWhatIsNoPhoto) {
    const Bytes photo = photo_of({64, 48});
    const Bytes head(photo.begin(), photo.begin() + 20);

    EXPECT_EQ(clean_photo(Bytes{'G', 'I', 'F', '8'}).error().fault, Fault::bad_request);
    EXPECT_EQ(clean_photo(head).error().fault, Fault::bad_request);
    EXPECT_FALSE(clean_photo({}));
}

TEST(CleanPhotoTest, ReadsNoOrientationWhereItIsDamaged) {
    const Bytes whole = with_exif(photo_of({8, 8}), 6);
    EXPECT_EQ(orientation_of(whole), 6);
    for (std::size_t size = 0; size < 60; ++size) {
        const int found = orientation_of({whole.data(), size});
        EXPECT_TRUE(found == 1 || found == 6) << size;
        Bytes changed = whole;
        changed[size] ^= 0xFFU;
        const int other = orientation_of(changed);
        EXPECT_TRUE(other >= 1 && other <= 8) << size;
    }
}

TEST(PhotoStoreTest, KeepsPhotosForTheirOwnerByTheirContent) {
    const relief::testing::TemporaryFolder folder;
    const PhotoStore store(folder.path());
    const CleanPhoto photo{{1, 2, 3}, {4, 5}};

    ASSERT_TRUE(store.keep(photo));
    ASSERT_TRUE(store.keep(photo)) << "the same once more";

    const auto name = PhotoStore::name_of(photo);
    EXPECT_EQ(*store.read(name, PhotoSize::whole), photo.photo);
    EXPECT_EQ(*store.read(name, PhotoSize::thumbnail), photo.thumbnail);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(folder.path() / "photos").permissions(), perms::owner_all);
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path() / "photos")) {
        EXPECT_EQ(file.status().permissions(), perms::owner_read | perms::owner_write);
        ++files;
    }
    EXPECT_EQ(files, 2U);
    EXPECT_THAT(store.older_than(std::chrono::hours(1)), ::testing::IsEmpty());
    EXPECT_THAT(store.older_than(std::chrono::seconds(-60)), ::testing::Contains(name));
    store.remove({name});
    EXPECT_EQ(store.read(name, PhotoSize::whole).error().fault, Fault::not_found);
}

TEST(PhotoStoreTest, TakesAwayWhatACrashLeftHalfWritten) {
    const relief::testing::TemporaryFolder folder;
    const PhotoStore store(folder.path());
    const CleanPhoto photo{{1, 2, 3}, {4, 5}};
    ASSERT_TRUE(store.keep(photo));
    const auto left = folder.path() / "photos" / ".0a1b2c3d4e5f";
    std::ofstream(left) << "half";

    store.remove_unfinished(std::chrono::hours(1));
    EXPECT_TRUE(std::filesystem::exists(left)) << "somebody may be writing it";
    store.remove_unfinished(std::chrono::seconds(-60));

    EXPECT_FALSE(std::filesystem::exists(left));
    EXPECT_TRUE(store.read(PhotoStore::name_of(photo), PhotoSize::whole));
}

}  // namespace
}  // namespace relief::intake
