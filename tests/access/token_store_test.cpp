#include "server/access/token_store.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace relief::access {
namespace {

constexpr Instant noon{1'700'000'000'000};

class TokenStoreTest : public ::testing::Test {
protected:
    TokenStore open() const { return std::move(*TokenStore::open(folder_.path())); }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(TokenStoreTest, KeepsTermsAndAFingerprintButNotTheToken) {
    auto store = open();
    const TokenTerms terms{Role::viewer, std::vector<std::string>{"camps", "wells"}, Instant{5}};

    const auto token = store.create(terms, noon);

    ASSERT_TRUE(token);
    const auto all = open().all();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1U);
    const KeptToken& kept = all->front();
    EXPECT_EQ(kept.id, token->id);
    EXPECT_EQ(kept.fingerprint, token->fingerprint);
    EXPECT_EQ(kept.terms.role, Role::viewer);
    EXPECT_EQ(kept.terms.layers, terms.layers);
    EXPECT_EQ(kept.terms.expires, terms.expires);
    EXPECT_EQ(kept.created, noon);
    EXPECT_FALSE(kept.revoked);
    for (const char* name : {"relief.db", "relief.db-wal"}) {
        std::ostringstream bytes;
        bytes << std::ifstream(folder_.path() / name, std::ios::binary).rdbuf();
        EXPECT_EQ(bytes.str().find(token->text), std::string::npos) << name;
    }
}

TEST_F(TokenStoreTest, RevokesOnceAndKeepsTheFirstMoment) {
    auto store = open();
    const auto token = store.create({Role::admin, std::nullopt, std::nullopt}, noon);

    EXPECT_TRUE(store.revoke(token->id, Instant{noon.milliseconds + 1}));
    EXPECT_TRUE(store.revoke(token->id, Instant{noon.milliseconds + 2}));

    EXPECT_EQ(store.all()->front().revoked, Instant{noon.milliseconds + 1});
    EXPECT_EQ(store.revoke("none", noon).error().fault, Fault::not_found);
}

TEST_F(TokenStoreTest, ReadsOnlyWhereThereIsAWorkspace) {
    EXPECT_EQ(TokenStore::open_existing(folder_.path()).error().fault, Fault::not_found);
    open();
    EXPECT_TRUE(TokenStore::open_existing(folder_.path()));
}

}  // namespace
}  // namespace relief::access
