#include "server/http/flow.hpp"

#include <utility>

namespace relief::http {

bool Flow::say(std::string_view piece) {
    std::function<void()> wake;
    bool taken = false;
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::open) return false;
        taken = waiting_.size() + piece.size() <= most_waiting_;
        if (taken) {
            waiting_ += piece;
        } else {
            state_ = State::cut;
            waiting_.clear();
        }
        // A connection that is stuck in a write was woken for what waited, and takes it never.
        if (!std::exchange(woken_, true) || !taken) wake = wake_;
    }
    if (wake) wake();
    return taken;
}

void Flow::end() {
    std::function<void()> wake;
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::open) return;
        state_ = State::ending;
        if (!std::exchange(woken_, true)) wake = wake_;
    }
    if (wake) wake();
}

bool Flow::is_open() const {
    const std::lock_guard lock(mutex_);
    return state_ == State::open;
}

void Flow::attach(const std::function<void()>& wake) {
    bool late = false;
    {
        const std::lock_guard lock(mutex_);
        late = woken_;
        wake_ = wake;
    }
    if (late) wake();
}

Flow::Portion Flow::take() {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return {std::exchange(waiting_, {}), state_ != State::open, state_ == State::cut};
}

bool Flow::is_cut() const {
    const std::lock_guard lock(mutex_);
    return state_ == State::cut;
}

void Flow::stop() {
    const std::lock_guard lock(mutex_);
    state_ = State::over;
    waiting_.clear();
    wake_ = nullptr;
}

}  // namespace relief::http
