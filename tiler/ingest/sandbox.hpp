#pragma once
// What a process that reads a file from outside may do, and no more.

#include "tiler/core/result.hpp"

#include <cstddef>

namespace relief::ingest {

struct SandboxLimits {
    std::size_t memory = std::size_t{6} << 30U;      ///< address space, bytes
    unsigned cpu_seconds = 6 * 3600;                 ///< processor time
    std::size_t file_bytes = std::size_t{1} << 44U;  ///< largest file it may write; 0: none at all
    bool network = false;                            ///< it may ask other machines
    bool opens_files = true;                         ///< false: none beside those it has open
};

/// For the rest of this process and its threads: resource limits, no core dump, and by seccomp no
/// network (unless stated, and then it answers none), no new program, no tracing of others, no
/// mounting, no change of identity. Errors: source_broken when the kernel refuses; the caller must
/// then not go on.
Result<void> enter_sandbox(const SandboxLimits& limits);

}  // namespace relief::ingest
