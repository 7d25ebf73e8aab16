#include "server/access/map_token.hpp"

#include "server/access/gate.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace relief::access {
namespace {

using Layers = std::vector<std::string>;

MapKey key_of(std::uint8_t seed) {
    MapKey key{};
    key.fill(seed);
    return key;
}

TEST(MapTokenTest, SaysWhatWasSigned) {
    const MapTokenTerms terms{"4f1c9a0e77d2", Instant{5000}, Layers{"camps", "wells"}};

    const auto read = read_signed(sign(terms, key_of(1)), key_of(1));

    ASSERT_TRUE(read);
    EXPECT_EQ(read->parent, terms.parent);
    EXPECT_EQ(read->expires, terms.expires);
    EXPECT_EQ(read->layers, terms.layers);
    EXPECT_FALSE(read_signed(sign({"a", Instant{5}, std::nullopt}, key_of(1)), key_of(1))->layers);
}

TEST(MapTokenTest, OfAnotherKeyOrWithAnyLetterChangedSaysNothing) {
    const std::string text = sign({"4f1c9a0e77d2", Instant{5000}, Layers{"camps"}}, key_of(1));

    EXPECT_FALSE(read_signed(text, key_of(2)));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char letter : {'A', 'B', 'z', '.', '='}) {
            std::string changed = text;
            if (changed[i] == letter) continue;
            changed[i] = letter;
            EXPECT_FALSE(read_signed(changed, key_of(1))) << i << letter;
        }
    }
    for (const std::string& wrong : {std::string(),
                                     std::string("relief_map_"),
                                     std::string("relief_map_."),
                                     text.substr(0, text.size() - 1),
                                     text + "A",
                                     text + "=",
                                     text + text,
                                     "x" + text,
                                     "relief_map_" + std::string(1 << 20, 'A') + ".A"})
        EXPECT_FALSE(read_signed(wrong, key_of(1))) << wrong.substr(0, 40);
}

class MapKeyTest : public ::testing::Test {
protected:
    std::filesystem::path file() const { return folder_.path() / "map-token.key"; }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(MapKeyTest, IsMadeOnceAndOnlyItsOwnerReadsIt) {
    EXPECT_EQ(read_map_key(folder_.path()).error().fault, Fault::not_found);

    const auto made = ensure_map_key(folder_.path());

    ASSERT_TRUE(made);
    EXPECT_EQ(*ensure_map_key(folder_.path()), *made);
    EXPECT_EQ(*read_map_key(folder_.path()), *made);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file()).permissions(),
              perms::owner_read | perms::owner_write);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        files += entry.exists() ? 1 : 0;
    EXPECT_EQ(files, 1U) << "nothing is left beside it";
}

TEST_F(MapKeyTest, IsTheSameForAllThatMakeItAtOnce) {
    std::vector<std::thread> threads;
    std::vector<MapKey> keys(8);
    threads.reserve(keys.size());
    for (MapKey& key : keys)
        threads.emplace_back([&] { key = ensure_map_key(folder_.path()).value(); });
    for (auto& thread : threads) thread.join();

    for (const MapKey& key : keys) EXPECT_EQ(key, *read_map_key(folder_.path()));
}

TEST_F(MapKeyTest, IsNotTakenWhereOthersCanReadItOrItIsDamaged) {
    ASSERT_TRUE(ensure_map_key(folder_.path()));
    std::filesystem::permissions(file(), std::filesystem::perms(0640));
    EXPECT_EQ(read_map_key(folder_.path()).error().fault, Fault::source_broken);
    EXPECT_FALSE(ensure_map_key(folder_.path())) << "a key that others know is not used on";

    ASSERT_TRUE(replace_map_key(folder_.path()));
    EXPECT_TRUE(read_map_key(folder_.path()));
    std::filesystem::resize_file(file(), 5);
    EXPECT_EQ(read_map_key(folder_.path()).error().fault, Fault::source_broken);
}

class MapTokenGateTest : public ::testing::Test {
protected:
    NewToken token(const TokenTerms& terms) const {
        return *TokenStore::open(folder_.path())->create(terms, Instant{1000});
    }
    Gate::MapToken made_from(const NewToken& parent, std::optional<Layers> layers = std::nullopt) {
        return *gate_.make_map_token({parent.id, std::move(layers), std::chrono::seconds(60)});
    }
    static void wait_for_a_look() { std::this_thread::sleep_for(Gate::look * 1.2); }

    relief::testing::TemporaryFolder folder_;
    Instant now_{2000};
    Gate gate_{folder_.path(), [this] { return now_; }};
};

TEST_F(MapTokenGateTest, OpensWhatItsParentOpensAndDoesNothingElse) {
    const auto parent = token({Role::admin, std::nullopt, std::nullopt});

    const auto verdict = gate_.admit(made_from(parent, Layers{"camps"}).text);

    ASSERT_TRUE(verdict.admitted());
    EXPECT_EQ(verdict.actor, parent.id);
    EXPECT_TRUE(verdict.audience.may_see("camps", Sensitivity::severe));
    EXPECT_FALSE(verdict.audience.may_see("wells", Sensitivity::moderate));
    EXPECT_FALSE(verdict.audience.serves_as(Role::admin));
}

TEST_F(MapTokenGateTest, EndsAtItsMomentAndNeverAfterItsParent) {
    const auto parent = token({Role::admin, std::nullopt, Instant{10'000}});
    const auto brief = made_from(parent);

    EXPECT_EQ(brief.expires, Instant{10'000});
    now_ = Instant{9999};
    EXPECT_TRUE(gate_.admit(brief.text).admitted());
    now_ = Instant{10'000};
    EXPECT_EQ(gate_.admit(brief.text).refused, "ended");
    EXPECT_FALSE(gate_.make_map_token({parent.id, std::nullopt, std::chrono::seconds(60)}));
}

TEST_F(MapTokenGateTest, EndsWithItsParentAtOnce) {
    const auto parent = token({Role::admin, std::nullopt, std::nullopt});
    const auto map = made_from(parent);
    ASSERT_TRUE(gate_.admit(map.text).admitted());

    ASSERT_TRUE(TokenStore::open(folder_.path())->revoke(parent.id, now_));
    wait_for_a_look();

    EXPECT_EQ(gate_.admit(map.text).refused, "revoked");
    EXPECT_TRUE(gate_.admit(map.text).audience.is_anonymous());
}

TEST_F(MapTokenGateTest, IsUnknownAfterTheKeyWasReplaced) {
    const auto parent = token({Role::admin, std::nullopt, std::nullopt});
    const auto map = made_from(parent);
    ASSERT_TRUE(replace_map_key(folder_.path()));
    token({Role::viewer, std::nullopt, std::nullopt});  // any entry of the log tells the gate
    wait_for_a_look();

    EXPECT_EQ(gate_.admit(map.text).refused, "unknown");
    EXPECT_TRUE(gate_.admit(made_from(parent).text).admitted());
}

TEST_F(MapTokenGateTest, DoesNotNameMoreLayersThanAnAddressCarries) {
    const auto parent = token({Role::admin, std::nullopt, std::nullopt});

    const auto made =
        gate_.make_map_token({parent.id, Layers(100, std::string(40, 'a')), std::chrono::hours(1)});

    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().fault, Fault::bad_request);
}

}  // namespace
}  // namespace relief::access
