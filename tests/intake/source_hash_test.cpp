#include "server/intake/source_hash.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace relief::intake {
namespace {

constexpr Instant morning{1'700'000'000'000};
constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;

access::SecretKey key_of(std::uint8_t seed) {
    access::SecretKey key{};
    key.fill(seed);
    return key;
}

TEST(SourceHash, TellsContactsApartOnlyToWhoHasTheKey) {
    const auto hash = contact_hash("254700000001", key_of(1));

    EXPECT_EQ(hash, contact_hash("254700000001", key_of(1)));
    EXPECT_NE(hash, contact_hash("254700000002", key_of(1)));
    EXPECT_NE(hash, contact_hash("254700000001", key_of(2)));
    EXPECT_EQ(hash.find("2547"), std::string::npos);
}

TEST(SourceHash, TakesABlockOfAddressesAndADayForOneSource) {
    const auto of = [](const char* address, std::int64_t later = 0) {
        return network_hash(address, Instant{morning.milliseconds + later}, key_of(1));
    };

    EXPECT_EQ(of("192.0.2.1"), of("192.0.2.254"));
    EXPECT_NE(of("192.0.2.1"), of("192.0.3.1"));
    EXPECT_EQ(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    EXPECT_NE(of("::ffff:192.0.2.1"), of("::ffff:192.0.3.1"));
    EXPECT_EQ(of("2001:db8:1:2::1"), of("2001:db8:1:ffff::9"));
    EXPECT_NE(of("2001:db8:1::1"), of("2001:db8:2::1"));
    EXPECT_NE(of("192.0.2.1"), of("192.0.2.1", day_ms));
    EXPECT_NE(of("here"), of("there"));
}

TEST(SourceHash, KeepsItsKeyForItsOwner) {
    const relief::testing::TemporaryFolder folder;

    const auto key = ensure_contact_key(folder.path());

    ASSERT_TRUE(key);
    EXPECT_EQ(*ensure_contact_key(folder.path()), *key);
    EXPECT_EQ(std::filesystem::status(folder.path() / "contact.key").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace relief::intake
