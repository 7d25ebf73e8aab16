#pragma once
// A body that comes in pieces for as long as both sides want it, such as a stream of events.

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace relief::http {

/// Between who has something to say and the connection that carries it; for any thread. Its answer
/// has no length: the connection ends with it.
///
///   open ──end()──▶ ending    what waits is still written, then the connection is closed
///    │ │                        │
///    │ └─────────stop()─────────┴▶ over   the client has gone, or all is written
///    └──say() of too much─▶ cut           the client reads too slowly: it is left at once
class Flow {
public:
    /// `most_waiting`: bytes that wait for a slow reader; one that needs more is cut off.
    explicit Flow(std::size_t most_waiting = 65536) : most_waiting_(most_waiting) {}

    /// False: nobody listens any more, and nothing was kept of the piece.
    bool say(std::string_view piece);
    /// Nothing more comes.
    void end();
    bool is_open() const;

    // ---- For the connection.
    /// `wake` is called, on the thread that speaks, when there is something new to take; at once
    /// where there is already.
    void attach(const std::function<void()>& wake);
    struct Portion {
        std::string bytes;
        bool last = false;  ///< nothing comes after it
        bool cut = false;   ///< the client is to be left without another byte
    };
    /// All that waits.
    Portion take();
    bool is_cut() const;
    void stop();

private:
    enum class State { open, ending, cut, over };

    std::size_t most_waiting_;
    mutable std::mutex mutex_;
    State state_ = State::open;
    std::string waiting_;
    std::function<void()> wake_;
    bool woken_ = false;  // and has not taken since
};

}  // namespace relief::http
