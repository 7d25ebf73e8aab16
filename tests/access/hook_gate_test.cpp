#include "server/access/hook_gate.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relief::access {
namespace {

constexpr Instant hook_now{1'714'560'000'000};

/// openssl: printf '1714560000.{"a":1}' | openssl dgst -sha256 -hmac sesame
constexpr const char* signature_of_example =
    "sha256=896e93c4b6e9034dcbfe74427ae8e33fb7eeae67b2ad596ae29f7bcbe8fd90fe";

SignedMessage example() {
    return {"kobo", "1714560000", signature_of_example, R"({"a":1})"};
}

TEST(HookGate, AdmitsWhatIsSignedByTheSecretOfTheSourceOnce) {
    HookGate door(HookGate::Secrets{{"kobo", "sesame"}});

    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::admitted);
    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::refused);
    EXPECT_EQ(door.admit(example(), Instant{hook_now.milliseconds + HookGate::span_ms}),
              HookGate::Verdict::refused);
}

TEST(HookGate, AdmitsOnceMoreWhatCameToNothing) {
    HookGate door(HookGate::Secrets{{"kobo", "sesame"}});
    ASSERT_EQ(door.admit(example(), hook_now), HookGate::Verdict::admitted);

    door.forget(example());

    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::admitted);
    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::refused);
}

TEST(HookGate, RefusesWhatIsTooOldOrTooNew) {
    for (const std::int64_t off : {HookGate::span_ms + 1000, -HookGate::span_ms - 1000}) {
        HookGate door(HookGate::Secrets{{"kobo", "sesame"}});
        EXPECT_EQ(door.admit(example(), Instant{hook_now.milliseconds + off}),
                  HookGate::Verdict::refused)
            << off;
    }
}

TEST(HookGate, RefusesEveryChange) {
    HookGate door(HookGate::Secrets{{"kobo", "sesame"}, {"odk", "other"}});
    auto source = example();
    source.source = "odk";
    auto unknown = example();
    unknown.source = "nobody";
    auto body = example();
    body.body = R"({"a":2})";
    auto time = example();
    time.timestamp = "1714560001";
    auto sign = example();
    sign.timestamp = "+1714560000";
    auto bare = example();
    bare.signature.remove_prefix(7);
    auto shorter = example();
    shorter.signature.remove_suffix(2);
    auto empty = example();
    empty.signature = "";

    for (const auto& message : {source, unknown, body, time, sign, bare, shorter, empty})
        EXPECT_EQ(door.admit(message, hook_now), HookGate::Verdict::refused);
    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::admitted);
}

TEST(HookGate, RemembersNoMoreThanItMay) {
    HookGate door(HookGate::Secrets{{"kobo", "sesame"}}, 0);

    EXPECT_EQ(door.admit(example(), hook_now), HookGate::Verdict::full);
}

}  // namespace
}  // namespace relief::access
