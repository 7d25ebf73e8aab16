#pragma once
// Progress of long work: a bar on a terminal, a line for each tenth elsewhere, with the time that
// is left; Ctrl-C stops it cleanly.

#include <chrono>
#include <string>

namespace relief::command {

/// "40 s", "3 min", "2 h 5 min".
std::string in_words(std::chrono::seconds time);

class Progress {
public:
    explicit Progress(std::string subject);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(Progress&&) = delete;

    /// Shows the share, 0 to 1. False when the person asked to stop.
    bool show(double share);

private:
    using Clock = std::chrono::steady_clock;
    std::string remaining(double share) const;

    std::string subject_;
    bool terminal_;
    int last_ = -1;
    double first_share_ = 0;  ///< where the work was taken up
    Clock::time_point begun_;
    Clock::time_point shown_;
};

}  // namespace relief::command
