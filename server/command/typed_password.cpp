#include "server/command/typed_password.hpp"

#include "server/access/password.hpp"

#include <iostream>
#include <optional>
#include <termios.h>
#include <unistd.h>

namespace relief::command {
namespace {

/// Letters are not shown while it lives.
class HiddenTyping {
public:
    HiddenTyping() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenTyping() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;
    HiddenTyping(HiddenTyping&&) = delete;
    HiddenTyping& operator=(HiddenTyping&&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

std::optional<std::string> line_of_input() {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

std::optional<std::string> answer_to(const char* question) {
    const HiddenTyping hidden;
    std::cerr << question << std::flush;
    auto line = line_of_input();
    std::cerr << '\n';
    return line;
}

}  // namespace

Result<std::string> typed_password() {
    const bool terminal = ::isatty(STDIN_FILENO) == 1;
    auto password = terminal ? answer_to("Password: ") : line_of_input();
    if (!password)
        return bad_request("no password came; type it, or send it as a line of standard input");
    if (auto good = access::check_password(*password); !good) return good.error();
    if (terminal && answer_to("The same again: ") != password)
        return bad_request("the two passwords differ");
    return *password;
}

}  // namespace relief::command
