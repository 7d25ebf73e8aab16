#pragma once
// What a running server tells the audit log: from any thread, written by one of its own.

#include "server/access/audit_log.hpp"
#include "server/ops/log.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace relief::service {

/// A workspace without relief.db has no log: what is told then is forgotten.
class AuditDesk {
public:
    using Clock = std::function<Instant()>;

    /// Starts the thread. `clock`: the time of day.
    AuditDesk(std::filesystem::path workspace, ops::Log& log, Clock clock = {});
    /// Writes what waits.
    ~AuditDesk();
    AuditDesk(const AuditDesk&) = delete;
    AuditDesk& operator=(const AuditDesk&) = delete;
    AuditDesk(AuditDesk&&) = delete;
    AuditDesk& operator=(AuditDesk&&) = delete;

    /// An entry of its own. Returns before it is written.
    void tell(access::AuditEvent event);
    /// The first is written at once; those that equal it within the span after become one entry
    /// with their number as `count`. Whoever is refused a million times fills no disk.
    void tell_often(access::AuditEvent event, std::chrono::milliseconds span);
    /// As tell_often(), for what must not show by how many entries there are, since anyone may
    /// count them: events that differ in object, level and reason alone become one entry, which has
    /// those of the most sensitive.
    void tell_alike(access::AuditEvent event, std::chrono::milliseconds span);
    /// Unless the last entry of that action has the same object.
    void tell_change(access::AuditEvent event);

    // These block on the disk.
    /// Of no log: 0 entries.
    Result<access::AuditHead> head() const;
    /// Newest first.
    Result<std::vector<access::AuditEntry>> page(const access::AuditFilter& filter) const;

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Repeated {
        access::AuditEvent shown;
        std::int64_t count = 0;  ///< not yet written
        std::chrono::milliseconds span{};
        Moment due;  ///< nothing of it is written before
    };
    struct Waiting {
        std::vector<access::AuditEvent> single;
        std::vector<access::AuditEvent> changes;
        std::map<access::AuditEvent, Repeated> repeated;
    };

    /// What is to be written now.
    struct Due {
        std::vector<access::AuditEvent> events;
        std::vector<access::AuditEvent> changes;
        bool empty() const noexcept { return events.empty() && changes.empty(); }
    };

    void count(const access::AuditEvent& kind,
               access::AuditEvent event,
               std::chrono::milliseconds span);
    void run();
    Moment next_due() const;
    Due collect(Moment now);
    bool write(Due due);
    Result<void> append(const Due& due) const;

    std::filesystem::path workspace_;
    ops::Log& log_;
    Clock clock_;
    std::mutex mutex_;
    std::condition_variable told_;
    Waiting waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace relief::service
