#pragma once
// What keeps a file that is cut while it is mapped from ending the process.

#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace relief::vector {

/// Looking at a mapped page that the file no longer has, or that its disk cannot give, raises
/// SIGBUS. Under a guard that page and all after it become zeros, and the guard is spoiled: the
/// reader goes on to the end of its work and then asks. So what is mapped must be read as bytes
/// that may be anything. Moves only; must not outlive the mapping.
class MappingGuard {
public:
    /// `mapped`: as mmap() gave it. Errors: too_busy when too many mappings are guarded at once.
    static Result<MappingGuard> over(std::span<const std::uint8_t> mapped);

    MappingGuard(MappingGuard&& other) noexcept;
    MappingGuard& operator=(MappingGuard&&) = delete;
    MappingGuard(const MappingGuard&) = delete;
    MappingGuard& operator=(const MappingGuard&) = delete;
    ~MappingGuard();

    /// True when something that this thread has read before may not be of the file.
    bool spoiled() const noexcept;

private:
    explicit MappingGuard(std::size_t place) : place_(place) {}
    std::size_t place_;
};

}  // namespace relief::vector
