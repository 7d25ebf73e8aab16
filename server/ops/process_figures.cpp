#include "server/ops/process_figures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

namespace relief::ops {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// proc(5): the second number of statm is the resident size in pages.
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    if (!(statm >> total >> resident)) return 0;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_files() {
    std::error_code error;
    const std::filesystem::directory_iterator files("/proc/self/fd", error);
    if (error) return 0;
    // One of them is the folder being read.
    return static_cast<double>(std::distance(begin(files), end(files)) - 1);
}

}  // namespace

ProcessFigures process_figures() {
    return {.resident_bytes = resident_bytes(),
            .cpu_seconds = cpu_seconds(),
            .open_files = open_files()};
}

}  // namespace relief::ops
