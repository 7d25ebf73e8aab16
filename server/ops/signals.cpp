#include "server/ops/signals.hpp"

#include <atomic>
#include <csignal>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <thread>
#include <utility>

namespace relief::ops {
namespace {

sigset_t handled_signals() {
    sigset_t set{};
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
    return set;
}

// By the signal itself, so that the parent sees what ended the process.
void end_by(int number) {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, number);
    static_cast<void>(std::signal(number, SIG_DFL));
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    static_cast<void>(std::raise(number));
}

}  // namespace

struct Signals::State {
    void listen();
    void end();
    void reload();

    std::mutex mutex;
    std::optional<Actions> actions;
    bool end_waits = false;
    bool reload_waits = false;
    std::atomic<bool> closing{false};
    std::thread listener;
};

void Signals::State::end() {
    const std::lock_guard lock(mutex);
    end_waits = !actions;
    if (actions && actions->end) actions->end();
}

void Signals::State::reload() {
    const std::lock_guard lock(mutex);
    reload_waits = !actions;
    if (actions && actions->reload) actions->reload();
}

void Signals::State::listen() {
    pthread_setname_np(pthread_self(), "relief-signals");
    const sigset_t set = handled_signals();
    bool ending = false;
    while (true) {
        int number = 0;
        if (sigwait(&set, &number) != 0) continue;
        if (closing) return;
        if (number == SIGHUP) {
            reload();
        } else if (ending) {
            end_by(number);
        } else {
            ending = true;
            end();
        }
    }
}

Signals::Signals() : state_(std::make_unique<State>()) {
    const sigset_t set = handled_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    state_->listener = std::thread([state = state_.get()] { state->listen(); });
}

void Signals::act(Actions actions) {
    bool ends = false;
    bool reloads = false;
    {
        const std::lock_guard lock(state_->mutex);
        state_->actions = std::move(actions);
        ends = std::exchange(state_->end_waits, false);
        reloads = std::exchange(state_->reload_waits, false);
    }
    if (ends) return state_->end();
    if (reloads) state_->reload();
}

Signals::~Signals() {
    state_->closing = true;
    // Any of the three wakes the listener; it looks at `closing` first.
    pthread_kill(state_->listener.native_handle(), SIGHUP);
    state_->listener.join();
}

}  // namespace relief::ops
