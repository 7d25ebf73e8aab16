#pragma once
// A real server on a free port of 127.0.0.1, with routes that a test can hold and release.

#include "server/http/response.hpp"
#include "server/http/route_table.hpp"
#include "server/http/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relief::http {

constexpr std::chrono::seconds patience{20};  // far beyond any limit that a test sets

/// Requests to /held, each answered only when the test says so.
class HeldRequests {
public:
    void add(std::shared_ptr<const Request> request, Responder answer) {
        const std::lock_guard lock(mutex_);
        held_.emplace_back(std::move(request), std::move(answer));
        changed_.notify_all();
    }
    bool wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return held_.size() >= count; });
    }
    void answer(std::size_t index, Response response) {
        std::unique_lock lock(mutex_);
        const auto responder = std::move(held_.at(index).second);
        lock.unlock();
        responder(std::move(response));
    }
    std::shared_ptr<const Request> request(std::size_t index) {
        const std::lock_guard lock(mutex_);
        return held_.at(index).first;
    }
    /// Lets a responder go without an answer.
    void forget(std::size_t index) {
        std::unique_lock lock(mutex_);
        const auto dropped = std::exchange(held_.at(index).second, nullptr);
        lock.unlock();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<std::shared_ptr<const Request>, Responder>> held_;
};

/// The body of each answer of /flow, which a test speaks through.
class OpenFlows {
public:
    std::shared_ptr<Flow> add() {
        const std::lock_guard lock(mutex_);
        flows_.push_back(std::make_shared<Flow>());
        changed_.notify_all();
        return flows_.back();
    }
    /// The one of that index, once it is there.
    std::shared_ptr<Flow> at(std::size_t index) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return flows_.size() > index; });
        return flows_.at(index);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<Flow>> flows_;
};

/// What the observer was told.
class Records {
public:
    void add(const AnswerRecord& record) {
        const std::lock_guard lock(mutex_);
        records_.push_back(record);
        changed_.notify_all();
    }
    std::vector<AnswerRecord> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return records_.size() >= count; });
        return records_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<AnswerRecord> records_;
};

inline ServerOptions free_port(unsigned io_threads = 2) {
    ServerOptions options;
    options.port = 0;
    options.io_threads = io_threads;
    return options;
}

class RunningServer {
public:
    explicit RunningServer(const ServerOptions& options = free_port()) {
        auto listening = Server::listen(options);
        if (!listening) throw std::runtime_error(listening.error().what);
        server_ = std::move(*listening);
        thread_ = std::thread([this, table = routes()] {
            server_->run(table, [this](const AnswerRecord& record) { records.add(record); });
        });
    }
    ~RunningServer() { stop(std::chrono::milliseconds(100)); }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    RunningServer(RunningServer&&) = delete;
    RunningServer& operator=(RunningServer&&) = delete;

    std::uint16_t port() const { return server_->port(); }
    Server& server() { return *server_; }
    /// Returns when the server has ended.
    void stop(std::chrono::milliseconds grace) {
        if (!thread_.joinable()) return;
        server_->stop(grace);
        thread_.join();
    }
    bool closes_all_but(std::size_t connections) {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (server_->open_connections() > connections) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return true;
    }

    HeldRequests held;
    OpenFlows flows;
    Records records;

private:
    std::shared_ptr<const RouteTable> routes() {
        auto table = std::make_shared<RouteTable>();
        const auto add = [&](const char* method, const char* pattern, Handler handler) {
            table->add({method, pattern, "", "", {}, {}, std::move(handler)});
        };
        add("GET", "/echo/{word}", [](const auto& request, const auto& answer) {
            answer(text(request->capture("word"), "text/plain"));
        });
        add("POST", "/echo", [](const auto& request, const auto& answer) {
            answer(text(request->body, "text/plain"));
        });
        table->add({"POST",
                    "/upload",
                    "",
                    "",
                    {},
                    {},
                    [](const auto& request, const auto& answer) {
                        answer(text(std::to_string(request->body.size()), "text/plain"));
                    },
                    {},
                    large_size});
        add("GET", "/held/{word}", [this](const auto& request, const auto& answer) {
            held.add(request, answer);
        });
        add("GET", "/flow", [this](const auto&, const auto& answer) {
            Response response;
            response.content_type = "text/plain";
            response.flow = flows.add();
            answer(std::move(response));
        });
        add("GET", "/large", [](const auto&, const auto& answer) {
            answer(text(std::string(large_size, 'x'), "text/plain"));
        });
        add("GET", "/throws", [](const auto&, const auto&) {
            throw std::runtime_error("secret words");
        });
        add("GET", "/base", [](const auto& request, const auto& answer) {
            answer(text(request->base_url + ' ' + request->remote_address, "text/plain"));
        });
        return table;
    }

    static constexpr std::size_t large_size = 8U << 20U;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

}  // namespace relief::http
