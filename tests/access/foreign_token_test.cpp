// Tokens of an identity provider at the gate: what a reader makes of them is given by the tests.

#include "server/access/gate.hpp"
#include "tests/access/signed_token.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace relief::access {
namespace {

class ForeignToken : public ::testing::Test {
protected:
    ForeignToken() {
        gate_.read_foreign_by([this](std::string_view token) {
            ++read_;
            return token == text_ ? answer_ : ForeignPass{Audience::anonymous(), {}, {}, "unknown"};
        });
    }
    std::string map_token_of(const std::string& pass) {
        const auto made = gate_.make_map_token({pass, std::nullopt, std::chrono::hours(1)});
        return made ? made->text : std::string();
    }

    relief::testing::TemporaryFolder folder_;
    Instant now_{2000};
    Gate gate_{folder_.path(), [this] { return now_; }};
    const std::string text_ = signed_token({{"sub", "s-1"}});
    ForeignPass answer_{Audience::of(Role::analyst), "oidc-1", Instant{5000}};
    int read_ = 0;
};

TEST_F(ForeignToken, OpensWhatItsReaderSaysUntilItEnds) {
    const auto verdict = gate_.admit(text_);

    ASSERT_TRUE(verdict.admitted());
    EXPECT_EQ(verdict.actor, "oidc-1");
    EXPECT_EQ(verdict.audience.role(), Role::analyst);
    EXPECT_EQ(verdict.expires, Instant{5000});
    EXPECT_NE(verdict.pass, verdict.actor) << "it stands for the token, not for the person";
    EXPECT_EQ(gate_.standing_of(verdict.pass), Audience::of(Role::analyst).key());
    now_ = Instant{5000};
    EXPECT_EQ(gate_.standing_of(verdict.pass), "") << "what lasts ends too";
    EXPECT_EQ(gate_.admit(text_).refused, "ended");
}

TEST_F(ForeignToken, IsAskedAboutEachTime) {
    ASSERT_TRUE(gate_.admit(text_).admitted());
    answer_ = {Audience::anonymous(), "oidc-1", {}, "role"};

    const auto verdict = gate_.admit(text_);

    EXPECT_EQ(read_, 2);
    EXPECT_EQ(verdict.refused, "role");
    EXPECT_EQ(verdict.actor, "oidc-1");
    EXPECT_TRUE(verdict.audience.is_anonymous());
}

TEST_F(ForeignToken, IsNotAskedAboutWhenItIsOneOfOurs) {
    const auto own = TokenStore::open(folder_.path())->create({Role::viewer, {}, {}}, Instant{1});

    EXPECT_TRUE(gate_.admit(own->text).admitted());
    EXPECT_FALSE(gate_.admit("eyJhbGciOiJFZERTQSJ9").admitted());
    EXPECT_FALSE(gate_.admit("a.b.c").admitted());
    EXPECT_EQ(read_, 0);
    EXPECT_FALSE(Gate(folder_.path()).admit(text_).admitted()) << "without a provider";
}

TEST_F(ForeignToken, MakesTokensForMapsThatEndWithItAndAreForgottenWithTheProvider) {
    const std::string pass = gate_.admit(text_).pass;
    const std::string map = map_token_of(pass);

    const auto verdict = gate_.admit(map);

    ASSERT_TRUE(verdict.admitted());
    EXPECT_EQ(verdict.expires, Instant{5000});
    EXPECT_FALSE(verdict.audience.serves_as(Role::analyst)) << "it only shows";
    gate_.forget_foreign();
    EXPECT_FALSE(gate_.admit(map).admitted());
    ASSERT_TRUE(gate_.admit(text_).admitted());
    EXPECT_TRUE(gate_.admit(map).admitted()) << "its token was shown again";
    now_ = Instant{5000};
    EXPECT_EQ(gate_.admit(map).refused, "ended");
    EXPECT_EQ(map_token_of(pass), "");
}

}  // namespace
}  // namespace relief::access
