#pragma once
// Progress of long work: a bar on a terminal, a line for each tenth elsewhere; Ctrl-C stops it
// cleanly.

#include <string>

namespace relief::command {

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
    std::string subject_;
    bool terminal_;
    int last_ = -1;
};

}  // namespace relief::command
