#pragma once
// A server of files on 127.0.0.1 that answers parts (Range), counts what it is asked, and can be
// made slow, forgetful, misleading or silent. Also of S3's path-style GET and HEAD.

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace relief::testing {

inline std::string bytes_of_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class RangeServer {
public:
    struct Question {
        std::string method, path, query, range, if_match;
        int status = 0;
        std::size_t bytes = 0;  ///< of the answer's body
    };
    /// How it treats who asks.
    struct Manners {
        bool ranges = true;
        bool heeds_if_match = true;
        bool tells_etag = true;
        bool tells_modified = true;
        bool wants_signature = false;  ///< 403 without X-Amz-Signature in the query
        int status = 0;                ///< answered to everything; 0: the right one
        std::string location{};        ///< with a status of 3xx
        std::chrono::milliseconds delay{0};
    };

    RangeServer() { start(); }
    ~RangeServer() { stop(); }
    RangeServer(const RangeServer&) = delete;
    RangeServer& operator=(const RangeServer&) = delete;
    RangeServer(RangeServer&&) = delete;
    RangeServer& operator=(RangeServer&&) = delete;

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

    /// Puts other bytes there, with another entity tag.
    void put(const std::string& path, std::string bytes) {
        const std::lock_guard lock(mutex_);
        objects_[path] = {std::move(bytes), "\"v" + std::to_string(++versions_) + "\""};
    }
    void behave(const Manners& manners) {
        const std::lock_guard lock(mutex_);
        manners_ = manners;
    }
    std::vector<Question> questions() const {
        const std::lock_guard lock(mutex_);
        return questions_;
    }
    std::size_t bytes_sent() const {
        std::size_t sum = 0;
        for (const Question& question : questions()) sum += question.bytes;
        return sum;
    }
    void forget_questions() {
        const std::lock_guard lock(mutex_);
        questions_.clear();
    }

    /// Closes every connection and takes no more; start() answers at the same port again.
    void stop() {
        stopping_ = true;
        if (accepting_.joinable()) accepting_.join();
        for (std::thread& thread : serving_) thread.join();
        serving_.clear();
        if (listener_ >= 0) ::close(std::exchange(listener_, -1));
    }
    void start() {
        stopping_ = false;
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0) return;
        constexpr int backlog = 64;
        ::listen(listener_, backlog);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        accepting_ = std::thread([this] { accept_all(); });
    }

private:
    struct Object {
        std::string bytes;
        std::string etag;
    };
    struct Reply {
        int status = 200;
        std::string headers;
        std::string body;
    };
    static constexpr int look_ms = 20;  // how soon stop() is heeded

    static bool readable(int socket) {
        pollfd wait{socket, POLLIN, 0};
        return ::poll(&wait, 1, look_ms) > 0;
    }
    void accept_all() {
        while (!stopping_) {
            if (!readable(listener_)) continue;
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket >= 0) serving_.emplace_back([this, socket] { serve(socket); });
        }
    }
    void serve(int socket) {
        std::string received;
        while (!stopping_) {
            const std::size_t end = received.find("\r\n\r\n");
            if (end != std::string::npos) {
                const std::string answer = answer_to(received.substr(0, end + 2));
                received.erase(0, end + 4);
                if (!send_all(socket, answer)) break;
                continue;
            }
            if (!readable(socket)) continue;
            std::array<char, 4096> bytes{};
            const auto size = ::recv(socket, bytes.data(), bytes.size(), 0);
            if (size <= 0) break;
            received.append(bytes.data(), static_cast<std::size_t>(size));
        }
        ::close(socket);
    }
    static bool send_all(int socket, std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the text first, then what is sought
    static std::string header_of(const std::string& head, const std::string& name) {
        const auto alike = [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) ==
                   std::tolower(static_cast<unsigned char>(b));
        };
        const std::string wanted = "\r\n" + name + ": ";
        const auto found =
            std::search(head.begin(), head.end(), wanted.begin(), wanted.end(), alike);
        if (found == head.end()) return {};
        const auto begin = static_cast<std::size_t>(found - head.begin()) + wanted.size();
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
    static Question question_in(const std::string& head) {
        Question question;
        const std::size_t space = head.find(' ');
        const std::size_t second = head.find(' ', space + 1);
        const std::string target = head.substr(space + 1, second - space - 1);
        question.method = head.substr(0, space);
        question.path = target.substr(0, target.find('?'));
        if (question.path.size() < target.size())
            question.query = target.substr(question.path.size() + 1);
        question.range = header_of(head, "Range");
        question.if_match = header_of(head, "If-Match");
        return question;
    }

    std::string answer_to(const std::string& head) {
        Question question = question_in(head);
        std::unique_lock lock(mutex_);
        const Manners manners = manners_;
        Reply reply = reply_to(question, manners);
        question.status = reply.status;
        if (question.method == "HEAD") {
            reply.headers += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
            reply.body.clear();
        } else {
            reply.headers += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
        }
        question.bytes = reply.body.size();
        questions_.push_back(question);
        lock.unlock();
        const auto end = std::chrono::steady_clock::now() + manners.delay;
        while (!stopping_ && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(look_ms));
        return "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n" + reply.headers + "\r\n" +
               reply.body;
    }

    Reply reply_to(const Question& question, const Manners& manners) const {
        if (manners.status != 0)
            return {manners.status,
                    manners.location.empty() ? "" : "Location: " + manners.location + "\r\n",
                    "other words"};
        if (manners.wants_signature && question.query.find("X-Amz-Signature=") == std::string::npos)
            return {403, "", "AccessDenied"};
        const auto found = objects_.find(question.path);
        if (found == objects_.end()) return {404, "", "not here"};
        const Object& object = found->second;
        if (manners.heeds_if_match && !question.if_match.empty() &&
            question.if_match != object.etag)
            return {412, "", ""};
        Reply reply;
        if (manners.tells_etag) reply.headers += "ETag: " + object.etag + "\r\n";
        if (manners.tells_modified)
            reply.headers += "Last-Modified: Fri, 01 Mar 2024 10:00:00 GMT\r\n";
        reply.body = object.bytes;
        if (manners.ranges && !question.range.empty()) cut(reply, question.range);
        return reply;
    }
    /// "bytes=A-B"
    static void cut(Reply& reply, const std::string& range) {
        const std::size_t size = reply.body.size();
        const std::size_t dash = range.find('-');
        const std::size_t first = std::stoul(range.substr(6, dash - 6));
        if (first >= size) {
            reply = {416, "Content-Range: bytes */" + std::to_string(size) + "\r\n", ""};
            return;
        }
        const std::size_t last = std::min(size - 1, std::stoul(range.substr(dash + 1)));
        reply.status = 206;
        reply.headers += "Content-Range: bytes " + std::to_string(first) + "-" +
                         std::to_string(last) + "/" + std::to_string(size) + "\r\n";
        reply.body = reply.body.substr(first, last - first + 1);
    }

    mutable std::mutex mutex_;
    std::map<std::string, Object> objects_;
    Manners manners_;
    std::vector<Question> questions_;
    int versions_ = 0;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::vector<std::thread> serving_;
    std::thread accepting_;
};

}  // namespace relief::testing
