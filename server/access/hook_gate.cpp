#include "server/access/hook_gate.hpp"

#include "server/access/secret.hpp"

#include <charconv>
#include <sodium.h>
#include <utility>

namespace relief::access {
namespace {

constexpr std::string_view scheme = "sha256=";

std::int64_t seconds_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::int64_t last = 253'402'300'799;  // of the year 9999
    const bool good =
        failure == std::errc{} && stop == text.data() + text.size() && value >= 0 && value <= last;
    return good ? value : -1;
}

std::array<std::uint8_t, 32> hmac_of(const std::string& secret, const SignedMessage& message) {
    static_assert(crypto_auth_hmacsha256_BYTES == 32);
    crypto_auth_hmacsha256_state state;
    const auto add = [&state](std::string_view text) {
        crypto_auth_hmacsha256_update(
            &state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    };
    crypto_auth_hmacsha256_init(
        &state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    add(message.timestamp);
    add(".");
    add(message.body);
    std::array<std::uint8_t, 32> digest{};
    crypto_auth_hmacsha256_final(&state, digest.data());
    return digest;
}

/// False where the text is no digest; the comparison takes the same time for each that is.
bool says(std::string_view signature, const std::array<std::uint8_t, 32>& digest) {
    std::array<std::uint8_t, 32> told{};
    if (!signature.starts_with(scheme)) return false;
    const auto digits = signature.substr(scheme.size());
    std::size_t length = 0;
    const char* end = nullptr;
    const bool good =
        sodium_hex2bin(
            told.data(), told.size(), digits.data(), digits.size(), nullptr, &length, &end) == 0 &&
        length == told.size() && end == digits.data() + digits.size();
    return good && sodium_memcmp(told.data(), digest.data(), digest.size()) == 0;
}

}  // namespace

HookGate::HookGate(Secrets secrets, std::size_t most)
    : secrets_(std::move(secrets)), no_secret_(random_secret()), most_(most) {}

HookGate::Verdict HookGate::admit(const SignedMessage& message, Instant now) {
    const auto known = secrets_.find(message.source);
    const auto digest = hmac_of(known == secrets_.end() ? no_secret_ : known->second, message);
    const bool authentic = says(message.signature, digest) && known != secrets_.end();
    const Instant sent{seconds_of(message.timestamp) * 1000};
    const bool timely = sent.milliseconds >= 0 && sent.milliseconds >= now.milliseconds - span_ms &&
                        sent.milliseconds <= now.milliseconds + span_ms;
    return authentic && timely ? remember(digest, sent, now) : Verdict::refused;
}

void HookGate::forget(const SignedMessage& message) {
    const auto known = secrets_.find(message.source);
    if (known == secrets_.end()) return;
    const auto digest = hmac_of(known->second, message);
    const std::lock_guard lock(mutex_);
    seen_.erase({seconds_of(message.timestamp) * 1000, digest});
}

HookGate::Verdict HookGate::remember(const Digest& digest, Instant sent, Instant now) {
    const std::lock_guard lock(mutex_);
    // What is older is refused by its time.
    while (!seen_.empty() && seen_.begin()->first < now.milliseconds - span_ms)
        seen_.erase(seen_.begin());
    if (seen_.contains({sent.milliseconds, digest})) return Verdict::refused;
    if (seen_.size() >= most_) return Verdict::full;
    seen_.emplace(sent.milliseconds, digest);
    return Verdict::admitted;
}

}  // namespace relief::access
