#include "server/service/audit_desk.hpp"

#include "tiler/core/audience.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

namespace relief::service {
namespace {

// Each stands for somebody and something that the workspace names, so that real ones are few.
constexpr std::size_t most_kinds = 4096;
constexpr std::size_t most_single = 10'000;
// After the disk refused an entry.
constexpr std::chrono::seconds after_a_failure{2};

/// How sensitive: 0 where the event tells no level.
int rank_of(const access::AuditEvent& event) {
    const auto level = parse_sensitivity(event.level);
    return level ? static_cast<int>(*level) + 1 : 0;
}

/// What is left of an event when there are too many to tell apart.
access::AuditEvent coarse(const access::AuditEvent& event) {
    return {.actor = "*",
            .role = "*",
            .action = event.action,
            .object = "*",
            .reason = event.reason,
            .result = event.result};
}

}  // namespace

AuditDesk::AuditDesk(std::filesystem::path workspace, ops::Log& log, Clock clock)
    : workspace_(std::move(workspace)),
      log_(log),
      clock_(clock ? std::move(clock) : Clock(present_moment)),
      thread_([this] { run(); }) {}

AuditDesk::~AuditDesk() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    told_.notify_one();
    thread_.join();
}

void AuditDesk::tell(access::AuditEvent event) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.single.size() >= most_single) event = coarse(event);
        waiting_.single.push_back(std::move(event));
        // Only a disk that takes nothing lets so many wait: the newest say what goes on.
        if (waiting_.single.size() > most_single) waiting_.single.erase(waiting_.single.begin());
    }
    told_.notify_one();
}

void AuditDesk::tell_often(access::AuditEvent event, std::chrono::milliseconds span) {
    const access::AuditEvent kind = event;
    count(kind, std::move(event), span);
}

void AuditDesk::tell_alike(access::AuditEvent event, std::chrono::milliseconds span) {
    access::AuditEvent kind = event;
    kind.object.clear();
    kind.level.clear();
    kind.reason.clear();
    count(kind, std::move(event), span);
}

void AuditDesk::count(const access::AuditEvent& kind,
                      access::AuditEvent event,
                      std::chrono::milliseconds span) {
    bool is_first = false;
    {
        const std::lock_guard lock(mutex_);
        auto& all = waiting_.repeated;
        const bool is_full = all.size() >= most_kinds && !all.contains(kind);
        if (is_full) event = coarse(event);
        const auto [found, is_new] = all.try_emplace(is_full ? event : kind);
        Repeated& repeated = found->second;
        if (repeated.count == 0 || rank_of(event) > rank_of(repeated.shown))
            repeated.shown = std::move(event);
        ++repeated.count;
        repeated.span = span;
        is_first = is_new;
    }
    if (is_first) told_.notify_one();
}

void AuditDesk::tell_change(access::AuditEvent event) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.changes.push_back(std::move(event));
    }
    told_.notify_one();
}

AuditDesk::Moment AuditDesk::next_due() const {
    Moment due = Moment::max();
    for (const auto& [event, repeated] : waiting_.repeated) due = std::min(due, repeated.due);
    return due;
}

/// What came only once and whose span is over is forgotten.
AuditDesk::Due AuditDesk::collect(Moment now) {
    Due found{std::exchange(waiting_.single, {}), std::exchange(waiting_.changes, {})};
    auto& all = waiting_.repeated;
    for (auto at = all.begin(); at != all.end();) {
        const bool is_due = ending_ || at->second.due <= now;
        if (is_due && at->second.count == 0) {
            at = all.erase(at);
            continue;
        }
        if (is_due) {
            found.events.push_back(at->second.shown);
            found.events.back().count = std::exchange(at->second.count, 0);
            at->second.due = now + at->second.span;
        }
        ++at;
    }
    return found;
}

void AuditDesk::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        const Moment now = std::chrono::steady_clock::now();
        Due found = collect(now);
        if (!found.empty()) {
            lock.unlock();
            const bool written = write(std::move(found));
            lock.lock();
            if (!written && !ending_)
                told_.wait_for(lock, after_a_failure, [this] { return ending_; });
            continue;
        }
        if (ending_) return;
        const auto due = next_due();
        if (due == Moment::max())
            told_.wait(lock);
        else
            told_.wait_until(lock, due);
    }
}

/// False: the disk took nothing; the events wait again.
bool AuditDesk::write(Due due) {
    const auto done = append(due);
    if (done) return true;
    log_.write(
        ops::Level::error,
        "audit",
        {{"waiting", due.events.size() + due.changes.size()}, {"reason", done.error().what}});
    const std::lock_guard lock(mutex_);
    if (ending_) return false;
    auto& single = waiting_.single;
    const std::size_t room = most_single - std::min(most_single, single.size());
    if (due.events.size() > room) due.events.resize(room);
    single.insert(single.begin(),
                  std::make_move_iterator(due.events.begin()),
                  std::make_move_iterator(due.events.end()));
    waiting_.changes.insert(waiting_.changes.begin(), due.changes.begin(), due.changes.end());
    return false;
}

Result<void> AuditDesk::append(const Due& due) const {
    std::error_code ignored;
    if (!std::filesystem::exists(workspace_ / "relief.db", ignored)) return {};
    auto log = access::AuditLog::open(workspace_);
    if (!log) return log.error();
    std::vector<access::AuditEvent> all = due.events;
    for (const access::AuditEvent& change : due.changes) {
        access::AuditFilter last;
        last.action = change.action;
        last.limit = 1;
        const auto known = log->page(last);
        if (!known) return known.error();
        if (known->empty() || known->front().event.object != change.object) all.push_back(change);
    }
    return log->append(all, clock_());
}

Result<access::AuditHead> AuditDesk::head() const {
    const auto log = access::AuditLog::open_existing(workspace_);
    if (log) return log->head();
    if (log.error().fault != Fault::not_found) return log.error();
    return access::AuditHead{};
}

Result<std::vector<access::AuditEntry>> AuditDesk::page(const access::AuditFilter& filter) const {
    const auto log = access::AuditLog::open_existing(workspace_);
    if (log) return log->page(filter);
    if (log.error().fault != Fault::not_found) return log.error();
    return std::vector<access::AuditEntry>{};
}

}  // namespace relief::service
