#include "server/command/progress.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace relief::command {
namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): all a signal may touch
volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) {
    stop_asked = 1;
}

constexpr int bar_width = 30;

}  // namespace

Progress::Progress(std::string subject)
    : subject_(std::move(subject)), terminal_(isatty(STDERR_FILENO) != 0) {
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

Progress::~Progress() {
    if (terminal_ && last_ >= 0) std::cerr << "\r\033[K";
}

bool Progress::show(double share) {
    const int percent = static_cast<int>(std::clamp(share, 0.0, 1.0) * 100);
    if (terminal_ && percent != last_) {
        const auto full = static_cast<std::size_t>(percent * bar_width / 100);
        std::cerr << '\r' << subject_ << " [" << std::string(full, '#')
                  << std::string(bar_width - full, ' ') << "] " << percent << " %" << std::flush;
    }
    if (!terminal_ && percent / 10 != last_ / 10 && percent > 0)
        std::cerr << subject_ << ": " << percent << " %\n";
    last_ = percent;
    return stop_asked == 0;
}

}  // namespace relief::command
