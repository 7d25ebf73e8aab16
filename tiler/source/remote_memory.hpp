#pragma once
// What remote files hold in memory of what they have fetched, all of them together.

#include <atomic>
#include <cstddef>

namespace relief::source {

/// For any thread. Outlives the files that tell it.
class RemoteMemory {
public:
    std::size_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

    /// A file now holds `now` bytes, where it held `before`.
    struct Change {
        std::size_t before = 0;
        std::size_t now = 0;
    };
    void tell(const Change& change) noexcept {
        // Unsigned numbers wrap: adding a negative difference is right, too.
        bytes_.fetch_add(change.now - change.before, std::memory_order_relaxed);
    }

private:
    std::atomic<std::size_t> bytes_{0};
};

}  // namespace relief::source
