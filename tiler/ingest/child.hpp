#pragma once
// A child process of this same program, talked to by lines.

#include "tiler/core/result.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace relief::ingest {

/// Started with the parent's program and other arguments; without its parent its next word ends it.
/// Moves only.
class Child {
public:
    /// Errors: source_broken when no process can be made.
    static Result<Child> start(const std::string& program,
                               const std::vector<std::string>& arguments);

    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();  ///< kills what still runs

    /// False when the child no longer reads.
    bool write_line(const std::string& line) const;
    void close_input();

    enum class Read : std::uint8_t { line, end, timeout };
    /// The next line without its end, at most 4 MB; a longer one ends the conversation.
    Read read_line(std::string& line, std::chrono::milliseconds at_most);

    void kill() const noexcept;
    /// Waits for the end: "" for exit status 0, else what happened in plain words ("out of memory
    /// or killed").
    std::string wait();

private:
    /// The parent's ends of the two pipes.
    struct Ends {
        int input, output;
    };
    Child(pid_t process, Ends ends) : process_(process), input_(ends.input), output_(ends.output) {}

    /// What the child says next into the buffer, or the reason to wait for it no longer.
    std::optional<Read> receive(std::chrono::milliseconds at_most);

    pid_t process_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string buffer_;
};

/// The program that is running now.
std::string own_program();

}  // namespace relief::ingest
