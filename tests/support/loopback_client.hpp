#pragma once
// A client for tests that sends exactly the bytes it is given, over TCP on 127.0.0.1.

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace relief::support {

/// One answer as it came over the wire.
struct WireAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;

    std::string header(std::string_view name) const {
        const auto found = std::find_if(
            headers.begin(), headers.end(), [&](const auto& pair) { return pair.first == name; });
        return found == headers.end() ? std::string{} : found->second;
    }
};

inline std::string body_of(const std::optional<WireAnswer>& answer) {
    return answer ? answer->body : "no answer";
}
inline int status_of(const std::optional<WireAnswer>& answer) {
    return answer ? answer->status : 0;
}

class LoopbackClient {
public:
    explicit LoopbackClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        open_ =
            ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~LoopbackClient() { close(); }
    LoopbackClient(const LoopbackClient&) = delete;
    LoopbackClient& operator=(const LoopbackClient&) = delete;
    LoopbackClient(LoopbackClient&&) = delete;
    LoopbackClient& operator=(LoopbackClient&&) = delete;

    bool is_open() const noexcept { return open_; }
    int descriptor() const noexcept { return socket_; }

    /// False when the other end would not take all of it.
    // NOLINTNEXTLINE(readability-make-member-function-const): what the server sees changes
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// "METHOD TARGET" with Host and further header lines, each ended by CRLF.
    bool ask(std::string_view line, std::string_view header_lines = {}) {
        return send(std::string(line) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
                    std::string(header_lines) + "\r\n");
    }

    /// The next answer; nothing when the connection ends before it is whole. `to_head`: it has no
    /// body whatever its Content-Length says.
    std::optional<WireAnswer> answer(bool to_head = false) {
        std::size_t end = std::string::npos;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) return std::nullopt;
        }
        WireAnswer answer = read_head(received_.substr(0, end));
        received_.erase(0, end + 4);
        const auto length = answer.header("content-length");
        const std::size_t size = to_head || length.empty() ? 0 : std::stoul(length);
        while (received_.size() < size) {
            if (!receive()) return std::nullopt;
        }
        answer.body = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

    /// What comes up to and with `end`; less of it when the connection ends before.
    std::string read_to(std::string_view end) {
        std::size_t at = std::string::npos;
        while ((at = received_.find(end)) == std::string::npos) {
            if (!receive()) return std::exchange(received_, {});
        }
        std::string read = received_.substr(0, at + end.size());
        received_.erase(0, read.size());
        return read;
    }

    /// Waits until the server closes; false when it sends something instead, or nothing for long.
    bool is_closed_by_server() { return received_.empty() && !receive() && ended_; }

    // NOLINTNEXTLINE(readability-make-member-function-const): what the server sees changes
    void close_sending() { ::shutdown(socket_, SHUT_WR); }
    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

private:
    static constexpr int patience_ms = 20000;  // far beyond any limit that a test sets

    bool receive() {
        pollfd wait{socket_, POLLIN, 0};
        if (::poll(&wait, 1, patience_ms) <= 0) return false;
        std::array<char, 65536> bytes{};
        const auto size = ::recv(socket_, bytes.data(), bytes.size(), 0);
        ended_ = size <= 0;
        if (size > 0) received_.append(bytes.data(), static_cast<std::size_t>(size));
        return size > 0;
    }

    static WireAnswer read_head(std::string_view head) {
        WireAnswer answer;
        answer.status = std::stoi(std::string(head.substr(9, 3)));
        std::size_t line = head.find("\r\n");
        while (line != std::string_view::npos) {
            head.remove_prefix(line + 2);
            line = head.find("\r\n");
            const auto text = head.substr(0, line);
            const auto colon = text.find(": ");
            std::string name(text.substr(0, colon));
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
                return static_cast<char>(std::tolower(c));
            });
            answer.headers.emplace_back(std::move(name), text.substr(colon + 2));
        }
        return answer;
    }

    int socket_;
    bool open_ = false;
    bool ended_ = false;
    std::string received_;
};

}  // namespace relief::support
