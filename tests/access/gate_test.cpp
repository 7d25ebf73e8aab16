#include "server/access/gate.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace relief::access {
namespace {

class GateTest : public ::testing::Test {
protected:
    NewToken token(const TokenTerms& terms) const {
        return *TokenStore::open(folder_.path())->create(terms, Instant{1000});
    }
    static void wait_for_a_look() { std::this_thread::sleep_for(Gate::look * 1.2); }

    relief::testing::TemporaryFolder folder_;
    Instant now_{2000};
};

TEST_F(GateTest, KnowsTheHolderOfAToken) {
    const auto made = token({Role::viewer, std::vector<std::string>{"camps"}, std::nullopt});
    Gate gate(folder_.path(), [this] { return now_; });

    const auto verdict = gate.admit(made.text);

    ASSERT_TRUE(verdict.admitted());
    EXPECT_EQ(verdict.actor, made.id);
    EXPECT_EQ(verdict.audience.role(), Role::viewer);
    EXPECT_TRUE(verdict.audience.may_see("camps", Sensitivity::high));
    EXPECT_FALSE(verdict.audience.may_see("wells", Sensitivity::moderate));
}

TEST_F(GateTest, OpensToNothingElse) {
    const auto made = token({Role::admin, std::nullopt, std::nullopt});
    Gate gate(folder_.path(), [this] { return now_; });

    for (const std::string& wrong : {std::string(),
                                     std::string("null"),
                                     made.id,
                                     made.fingerprint,
                                     made.text.substr(0, made.text.size() - 1),
                                     made.text + "A",
                                     made.text + made.text,
                                     std::string(1 << 20, 'x')})
        EXPECT_FALSE(gate.admit(wrong).admitted()) << wrong.substr(0, 80);
}

TEST_F(GateTest, TellsWhatAPassOpensAsLongAsItDoes) {
    const auto made = token({Role::admin, std::nullopt, Instant{3000}});
    Gate gate(folder_.path(), [this] { return now_; });

    EXPECT_EQ(gate.standing_of(made.id), Audience::of(Role::admin).key());
    EXPECT_EQ(gate.admit(made.text).expires, Instant{3000});
    EXPECT_EQ(gate.standing_of("another"), "");
    now_ = Instant{3000};
    EXPECT_EQ(gate.standing_of(made.id), "");
}

TEST_F(GateTest, LetsATokenEndAtItsMoment) {
    const auto made = token({Role::admin, std::nullopt, Instant{3000}});
    Gate gate(folder_.path(), [this] { return now_; });

    EXPECT_TRUE(gate.admit(made.text).admitted());
    now_ = Instant{2999};
    EXPECT_TRUE(gate.admit(made.text).admitted());
    now_ = Instant{3000};
    EXPECT_FALSE(gate.admit(made.text).admitted());
    EXPECT_EQ(gate.admit(made.text).refused, "ended");
    EXPECT_TRUE(gate.admit(made.text).audience.is_anonymous());
}

TEST_F(GateTest, HearsOfNewAndRevokedTokens) {
    Gate gate(folder_.path(), [this] { return now_; });
    EXPECT_FALSE(gate.admit("x").admitted()) << "there is no workspace yet";

    const auto made = token({Role::analyst, std::nullopt, std::nullopt});
    wait_for_a_look();
    EXPECT_TRUE(gate.admit(made.text).admitted());

    ASSERT_TRUE(TokenStore::open(folder_.path())->revoke(made.id, now_));
    wait_for_a_look();
    EXPECT_EQ(gate.admit(made.text).refused, "revoked");
    EXPECT_EQ(gate.admit(made.text).actor, made.id) << "for the audit log";
}

TEST_F(GateTest, KnowsATokenThatWasMadeThisVeryMoment) {
    token({Role::viewer, std::nullopt, std::nullopt});
    Gate gate(folder_.path(), [this] { return now_; });
    EXPECT_FALSE(gate.admit("x").admitted());

    for (int i = 0; i < 20; ++i)
        EXPECT_TRUE(gate.admit(token({Role::viewer, std::nullopt, std::nullopt}).text).admitted());
}

}  // namespace
}  // namespace relief::access
