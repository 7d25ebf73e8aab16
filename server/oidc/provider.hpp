#pragma once
// A provider's endpoints and keys, held up to date by a thread of its own.

#include "server/access/jwk.hpp"
#include "server/oidc/discovery.hpp"
#include "server/ops/log.hpp"
#include "tiler/core/deadline.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace relief::oidc {

/// What was known at one moment; frozen.
struct ProviderFacts {
    Discovery discovery;
    access::KeySet keys;
};

/// How a provider is asked for a document; for tests too.
using Fetch = std::function<Result<std::string>(const std::string& address, const Deadline&)>;

/// Asked at once, then every hour; while it cannot be reached, more often, and what is known counts
/// for a day. Any thread may call.
class Provider {
public:
    struct Times {
        std::chrono::milliseconds refresh{std::chrono::hours(1)};
        std::chrono::milliseconds between{
            std::chrono::minutes(1)};  ///< for keys that are not known
        std::chrono::milliseconds keep{std::chrono::hours(24)};
        std::chrono::milliseconds retry{
            std::chrono::seconds(1)};  ///< at first; doubles up to `between`
    };

    /// `log` outlives it.
    Provider(Trusted trusted, ops::Log& log, Fetch fetch, Times times);
    ~Provider();
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;
    Provider(Provider&&) = delete;
    Provider& operator=(Provider&&) = delete;

    /// Null while nothing is known.
    std::shared_ptr<const ProviderFacts> facts() const;
    const Trusted& trusted() const noexcept { return trusted_; }

    /// A token names a key that is not known: it is asked for, unless that was done within the
    /// minute. True while an answer is awaited, so that it is worth to come again.
    bool ask_for_newer();
    /// Waits for what is under way. Not on a thread of requests.
    void wait(const Deadline& deadline);

private:
    using Clock = std::chrono::steady_clock;
    void run();
    bool sleep_until_due();
    Result<ProviderFacts> ask_provider() const;
    void note(Result<ProviderFacts> found);
    void note_failure(const Error& error, Clock::time_point now);

    const Trusted trusted_;
    ops::Log& log_;
    const Fetch fetch_;
    const Times times_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;  ///< the thread
    std::condition_variable done_;  ///< those who wait for it
    std::shared_ptr<const ProviderFacts> facts_;
    Clock::time_point read_;   ///< when facts_ was
    Clock::time_point asked_;  ///< when it last was for keys that are not known
    Clock::time_point due_;
    bool asking_ = true;
    bool ever_asked_ = false;
    std::string problem_;  ///< that was logged last; empty: none
    std::chrono::milliseconds pause_;
    std::shared_ptr<std::atomic<bool>> stopping_;
    std::thread thread_;
};

}  // namespace relief::oidc
