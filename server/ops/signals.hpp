#pragma once
// SIGTERM and SIGINT end, SIGHUP reloads; SIGPIPE is ignored.

#include <functional>
#include <memory>

namespace relief::ops {

/// Blocks the signals in every thread made later and hands them to one thread of its own, where any
/// code may run. Made before the first other thread. What comes before there is something to act on
/// waits for that. The signals stay blocked, and SIGPIPE ignored, for the rest of the process, and
/// in programs it starts unless these say otherwise.
class Signals {
public:
    struct Actions {
        std::function<void()> end;  ///< the second SIGINT or SIGTERM ends the process at once
        std::function<void()> reload;
    };
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    Signals(Signals&&) = delete;
    Signals& operator=(Signals&&) = delete;

    /// From now on; what has come already is acted on at once, by the caller. Never two actions at
    /// the same time. Called once.
    void act(Actions actions);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relief::ops
