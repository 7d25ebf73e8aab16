#include "server/http/worker.hpp"

#include "tiler/core/instant.hpp"

#include <boost/asio/post.hpp>

#include <exception>
#include <vector>

namespace relief::http {

Worker::Worker(std::chrono::milliseconds tick) : tick_(tick), timer_(context_) {}

void Worker::run() {
    sweep();
    while (true) {
        try {
            context_.run();
            return;
        } catch (const std::exception&) {
            // Out of memory for one connection: the others go on.
            continue;
        }
    }
}

void Worker::stop(std::chrono::milliseconds grace) {
    boost::asio::post(context_, [this, grace] {
        draining_ = true;
        drained_by_ = Clock::now() + grace;
        // A connection may leave while it is told.
        const std::vector<Connection*> told(connections_.begin(), connections_.end());
        for (auto* connection : told) connection->drain();
        timer_.cancel();
    });
}

void Worker::leave(Connection& connection) {
    connections_.erase(&connection);
    boost::system::error_code ignored;
    if (draining_ && connections_.empty()) timer_.cancel(ignored);
}

void Worker::sweep() {
    if (draining_ && connections_.empty()) return;
    timer_.expires_after(tick_);
    timer_.async_wait([this](const boost::system::error_code& /*cancelled*/) {
        try {
            look(Clock::now());
        } catch (const std::exception&) {
            // Out of memory: they are looked at again with the next tick.
        }
        sweep();
    });
}

void Worker::look(Clock::time_point now) {
    const std::vector<Connection*> seen(connections_.begin(), connections_.end());
    for (auto* connection : seen) {
        if (now >= drained_by_) {
            connection->lose();
        } else {
            connection->sweep(now);
        }
    }
}

const std::string& Worker::date_field() {
    const auto now = std::chrono::system_clock::now();
    // Also when the clock was set back.
    if (now >= date_until_ || now < date_until_ - std::chrono::seconds(1)) {
        const auto second = std::chrono::floor<std::chrono::seconds>(now);
        date_until_ = second + std::chrono::seconds(1);
        const std::chrono::milliseconds since = second.time_since_epoch();
        date_field_ = "Date: " + to_http_date({since.count()}) + "\r\n";
    }
    return date_field_;
}

}  // namespace relief::http
