#pragma once
// When work must stop: a moment, or the client having gone.

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

namespace relief {

/// Asked between steps of long work. Copies share the same abandonment flag.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;

    /// Never passes (command line work that a person watches).
    Deadline() = default;
    explicit Deadline(Clock::time_point end,
                      std::shared_ptr<const std::atomic<bool>> abandoned = nullptr)
        : end_(end), abandoned_(std::move(abandoned)) {}

    bool passed() const noexcept {
        return (abandoned_ && abandoned_->load(std::memory_order_relaxed)) || Clock::now() >= end_;
    }
    Clock::time_point end() const noexcept { return end_; }

private:
    Clock::time_point end_ = Clock::time_point::max();
    std::shared_ptr<const std::atomic<bool>> abandoned_;
};

}  // namespace relief
