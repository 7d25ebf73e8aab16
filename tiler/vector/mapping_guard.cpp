#include "tiler/vector/mapping_guard.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace relief::vector {
namespace {

/// A guarded mapping, as the handler finds it: without a lock, which a handler must not take.
struct GuardedRange {
    std::atomic<bool> taken{false};
    std::atomic<std::uintptr_t> begin{0};  ///< 0: none
    std::atomic<std::uintptr_t> end{0};
    std::atomic<bool> spoiled{false};
};
static_assert(std::atomic<std::uintptr_t>::is_always_lock_free);
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr std::size_t most_guarded = 1024;
constexpr std::size_t nowhere_guarded = most_guarded;

// A process has one handler of a signal, and all that the handler is given is the address.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
constinit std::array<GuardedRange, most_guarded> guarded_ranges;
// What handled the signal before; written once, before the first mapping is guarded.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
struct sigaction handled_before {};

std::uintptr_t page_size() noexcept {
    return static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
}

/// Puts zeros where the file has nothing, from the page of the address to the mapping's end.
bool put_zeros(GuardedRange& range, std::uintptr_t address) noexcept {
    const std::uintptr_t page = address & ~(page_size() - 1);
    const std::uintptr_t end = range.end.load(std::memory_order_relaxed);
    // First: a thread that meets the zeros finds it said.
    range.spoiled.store(true, std::memory_order_seq_cst);
    // NOLINTNEXTLINE(performance-no-int-to-ptr,cppcoreguidelines-pro-type-reinterpret-cast)
    void* const place = reinterpret_cast<void*>(page);
    return ::mmap(place, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
           place;
}

/// Only what a handler may do: atomics, sysconf, mmap (a bare system call on Linux) and sigaction.
void handle_bus_fault(int number, siginfo_t* fault, void* /*context*/) {
    const int error_before = errno;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): an address, as a number
    const auto address = reinterpret_cast<std::uintptr_t>(fault->si_addr);
    const bool sent = fault->si_code <= 0;  // by a process: it is about no address
    for (GuardedRange& range : guarded_ranges) {
        if (sent) break;
        const std::uintptr_t begin = range.begin.load(std::memory_order_acquire);
        const bool inside = begin != 0 && address >= begin && address < range.end.load();
        if (inside && put_zeros(range, address)) {
            errno = error_before;
            return;
        }
    }
    // Of nobody here: the instruction is tried again and meets what was there before.
    ::sigaction(number, &handled_before, nullptr);
    if (sent) static_cast<void>(::raise(number));
    errno = error_before;
}

bool watch_bus_faults() {
    static const bool watching = [] {
        struct sigaction action {};
        action.sa_sigaction = handle_bus_fault;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        return ::sigaction(SIGBUS, &action, &handled_before) == 0;
    }();
    return watching;
}

}  // namespace

Result<MappingGuard> MappingGuard::over(std::span<const std::uint8_t> mapped) {
    if (!watch_bus_faults()) return source_broken("the layer's file cannot be read", "sigaction");
    const auto free = std::find_if(guarded_ranges.begin(), guarded_ranges.end(), [](auto& range) {
        return !range.taken.exchange(true);
    });
    if (free == guarded_ranges.end())
        return Error{Fault::too_busy, "too many layers of features are open at once"};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): an address, as a number
    const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
    const std::uintptr_t pages = (mapped.size() + page_size() - 1) / page_size();
    free->spoiled = false;
    free->end = begin + pages * page_size();
    free->begin.store(begin, std::memory_order_release);
    return MappingGuard(static_cast<std::size_t>(free - guarded_ranges.begin()));
}

MappingGuard::MappingGuard(MappingGuard&& other) noexcept
    : place_(std::exchange(other.place_, nowhere_guarded)) {}

MappingGuard::~MappingGuard() {
    if (place_ == nowhere_guarded) return;
    GuardedRange& range = guarded_ranges.at(place_);
    range.begin = 0;
    range.end = 0;
    range.taken = false;
}

bool MappingGuard::spoiled() const noexcept {
    if (place_ == nowhere_guarded) return false;
    // Written, with what it was, where a read would do: what was read before is then read before
    // the question, which a read alone does not promise.
    bool whole = false;
    return !guarded_ranges[place_].spoiled.compare_exchange_strong(
        whole, false, std::memory_order_acq_rel);
}

}  // namespace relief::vector
