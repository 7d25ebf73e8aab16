#include "server/oidc/provider.hpp"

#include "tests/access/signed_token.hpp"
#include "tests/service/kept_log.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace relief::oidc {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::eventually;

const std::string keys_issuer = "https://id.example.org";

/// What a provider answers, and how often it was asked for its keys.
class Desk {
public:
    Fetch fetch() {
        return [this](const std::string& address, const Deadline&) -> Result<std::string> {
            const std::lock_guard lock(mutex_);
            if (down_) return source_broken("it does not answer");
            if (address == keys_issuer + "/.well-known/openid-configuration")
                return nlohmann::json{{"issuer", keys_issuer},
                                      {"authorization_endpoint", keys_issuer + "/auth"},
                                      {"token_endpoint", keys_issuer + "/token"},
                                      {"jwks_uri", keys_issuer + "/keys"}}
                    .dump();
            EXPECT_EQ(address, keys_issuer + "/keys");
            ++asked_;
            return keys_;
        };
    }
    void publish(const std::string& keys) {
        const std::lock_guard lock(mutex_);
        keys_ = keys;
    }
    void be_down(bool down) {
        const std::lock_guard lock(mutex_);
        down_ = down;
    }
    int asked() const { return asked_; }

private:
    std::mutex mutex_;
    std::string keys_ = access::signing_key_set;
    bool down_ = false;
    std::atomic<int> asked_{0};
};

bool knows(const Provider& provider, std::string_view id) {
    const auto facts = provider.facts();
    return facts && facts->keys.find(id, access::SigningAlgorithm::eddsa) != nullptr;
}
std::string keys_named(const std::string& id) {
    auto keys = nlohmann::json::parse(access::signing_key_set);
    keys["keys"][0]["kid"] = id;
    return keys.dump();
}
Deadline soon() {
    return Deadline(Deadline::Clock::now() + std::chrono::seconds(20));
}

class ProviderTest : public ::testing::Test {
protected:
    std::unique_ptr<Provider> open(const Provider::Times& times) {
        return std::make_unique<Provider>(Trusted{keys_issuer}, log_, desk_.fetch(), times);
    }
    Desk desk_;
    service::KeptLog log_;
};

TEST_F(ProviderTest, IsAskedAtOnceAndThenNotAgain) {
    const auto provider = open({});
    provider->wait(soon());

    EXPECT_TRUE(knows(*provider, "ed"));
    EXPECT_EQ(provider->facts()->discovery.token_endpoint, keys_issuer + "/token");
    EXPECT_EQ(desk_.asked(), 1);
    EXPECT_EQ(log_.count("oidc issuer=https://id.example.org keys=1"), 1U);
}

TEST_F(ProviderTest, IsAskedForAnUnknownKeyButNotForEveryOne) {
    const auto provider = open({.between = hours(1)});
    provider->wait(soon());
    desk_.publish(keys_named("next"));

    EXPECT_TRUE(provider->ask_for_newer());
    provider->wait(soon());

    EXPECT_TRUE(knows(*provider, "next"));
    EXPECT_FALSE(knows(*provider, "ed")) << "what it took back counts no more";
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(provider->ask_for_newer()) << "within the hour";
    EXPECT_EQ(desk_.asked(), 2);
}

TEST_F(ProviderTest, IsAskedAgainWhenItsTimeHasCome) {
    const auto provider = open({.refresh = milliseconds(20)});
    provider->wait(soon());
    desk_.publish(keys_named("next"));

    EXPECT_TRUE(eventually([&] { return knows(*provider, "next"); }));
}

TEST_F(ProviderTest, ThatCannotBeReachedIsTriedAgainAndToldOfOnce) {
    desk_.be_down(true);
    const auto provider = open({.between = milliseconds(5), .retry = milliseconds(1)});
    provider->wait(soon());
    EXPECT_FALSE(provider->facts());
    EXPECT_TRUE(eventually([&] { return log_.count("oidc") == 1; }));

    desk_.be_down(false);

    EXPECT_TRUE(eventually([&] { return knows(*provider, "ed"); }));
    EXPECT_EQ(log_.count("oidc issuer=https://id.example.org reason=it does not answer"), 1U);
}

TEST_F(ProviderTest, KeepsWhatItKnowsWhileNobodyAnswersButNotForEver) {
    const auto provider = open({.refresh = milliseconds(5), .retry = hours(1)});
    provider->wait(soon());
    desk_.be_down(true);
    EXPECT_TRUE(eventually([&] { return log_.count("oidc") == 2; })) << "it was seen to fail";
    EXPECT_TRUE(knows(*provider, "ed"));

    desk_.be_down(false);
    const auto brief = open({.keep = milliseconds(0)});
    brief->wait(soon());
    EXPECT_TRUE(eventually([&] { return brief->facts() == nullptr; }));
}

TEST_F(ProviderTest, WithNoKeyOfUseIsAProblem) {
    desk_.publish(R"({"keys":[{"kty":"oct","k":"AAAA"}]})");
    const auto provider = open({});
    provider->wait(soon());

    EXPECT_FALSE(provider->facts());
    EXPECT_EQ(log_.count("oidc issuer=https://id.example.org reason=it publishes no key"), 1U);
}

}  // namespace
}  // namespace relief::oidc
