#include "server/oidc/provider.hpp"

#include <algorithm>
#include <utility>

namespace relief::oidc {
namespace {

constexpr std::chrono::milliseconds patience{10000};

}  // namespace

Provider::Provider(Trusted trusted, ops::Log& log, Fetch fetch, Times times)
    : trusted_(std::move(trusted)),
      log_(log),
      fetch_(std::move(fetch)),
      times_(times),
      due_(Clock::now()),
      pause_(times.retry),
      stopping_(std::make_shared<std::atomic<bool>>(false)),
      thread_([this] { run(); }) {}

Provider::~Provider() {
    *stopping_ = true;
    {
        // Who is about to sleep must not miss the bell.
        const std::lock_guard lock(mutex_);
    }
    wake_.notify_all();
    thread_.join();
}

std::shared_ptr<const ProviderFacts> Provider::facts() const {
    const std::lock_guard lock(mutex_);
    // Keys that nobody could confirm for a day may be those that were taken back.
    if (facts_ && Clock::now() - read_ > times_.keep) return nullptr;
    return facts_;
}

bool Provider::ask_for_newer() {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (asking_) return true;
    if (ever_asked_ && now - asked_ < times_.between) return false;
    ever_asked_ = true;
    asking_ = true;
    asked_ = now;
    due_ = now;
    wake_.notify_all();
    return true;
}

void Provider::wait(const Deadline& deadline) {
    std::unique_lock lock(mutex_);
    done_.wait_until(lock, deadline.end(), [this] { return !asking_ || stopping_->load(); });
}

/// False: the end has come.
bool Provider::sleep_until_due() {
    std::unique_lock lock(mutex_);
    while (!*stopping_ && Clock::now() < due_) wake_.wait_until(lock, due_);
    asking_ = true;
    return !*stopping_;
}

void Provider::run() {
    while (sleep_until_due()) note(ask_provider());
    done_.notify_all();
}

Result<ProviderFacts> Provider::ask_provider() const {
    const Deadline deadline(Clock::now() + patience, stopping_);
    const auto described = fetch_(discovery_address(trusted_.issuer), deadline);
    if (!described) return described.error();
    auto discovery = read_discovery(*described, trusted_);
    if (!discovery) return discovery.error();
    const auto document = fetch_(discovery->jwks_uri, deadline);
    if (!document) return document.error();
    auto keys = access::KeySet::read(*document);
    if (!keys) return keys.error();
    if (keys->size() == 0)
        return source_broken("it publishes no key for RS256, ES256 or EdDSA (Ed25519)");
    return ProviderFacts{std::move(*discovery), std::move(*keys)};
}

void Provider::note(Result<ProviderFacts> found) {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    asking_ = false;
    if (!found) {
        note_failure(found.error(), now);
    } else {
        if (!facts_ || !problem_.empty())
            log_.write(ops::Level::info,
                       "oidc",
                       {{"issuer", trusted_.issuer}, {"keys", found->keys.size()}});
        facts_ = std::make_shared<const ProviderFacts>(std::move(*found));
        read_ = now;
        due_ = now + times_.refresh;
        pause_ = times_.retry;
        problem_.clear();
    }
    done_.notify_all();
}

void Provider::note_failure(const Error& error, Clock::time_point now) {
    due_ = now + pause_;
    pause_ = std::min(2 * pause_, times_.between);
    if (std::exchange(problem_, error.what) == error.what || *stopping_) return;
    log_.write(ops::Level::warning,
               "oidc",
               {{"issuer", trusted_.issuer}, {"reason", error.what}, {"detail", error.detail}});
}

}  // namespace relief::oidc
