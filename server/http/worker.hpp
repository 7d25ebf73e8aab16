#pragma once
// One I/O thread: its event loop, its connections, and the clock that ends the slow ones.

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <string>
#include <unordered_set>
#include <utility>

namespace relief::http {

using Clock = std::chrono::steady_clock;
using Executor = boost::asio::io_context::executor_type;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

/// What a worker asks of its connections, always on its own thread.
class Connection {
public:
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    /// Ends what has lasted too long.
    virtual void sweep(Clock::time_point now) = 0;
    /// No further requests: closes when idle, else after the answers under way.
    virtual void drain() = 0;
    /// Closes now.
    virtual void lose() = 0;

protected:
    Connection() = default;
};

/// A sweep over all connections at short intervals takes the place of a timer for each read and
/// write: setting one would cost more than the read.
class Worker {
public:
    explicit Worker(std::chrono::milliseconds tick);

    boost::asio::io_context& context() noexcept { return context_; }
    /// Runs until drained.
    void run();
    /// From any thread: drains all connections, loses those still there after `grace`.
    void stop(std::chrono::milliseconds grace);

    // For connections, on this thread:
    void join(Connection& connection) { connections_.insert(&connection); }
    void leave(Connection& connection);
    bool is_draining() const noexcept { return draining_; }
    /// The Date field of an answer, made anew each second.
    const std::string& date_field();

private:
    void sweep();
    void look(Clock::time_point now);

    std::chrono::milliseconds tick_;
    boost::asio::io_context context_{1};
    Timer timer_;
    std::unordered_set<Connection*> connections_;
    bool draining_ = false;
    Clock::time_point drained_by_ = Clock::time_point::max();
    std::string date_field_;
    std::chrono::system_clock::time_point date_until_{};
};

/// Membership of a connection in its worker, as long as its reader runs.
class Membership {
public:
    Membership(Worker& worker, Connection& connection) : worker_(worker), connection_(connection) {
        worker_.join(connection_);
    }
    ~Membership() { worker_.leave(connection_); }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;
    Membership(Membership&&) = delete;
    Membership& operator=(Membership&&) = delete;

private:
    Worker& worker_;
    Connection& connection_;
};

}  // namespace relief::http
