#include "tiler/workspace/folder_watch.hpp"

#include "tiler/workspace/inotify_set.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace relief::workspace {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds longest_sleep{24 * 3600 * 1000};  // keeps additions far from overflow

/// For poll(): never below 0, which would mean for ever, and rounded up.
int milliseconds_until(Clock::time_point moment) {
    const auto left = std::chrono::ceil<milliseconds>(moment - Clock::now());
    return static_cast<int>(std::clamp(left, milliseconds(0), longest_sleep).count());
}

}  // namespace

// wait():        event                     quiet for `quiet`, or `longest` since the first
//     silent ───────────────▶ changing ─────────────────────────────────────▶ says `changed`
//       │  rescan is due                                    (changing survives a wait() that
//       └──────────────▶ says `rescan`                       ends before it is quiet)
struct FolderWatch::State {
    State(InotifySet&& inotify, std::vector<std::filesystem::path>&& where, int bell)
        : watches(std::move(inotify)), places(std::move(where)), stop_bell(bell) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() { close(stop_bell); }

    void add_places() {
        watches.renewed();
        for (const auto& place : places) watches.add(place);
    }

    /// Sleeps until an event, the stop or the moment.
    void sleep_until(Clock::time_point moment) const {
        std::array<pollfd, 2> sources{{{watches.descriptor(), POLLIN, 0}, {stop_bell, POLLIN, 0}}};
        poll(sources.data(), sources.size(), milliseconds_until(moment));
    }

    void take_events() {
        if (!watches.drain()) return;
        const auto now = Clock::now();
        if (!first_change) first_change = now;
        last_change = now;
    }

    Clock::time_point change_due() const {
        return std::min(last_change + settings.quiet, *first_change + settings.longest);
    }

    InotifySet watches;
    std::vector<std::filesystem::path> places;
    int stop_bell;
    std::atomic<bool> stopped{false};
    WatchSettings settings;
    std::optional<Clock::time_point> first_change;
    Clock::time_point last_change;
    Clock::time_point rescan_due;
};

FolderWatch::FolderWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}
FolderWatch::FolderWatch(FolderWatch&&) noexcept = default;
FolderWatch& FolderWatch::operator=(FolderWatch&&) noexcept = default;
FolderWatch::~FolderWatch() = default;

Result<FolderWatch> FolderWatch::start(std::vector<std::filesystem::path> places,
                                       const WatchSettings& settings) {
    auto watches = InotifySet::make({settings.depth, settings.folders});
    if (!watches) return watches.error();
    const int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell < 0) {
        return Error{Fault::too_busy,
                     "folders cannot be watched; the system has no more descriptors to give",
                     std::strerror(errno)};
    }
    auto state = std::make_unique<State>(*std::move(watches), std::move(places), bell);
    state->settings = settings;
    state->rescan_due = Clock::now() + settings.rescan;
    state->add_places();
    return FolderWatch(std::move(state));
}

FolderWatch::Wake FolderWatch::wait(milliseconds at_most) {
    const auto end = Clock::now() + std::clamp(at_most, milliseconds(0), longest_sleep);
    while (true) {
        if (state_->stopped) return Wake::stopped;
        state_->take_events();
        const auto now = Clock::now();
        if (state_->first_change && now >= state_->change_due()) {
            state_->first_change.reset();
            // New folders are watched from here on; what they hold already is found by the scan
            // that follows this answer.
            if (state_->watches.needs_renewal()) state_->add_places();
            state_->rescan_due = now + state_->settings.rescan;
            return Wake::changed;
        }
        if (now >= state_->rescan_due) {
            state_->rescan_due = now + state_->settings.rescan;
            state_->add_places();
            return Wake::rescan;
        }
        if (now >= end) return Wake::nothing;
        auto next = std::min(end, state_->rescan_due);
        if (state_->first_change) next = std::min(next, state_->change_due());
        state_->sleep_until(next);
    }
}

void FolderWatch::stop() noexcept {
    state_->stopped = true;
    const std::uint64_t ring = 1;
    // The bell is full only when it has been rung already.
    [[maybe_unused]] const ssize_t written = ::write(state_->stop_bell, &ring, sizeof ring);
}

bool FolderWatch::hears_everything() const noexcept {
    return state_->watches.complete();
}

}  // namespace relief::workspace
