#pragma once
// When work must stop: a moment, or nobody waiting for it any more.

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace relief {

/// Asked between steps of long work. Copies share the same abandonment.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;
    using Flag = std::shared_ptr<const std::atomic<bool>>;

    /// Never passes (command line work that a person watches).
    Deadline() = default;
    /// `abandoned` is raised when the one client has gone.
    explicit Deadline(Clock::time_point end, Flag abandoned = nullptr)
        : end_(end), abandoned_(std::move(abandoned)) {}
    /// Work that several clients wait for: `dropped` tells whether all have gone.
    Deadline(Clock::time_point end, std::function<bool()> dropped)
        : end_(end), dropped_(std::move(dropped)) {}

    bool passed() const {
        return (abandoned_ && abandoned_->load(std::memory_order_relaxed)) ||
               (dropped_ && dropped_()) || Clock::now() >= end_;
    }
    Clock::time_point end() const noexcept { return end_; }
    const Flag& abandoned() const noexcept { return abandoned_; }

private:
    Clock::time_point end_ = Clock::time_point::max();
    Flag abandoned_;
    std::function<bool()> dropped_;
};

}  // namespace relief
