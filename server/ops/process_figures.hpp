#pragma once
// What the kernel says of this process.

namespace relief::ops {

struct ProcessFigures {
    double resident_bytes = 0;
    double cpu_seconds = 0;  ///< user and system
    double open_files = 0;
};

/// A figure that cannot be read is 0.
ProcessFigures process_figures();

}  // namespace relief::ops
