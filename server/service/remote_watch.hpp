#pragma once
// Remote files of the catalogue, asked now and then whether they have changed or can be reached.

#include "tiler/core/remote_address.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/remote_file.hpp"
#include "tiler/workspace/layer.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace relief::service {

/// How it looks at an address. Both may take seconds, and end when the deadline or `wanted` says
/// so.
struct RemoteEyes {
    std::function<Result<source::RemoteStamp>(const RemoteAddress&, const Deadline&)> stamp;
    std::function<Result<workspace::Observation>(const RemoteAddress&,
                                                 const std::function<bool()>& wanted)>
        inspect;
};

/// HEAD, and a child process of `program`.
RemoteEyes eyes_of(std::string program);

/// A thread of its own asks, so that no request and no rebuild waits for another machine. Any
/// thread may call.
class RemoteWatch {
public:
    /// `age`: how long an answer counts.
    RemoteWatch(RemoteEyes eyes, std::chrono::milliseconds age);
    ~RemoteWatch();
    RemoteWatch(const RemoteWatch&) = delete;
    RemoteWatch& operator=(const RemoteWatch&) = delete;
    RemoteWatch(RemoteWatch&&) = delete;
    RemoteWatch& operator=(RemoteWatch&&) = delete;

    /// Told on the watch's thread when settle() would answer otherwise than before; empty: nobody
    /// is. No call is under way when this returns.
    void when_changed(std::function<void()> changed);
    void set_age(std::chrono::milliseconds age);

    /// From now on these, and no others, are looked at; new ones at once.
    void follow(const std::vector<workspace::Observation>& stored);

    /// Gives the observation the content that its address has now and, while it cannot be read, the
    /// reason.
    void settle(workspace::Observation& observation) const;

    /// A reader has met an error: looks again before its time, but not more than twice a second.
    void look_soon(const std::string& address);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        RemoteAddress address;
        std::set<std::string> stored;  ///< versions that the workspace knows
        workspace::Observation known;  ///< as it was found last
        std::string head;              ///< version that a HEAD told last; empty: none yet
        std::string problem;
        bool unread = false;  ///< another version lies there, which could not be looked into
        Clock::time_point due;
        Clock::time_point looked;
    };
    void run();
    std::optional<Clock::time_point> next_due() const;
    std::vector<RemoteAddress> take_due();
    std::vector<RemoteAddress> wait_for_due();
    bool look(const RemoteAddress& address, std::set<std::string>& silent);
    bool note(const RemoteAddress& address, const Result<source::RemoteStamp>& stamp);
    bool replace(const RemoteAddress& address, const source::RemoteStamp& stamp);

    const RemoteEyes eyes_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<std::string, Entry> entries_;
    std::chrono::milliseconds age_;
    std::mutex telling_;
    std::function<void()> changed_;
    std::shared_ptr<std::atomic<bool>> stopping_;
    std::thread thread_;
};

}  // namespace relief::service
