#include "server/access/user_store.hpp"

#include "server/access/audit_log.hpp"
#include "server/access/gate.hpp"
#include "server/access/password.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace relief::access {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr Instant morning{1'700'000'000'000};
constexpr Instant evening{1'700'000'040'000};

class UserStoreTest : public ::testing::Test {
protected:
    UserStore open() const { return std::move(*UserStore::open(folder_.path())); }
    KeptUser amina() const {
        UserStore store = open();
        EXPECT_TRUE(store.add(
            {"amina", Role::viewer, std::vector<std::string>{"camps"}}, "the hash", morning));
        return **store.find("amina");
    }
    std::vector<std::string> actions() const {
        std::vector<std::string> words;
        const auto log = AuditLog::open(folder_.path());
        const auto page = log->page({});
        for (const auto& entry : *page) words.push_back(entry.event.action);
        return words;
    }
    relief::testing::TemporaryFolder folder_;
};

TEST_F(UserStoreTest, KeepsUsersByName) {
    const KeptUser user = amina();

    EXPECT_EQ(user.terms.role, Role::viewer);
    EXPECT_EQ(user.terms.layers, std::vector<std::string>{"camps"});
    EXPECT_EQ(user.hash, "the hash");
    EXPECT_EQ(open().add({"amina", Role::admin, std::nullopt}, "x", morning).error().fault,
              Fault::conflict);
    EXPECT_FALSE(open().find("omar")->has_value());
    EXPECT_EQ(open().all()->size(), 1U);
    EXPECT_EQ(open().remove("omar", morning).error().fault, Fault::not_found);
    EXPECT_EQ(open().set_password("omar", "x", morning).error().fault, Fault::not_found);
}

TEST_F(UserStoreTest, KeepsOfASessionItsFingerprintOnly) {
    const auto secret = open().open_session(amina(), {morning, evening});

    ASSERT_TRUE(secret);
    EXPECT_GE(secret->size(), 43U);
    for (const char* name : {"relief.db", "relief.db-wal"}) {
        std::ostringstream bytes;
        bytes << std::ifstream(folder_.path() / name, std::ios::binary).rdbuf();
        EXPECT_EQ(bytes.str().find(*secret), std::string::npos) << name;
    }
}

TEST_F(UserStoreTest, WritesDownWhatWasDoneWithoutAnybodysName) {
    const KeptUser user = amina();
    const auto secret = open().open_session(user, {morning, evening});
    ASSERT_TRUE(open().close_session(fingerprint_of(*secret), evening));
    ASSERT_TRUE(open().close_session(fingerprint_of(*secret), evening)) << "ended already";
    ASSERT_TRUE(open().set_password("amina", "y", evening));
    ASSERT_TRUE(open().remove("amina", evening));

    EXPECT_THAT(actions(),
                ElementsAre("user-remove", "user-password", "logout", "login", "user-add"));
    const auto log = AuditLog::open(folder_.path());
    const auto page = log->page({});
    for (const auto& entry : *page) EXPECT_EQ(entry.event.object, user.id);
}

TEST_F(UserStoreTest, OpensNoSessionForAPasswordThatWasChangedMeanwhile) {
    const KeptUser before = amina();
    ASSERT_TRUE(open().set_password("amina", "another", morning));

    EXPECT_EQ(open().open_session(before, {morning, evening}).error().fault, Fault::not_found);
}

TEST_F(UserStoreTest, ForgetsSessionsThatHaveEnded) {
    const KeptUser user = amina();
    ASSERT_TRUE(open().open_session(user, {morning, evening}));
    ASSERT_TRUE(open().open_session(user, {evening, Instant{evening.milliseconds + 5}}));

    EXPECT_EQ(open().sessions()->size(), 1U);
}

TEST_F(UserStoreTest, LetsTheGateKnowWhoIsSignedIn) {
    const KeptUser user = amina();
    const auto secret = open().open_session(user, {morning, evening});
    Instant now = morning;
    Gate gate(folder_.path(), [&now] { return now; });

    const auto verdict = gate.admit_session(*secret);

    ASSERT_TRUE(verdict.admitted());
    EXPECT_EQ(verdict.name, "amina");
    EXPECT_EQ(verdict.actor, user.id);
    EXPECT_TRUE(verdict.audience.may_see("camps", Sensitivity::high));
    EXPECT_FALSE(gate.admit(*secret).admitted()) << "a cookie is no token";
    EXPECT_FALSE(gate.admit_session(*secret + "A").admitted());
    now = evening;
    EXPECT_EQ(gate.admit_session(*secret).refused, "ended");
}

TEST_F(UserStoreTest, EndsEverySessionWithTheUserOrTheirPassword) {
    for (const bool remove : {false, true}) {
        const KeptUser user = remove ? **open().find("amina") : amina();
        const auto secret = open().open_session(user, {morning, evening});
        Gate gate(folder_.path(), [] { return morning; });
        ASSERT_TRUE(gate.admit_session(*secret).admitted());
        const auto map = gate.make_map_token(
            {gate.admit_session(*secret).pass, std::nullopt, std::chrono::seconds(30)});
        ASSERT_TRUE(map) << map.error().what;
        ASSERT_TRUE(gate.admit(map->text).admitted());

        if (remove)
            ASSERT_TRUE(open().remove("amina", morning));
        else
            ASSERT_TRUE(open().set_password("amina", "another", morning));
        std::this_thread::sleep_for(Gate::look * 1.2);

        EXPECT_FALSE(gate.admit_session(*secret).admitted());
        EXPECT_FALSE(gate.admit(map->text).admitted()) << "nor what was made from it";
    }
}

TEST(UserNameTest, HasLettersThatCannotBeMistaken) {
    for (const char* good : {"amina", "a", "o.k_1-2"}) EXPECT_TRUE(check_user_name(good)) << good;
    for (const std::string& bad : {std::string(),
                                   std::string("Amina"),
                                   std::string("a b"),
                                   std::string("-a"),
                                   std::string("a\n"),
                                   std::string("é"),
                                   std::string(65, 'a')})
        EXPECT_FALSE(check_user_name(bad)) << bad;
}

TEST(PasswordTest, IsHashedWithArgon2idAndASaltOfItsOwn) {
    const auto first = hash_password("correct horse battery");
    const auto second = hash_password("correct horse battery");

    ASSERT_TRUE(first && second);
    EXPECT_THAT(*first, StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
    EXPECT_NE(*first, *second);
    EXPECT_TRUE(is_password("correct horse battery", *first));
    EXPECT_FALSE(is_password("correct horse batterY", *first));
    EXPECT_FALSE(is_password("", *first));
    EXPECT_FALSE(is_password("correct horse battery", ""));
    EXPECT_FALSE(is_password(std::string(1 << 20, 'a'), *first));
}

TEST(PasswordTest, IsLongEnough) {
    EXPECT_THAT(check_password("elevenchars").error().what, HasSubstr("12"));
    EXPECT_TRUE(check_password("twelve chars"));
    EXPECT_FALSE(check_password(std::string(513, 'a')));
}

OidcPerson amal(std::optional<Role> role) {
    return {"oidc-0123", "Amal", role};
}

TEST_F(UserStoreTest, FollowsWhatTheProviderSaysOfSomebody) {
    const auto first = open().follow_provider(amal(Role::viewer), morning);
    const auto secret = open().open_session(*first, {morning, evening});
    ASSERT_TRUE(secret);
    Gate gate(folder_.path(), [] { return morning; });
    EXPECT_EQ(gate.admit_session(*secret).audience.role(), Role::viewer);
    EXPECT_EQ(gate.admit_session(*secret).name, "Amal");

    OidcPerson promoted = amal(Role::moderator);
    promoted.layers = std::vector<std::string>{"camps"};
    ASSERT_TRUE(open().follow_provider(promoted, morning));

    gate.look_now();
    EXPECT_EQ(gate.admit_session(*secret).audience.grants(), std::vector<std::string>{"camps"});
    EXPECT_EQ(gate.admit_session(*secret).audience.role(), Role::moderator) << "in all sessions";
    EXPECT_EQ(open().all()->size(), 1U) << "it is the same person";
    EXPECT_EQ(open().follow_provider(amal(std::nullopt), morning).error().fault,
              Fault::not_allowed);
    gate.look_now();
    EXPECT_FALSE(gate.admit_session(*secret).admitted()) << "who has no role there has none here";
    EXPECT_TRUE(open().all()->empty());
    EXPECT_THAT(actions(), ElementsAre("user-remove", "login", "user-add"));
}

TEST_F(UserStoreTest, TellsPeopleOfTheProviderFromUsersWithAPassword) {
    amina();
    OidcPerson namesake = amal(Role::admin);
    namesake.name = "amina";

    const auto kept = open().follow_provider(namesake, morning);

    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->shown, "amina");
    EXPECT_EQ((*open().find("amina"))->terms.role, Role::viewer) << "whatever they call themselves";
    EXPECT_EQ((*open().find(kept->terms.name))->id, namesake.id);
    EXPECT_FALSE(check_user_name(kept->terms.name)) << "nobody is given such a name";
    EXPECT_EQ(open().set_password(kept->terms.name, "x", morning).error().fault, Fault::not_found);
    EXPECT_TRUE(open().remove(kept->terms.name, morning));
    EXPECT_EQ(open().follow_provider(amal(std::nullopt), morning).error().fault, Fault::not_allowed)
        << "nor is who never had a role";
    EXPECT_EQ(open().all()->size(), 1U);
}

}  // namespace
}  // namespace relief::access
