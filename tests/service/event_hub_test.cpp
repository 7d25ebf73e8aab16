#include "server/service/event_hub.hpp"

#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace relief::service {
namespace {

using testing::eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Keeps what it hears; takes no more than `most` bytes.
class KeptEvents final : public EventListener {
public:
    explicit KeptEvents(std::size_t most = 1U << 20U) : most_(most) {}
    bool hear(std::string_view lines) override {
        const std::lock_guard lock(mutex_);
        if (!open_ || heard_.size() + lines.size() > most_) open_ = false;
        if (open_) heard_ += lines;
        return open_;
    }
    bool listens() const override {
        const std::lock_guard lock(mutex_);
        return open_;
    }
    void end() override {
        const std::lock_guard lock(mutex_);
        open_ = false;
    }
    std::string heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    /// Of the last line that states one.
    std::string last_id() const {
        const auto all = heard();
        const auto at = all.rfind("id: ") + 4;
        return all.substr(at, all.find('\n', at) - at);
    }

private:
    mutable std::mutex mutex_;
    std::size_t most_;
    bool open_ = true;
    std::string heard_;
};

const auto anonymous = Audience::anonymous();
const auto admin = Audience::of(Role::admin);

Happening told_to_all(const std::string& text) {
    auto document = std::make_shared<const std::string>(text);
    return {Happening::Kind::layer, [document](const Audience&) { return document; }};
}
Happening told_to_admins(const std::string& text) {
    auto document = std::make_shared<const std::string>(text);
    return {Happening::Kind::report, [document](const Audience& audience) {
                return audience.serves_as(Role::admin) ? document : nullptr;
            }};
}

class Hub : public ::testing::Test {
protected:
    std::shared_ptr<KeptEvents> listen(const Audience& audience, const std::string& last_id = {}) {
        auto listener = std::make_shared<KeptEvents>();
        EXPECT_TRUE(hub_.listen({listener, audience, {}, {}, last_id}));
        return listener;
    }

    EventHub hub_{{.remembered = 4, .replayed_bytes = 1000}};
};

TEST_F(Hub, TellsWhatChangedAsAnEvent) {
    const auto listener = listen(anonymous);
    EXPECT_THAT(listener->heard(), StartsWith("retry: 3000\nid: "));

    hub_.tell(told_to_all(R"({"layer":"flood"})"));

    EXPECT_THAT(listener->heard(), HasSubstr("\nevent: layer\ndata: {\"layer\":\"flood\"}\n\n"));
    EXPECT_EQ(hub_.counts().told, 1U);
}

TEST_F(Hub, TellsEachAudienceOnlyItsOwn) {
    const auto of_anyone = listen(anonymous);
    const auto before = of_anyone->heard();
    const auto of_admin = listen(admin);

    hub_.tell(told_to_admins("secret"));

    EXPECT_EQ(of_anyone->heard(), before);
    EXPECT_THAT(of_admin->heard(), HasSubstr("event: report\ndata: secret\n\n"));
    EXPECT_EQ(hub_.counts().told, 0U) << "nor does the count, which anyone may read";
}

TEST_F(Hub, GivesNoHintAtWhatOthersWereTold) {
    hub_.tell(told_to_all("one"));
    const auto first = listen(anonymous);
    for (int i = 0; i < 20; ++i) hub_.tell(told_to_admins("secret"));

    EXPECT_EQ(listen(anonymous)->heard(), first->heard());
    EXPECT_EQ(listen(anonymous, first->last_id())->heard(), first->heard())
        << "nor is it pushed out of memory by it";
}

TEST_F(Hub, GoesOnAfterTheLastIdThatWasHeard) {
    const auto listener = listen(admin);
    hub_.tell(told_to_all("one"));
    const auto id = listener->last_id();
    hub_.tell(told_to_admins("two"));
    hub_.tell(told_to_all("three"));

    const auto again = listen(admin, id)->heard();

    EXPECT_THAT(again, Not(HasSubstr("data: one")));
    EXPECT_LT(again.find("data: two"), again.find("data: three"));
    EXPECT_THAT(listen(anonymous, id)->heard(), Not(HasSubstr("two")));
}

TEST_F(Hub, GoesOnFromAConnectionThatHadHeardNothing) {
    const auto id = listen(anonymous)->last_id();
    hub_.tell(told_to_all("one"));

    EXPECT_THAT(listen(anonymous, id)->heard(), HasSubstr("data: one\n\n"));
}

TEST_F(Hub, SaysWhenItHasForgottenWhatCameAfterAnId) {
    const auto listener = listen(anonymous);
    hub_.tell(told_to_all("one"));
    const auto id = listener->last_id();
    for (int i = 0; i < 5; ++i) hub_.tell(told_to_all("more"));

    for (const auto& last : {id, std::string("of another server")}) {
        const auto heard = listen(anonymous, last)->heard();
        EXPECT_THAT(heard, HasSubstr("event: reset\ndata: {}\n\n"));
        EXPECT_THAT(heard, Not(HasSubstr("more")));
    }
}

TEST_F(Hub, ResetsWhereTooMuchWouldHaveToBeToldAgain) {
    const auto id = listen(anonymous)->last_id();
    hub_.tell(told_to_all(std::string(600, 'x')));
    hub_.tell(told_to_all(std::string(600, 'x')));

    EXPECT_THAT(listen(anonymous, id)->heard(), HasSubstr("event: reset"));
}

TEST_F(Hub, CountsAListenerThatIsTooSlowAndForgetsIt) {
    const auto slow = std::make_shared<KeptEvents>(200);
    ASSERT_TRUE(hub_.listen({slow, anonymous, {}, {}, {}}));
    EXPECT_EQ(hub_.counts().streams, 1U);

    hub_.tell(told_to_all(std::string(300, 'x')));
    hub_.tell(told_to_all("again"));

    EXPECT_EQ(hub_.counts().streams, 0U);
    EXPECT_EQ(hub_.counts().left, 1U);
}

TEST(EventHub, TakesNoMoreStreamsThanItsSettingsAllow) {
    EventHub hub({.streams = 3, .per_asker = 2});
    const auto listen = [&](const std::string& asker) {
        auto listener = std::make_shared<KeptEvents>();
        const auto listening = hub.listen({listener, anonymous, asker, {}, {}});
        return listening ? listener : nullptr;
    };
    const auto first = listen("a");
    ASSERT_TRUE(first && listen("a"));

    EXPECT_FALSE(listen("a")) << "two of one asker";
    EXPECT_TRUE(listen("b"));
    EXPECT_FALSE(listen("c")) << "three of all";
    first->end();
    EXPECT_TRUE(listen("a")) << "one has gone";
}

TEST(EventHub, EndsAStreamWhoseTokenOpensNothingAnyMore) {
    EventHub hub({.look = std::chrono::milliseconds(5)});
    std::atomic<bool> valid{true};
    const auto guarded = std::make_shared<KeptEvents>();
    const auto free = std::make_shared<KeptEvents>();
    ASSERT_TRUE(hub.listen({guarded, admin, {}, [&] { return valid.load(); }, {}}));
    ASSERT_TRUE(hub.listen({free, anonymous, {}, {}, {}}));

    valid = false;

    EXPECT_TRUE(eventually([&] { return !guarded->listens(); }));
    EXPECT_TRUE(free->listens());
}

TEST(EventHub, KeepsStreamsAliveAndEndsThemAtItsOwnEnd) {
    const auto listener = std::make_shared<KeptEvents>();
    {
        EventHub hub(
            {.heartbeat = std::chrono::milliseconds(5), .look = std::chrono::milliseconds(5)});
        ASSERT_TRUE(hub.listen({listener, anonymous, {}, {}, {}}));
        EXPECT_TRUE(eventually([&] { return listener->heard().ends_with(":\n\n"); }));
    }
    EXPECT_FALSE(listener->listens());
}

}  // namespace
}  // namespace relief::service
