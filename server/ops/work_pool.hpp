#pragma once
// Render threads behind a bounded queue: full means "try again", never "wait for ever".

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace relief::ops {

class WorkPool {
public:
    /// Told of an exception that work let escape: a mistake of the work, for the log.
    using Guard = std::function<void(std::string_view what)>;

    /// At least one thread. `queue_length`: work beyond what the threads have in hand.
    WorkPool(unsigned threads, std::size_t queue_length, Guard guard = nullptr);
    ~WorkPool();
    /// Waits for the running work, drops the waiting, takes no more. Whoever owns what the work
    /// uses calls it before that goes. One thread calls it.
    void end();
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;
    WorkPool(WorkPool&&) = delete;
    WorkPool& operator=(WorkPool&&) = delete;

    /// False when the queue is full or the pool is ending; the work is then not taken.
    bool post(std::function<void()> work);
    std::size_t waiting() const;
    std::size_t running() const;
    unsigned threads() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relief::ops
