#pragma once
// Another program, run to its end or watched while it runs; killed with the test that started it.

#include "tests/support/temporary_folder.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace relief::testing {

constexpr std::chrono::seconds program_patience{60};  // far beyond what any test needs

inline std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// Asks every few milliseconds until it is so; false when it never was.
template <typename Condition>
bool eventually(const Condition& condition, std::chrono::milliseconds at_most = program_patience) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

class Program {
public:
    /// The first word is the program's path. It sees this process's environment without RELIEF_
    /// variables, and `variables` ("NAME=value").
    explicit Program(std::vector<std::string> words, std::vector<std::string> variables = {}) {
        for (char** variable = environ; *variable != nullptr; ++variable) {
            if (!std::string_view(*variable).starts_with("RELIEF_"))
                variables.emplace_back(*variable);
        }
        posix_spawn_file_actions_t actions{};
        posix_spawn_file_actions_init(&actions);
        send_to(actions, STDOUT_FILENO, "output");
        send_to(actions, STDERR_FILENO, "errors");
        auto arguments = pointers_to(words);
        auto environment = pointers_to(variables);
        if (posix_spawn(&process_,
                        words.front().c_str(),
                        &actions,
                        nullptr,
                        arguments.data(),
                        environment.data()) != 0)
            process_ = -1;
        posix_spawn_file_actions_destroy(&actions);
    }
    ~Program() {
        signal(SIGKILL);
        wait();
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    Program(Program&&) = delete;
    Program& operator=(Program&&) = delete;

    pid_t process() const noexcept { return process_; }
    void signal(int number) const {
        if (process_ > 0) ::kill(process_, number);
    }
    bool ended() {
        int status = 0;
        if (process_ > 0 && ::waitpid(process_, &status, WNOHANG) == process_) {
            process_ = -1;
            status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        return process_ <= 0;
    }
    /// The exit status, or 128 and the signal that ended it; -1 while it still runs.
    int wait(std::chrono::milliseconds at_most = program_patience) {
        eventually([this] { return ended(); }, at_most);
        return status_;
    }
    std::string output() const { return text_of(folder_.path() / "output"); }
    std::string errors() const { return text_of(folder_.path() / "errors"); }

private:
    static std::vector<char*> pointers_to(std::vector<std::string>& words) {
        std::vector<char*> pointers;
        pointers.reserve(words.size() + 1);
        for (std::string& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        return pointers;
    }
    void send_to(posix_spawn_file_actions_t& actions, int descriptor, const char* name) const {
        constexpr mode_t readable = 0644;
        posix_spawn_file_actions_addopen(&actions,
                                         descriptor,
                                         (folder_.path() / name).c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC | O_APPEND,
                                         readable);
    }

    TemporaryFolder folder_;
    pid_t process_ = -1;
    int status_ = -1;
};

/// Processes whose parent is `parent`.
inline std::vector<pid_t> children_of(pid_t parent) {
    const std::string number = std::to_string(parent);
    std::istringstream list(text_of("/proc/" + number + "/task/" + number + "/children"));
    std::vector<pid_t> children;
    for (pid_t child = 0; list >> child;) children.push_back(child);
    return children;
}

}  // namespace relief::testing
