#include "server/service/remote_watch.hpp"

#include "tiler/ingest/remote.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds patience_for_head{10000};
constexpr milliseconds between_looks{500};
/// What cannot be reached is to come back soon after it can.
constexpr milliseconds unreachable_age{10000};

}  // namespace

RemoteEyes eyes_of(std::string program) {
    return {[](const RemoteAddress& address, const Deadline& deadline) {
                return source::stamp_of(address, deadline);
            },
            [program = std::move(program)](const RemoteAddress& address,
                                           const std::function<bool()>& wanted) {
                return ingest::inspect_remote(program, address, wanted);
            }};
}

RemoteWatch::RemoteWatch(RemoteEyes eyes, milliseconds age)
    : eyes_(std::move(eyes)),
      age_(age),
      stopping_(std::make_shared<std::atomic<bool>>(false)),
      thread_([this] { run(); }) {}

RemoteWatch::~RemoteWatch() {
    *stopping_ = true;
    {
        // Who is about to sleep must not miss the bell.
        const std::lock_guard lock(mutex_);
    }
    wake_.notify_all();
    thread_.join();
}

void RemoteWatch::when_changed(std::function<void()> changed) {
    const std::lock_guard lock(telling_);
    changed_ = std::move(changed);
}

void RemoteWatch::set_age(milliseconds age) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(age_, age) == age) return;
    for (auto& [text, entry] : entries_) entry.due = std::min(entry.due, entry.looked + age);
    wake_.notify_all();
}

void RemoteWatch::follow(const std::vector<workspace::Observation>& stored) {
    const std::lock_guard lock(mutex_);
    std::set<std::string> present;
    for (const workspace::Observation& observation : stored) {
        const auto address = RemoteAddress::make(observation.file);
        if (!address) continue;
        present.insert(observation.file);
        const auto [found, is_new] = entries_.try_emplace(
            observation.file, Entry{*address, {}, observation, {}, {}, false, Clock::now(), {}});
        Entry& entry = found->second;
        // Added again: what the workspace says now was true a moment ago.
        if (!is_new && !entry.stored.contains(observation.version.text)) {
            entry.known = observation;
            entry.head.clear();
            entry.unread = false;
            entry.due = Clock::now();
        }
        entry.stored.insert(observation.version.text);
    }
    std::erase_if(entries_, [&](const auto& entry) { return !present.contains(entry.first); });
    wake_.notify_all();
}

void RemoteWatch::settle(workspace::Observation& observation) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(observation.file);
    if (found == entries_.end()) return;
    const Entry& entry = found->second;
    observation.broken = entry.problem;
    if (entry.known.version == observation.version) return;
    const RasterKind kind = observation.raster().kind;  // the operator may have stated it
    observation.version = entry.known.version;
    observation.modified = entry.known.modified;
    observation.content = entry.known.content;
    observation.raster().kind = kind;
}

void RemoteWatch::look_soon(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(address);
    if (found == entries_.end()) return;
    found->second.due = std::min(found->second.due, found->second.looked + between_looks);
    wake_.notify_all();
}

std::optional<RemoteWatch::Clock::time_point> RemoteWatch::next_due() const {
    const auto first =
        std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.second.due < b.second.due;
        });
    if (first == entries_.end()) return std::nullopt;
    return first->second.due;
}

std::vector<RemoteAddress> RemoteWatch::take_due() {
    std::vector<RemoteAddress> due;
    const auto now = Clock::now();
    for (auto& [text, entry] : entries_) {
        if (entry.due > now) continue;
        entry.due = now + age_;
        due.push_back(entry.address);
    }
    return due;
}

std::vector<RemoteAddress> RemoteWatch::wait_for_due() {
    std::unique_lock lock(mutex_);
    const auto at = next_due();
    if (*stopping_) return {};
    if (!at) {
        wake_.wait(lock);
    } else if (*at > Clock::now()) {
        wake_.wait_until(lock, *at);
    }
    return take_due();
}

void RemoteWatch::run() {
    while (!*stopping_) {
        std::set<std::string> silent;  // one dead server must not delay the news of all others
        for (const RemoteAddress& address : wait_for_due()) {
            if (*stopping_) return;
            if (!look(address, silent)) continue;
            const std::lock_guard lock(telling_);
            if (changed_) changed_();
        }
    }
}

/// True when settle() answers otherwise than before.
bool RemoteWatch::look(const RemoteAddress& address, std::set<std::string>& silent) {
    const std::string origin(address.origin());
    const Deadline deadline(Deadline::Clock::now() + patience_for_head, stopping_);
    const auto stamp = silent.contains(origin)
                           ? Result<source::RemoteStamp>(source_broken(
                                 "the remote file cannot be read: its server does not answer"))
                           : eyes_.stamp(address, deadline);
    if (*stopping_) return false;
    if (!stamp && stamp.error().fault == Fault::out_of_time) silent.insert(origin);
    return note(address, stamp);
}

bool RemoteWatch::note(const RemoteAddress& address, const Result<source::RemoteStamp>& stamp) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(address.text());
        if (found == entries_.end()) return false;
        Entry& entry = found->second;
        entry.looked = Clock::now();
        if (!stamp) {
            entry.due = entry.looked + std::min(age_, unreachable_age);
            return std::exchange(entry.problem, stamp.error().what) != stamp.error().what;
        }
        entry.due = entry.looked + age_;
        const std::string& told = stamp->version.text;
        const bool same = told == entry.known.version.text || told == entry.head;
        if (same && !entry.unread) return !std::exchange(entry.problem, {}).empty();
    }
    return replace(address, *stamp);
}

/// Another version lies there.
bool RemoteWatch::replace(const RemoteAddress& address, const source::RemoteStamp& stamp) {
    auto found = eyes_.inspect(address, [this] { return !stopping_->load(); });
    const std::lock_guard lock(mutex_);
    const auto place = entries_.find(address.text());
    if (place == entries_.end() || *stopping_) return false;
    Entry& entry = place->second;
    entry.head = stamp.version.text;
    entry.looked = Clock::now();
    entry.due = entry.looked + (found ? age_ : std::min(age_, unreachable_age));
    entry.unread = !found;
    const std::string problem = found ? std::string() : found.error().what;
    const bool same_problem = std::exchange(entry.problem, problem) == problem;
    // What cannot be drawn is not shown as what lay there before.
    workspace::Observation next = found ? std::move(*found) : entry.known;
    if (!found) next.version = stamp.version;
    const bool same_content = next.version == entry.known.version;
    entry.known = std::move(next);
    return !same_problem || !same_content;
}

}  // namespace relief::service
