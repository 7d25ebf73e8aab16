#include "server/ops/signals.hpp"

#include <atomic>
#include <csignal>
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
    explicit State(Actions given) : actions(std::move(given)) {}
    void listen() const;

    Actions actions;
    std::atomic<bool> closing{false};
    std::thread listener;
};

void Signals::State::listen() const {
    pthread_setname_np(pthread_self(), "relief-signals");
    const sigset_t set = handled_signals();
    bool ending = false;
    while (true) {
        int number = 0;
        if (sigwait(&set, &number) != 0) continue;
        if (closing) return;
        if (number == SIGHUP) {
            if (actions.reload) actions.reload();
        } else if (ending) {
            end_by(number);
        } else {
            ending = true;
            if (actions.end) actions.end();
        }
    }
}

Signals::Signals(Actions actions) : state_(std::make_unique<State>(std::move(actions))) {
    const sigset_t set = handled_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    state_->listener = std::thread([state = state_.get()] { state->listen(); });
}

Signals::~Signals() {
    state_->closing = true;
    // Any of the three wakes the listener; it looks at `closing` first.
    pthread_kill(state_->listener.native_handle(), SIGHUP);
    state_->listener.join();
}

}  // namespace relief::ops
