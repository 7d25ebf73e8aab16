#include "server/command/progress.hpp"

#include <algorithm>
#include <csignal>
#include <cstdint>
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

std::string in_words(std::chrono::seconds time) {
    const auto seconds = time.count();
    if (seconds < 60) return std::to_string(seconds) + " s";
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 60) return std::to_string(minutes) + " min";
    const std::string hours = std::to_string(minutes / 60) + " h";
    return minutes % 60 == 0 ? hours : hours + ' ' + std::to_string(minutes % 60) + " min";
}

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

/// Nothing before there is something to judge by.
std::string Progress::remaining(double share) const {
    const std::chrono::duration<double> spent = Clock::now() - begun_;
    const double gained = share - first_share_;
    if (spent < std::chrono::seconds(2) || gained <= 0 || share >= 1) return "";
    const double left = spent.count() / gained * (1 - share);
    // A first slow step must not promise centuries.
    constexpr double a_year = 365.0 * 24 * 3600;
    if (left > a_year) return "";
    return ", " + in_words(std::chrono::seconds(static_cast<std::int64_t>(left) + 1)) + " left";
}

bool Progress::show(double share) {
    if (last_ < 0) {
        first_share_ = share;
        begun_ = Clock::now();
    }
    const int percent = static_cast<int>(std::clamp(share, 0.0, 1.0) * 100);
    const bool stale = Clock::now() - shown_ >= std::chrono::seconds(1);
    if (terminal_ && (percent != last_ || stale)) {
        const auto full = static_cast<std::size_t>(percent * bar_width / 100);
        std::cerr << '\r' << subject_ << " [" << std::string(full, '#')
                  << std::string(bar_width - full, ' ') << "] " << percent << " %"
                  << remaining(share) << "\033[K" << std::flush;
        shown_ = Clock::now();
    }
    if (!terminal_ && percent / 10 != last_ / 10 && percent > 0)
        std::cerr << subject_ << ": " << percent << " %" << remaining(share) << '\n';
    last_ = percent;
    return stop_asked == 0;
}

}  // namespace relief::command
