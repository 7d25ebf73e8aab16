#include "server/http/coding_queue.hpp"

#include <boost/asio/post.hpp>

#include <atomic>
#include <cstddef>
#include <utility>

namespace relief::http {

std::function<bool(std::function<void()>)> coding_queue(
    const std::shared_ptr<boost::asio::thread_pool>& pool) {
    constexpr std::size_t most = 64;
    return [held = std::weak_ptr<boost::asio::thread_pool>(pool),
            waiting = std::make_shared<std::atomic<std::size_t>>(0)](std::function<void()> job) {
        const auto threads = held.lock();
        if (!threads) return false;
        if (waiting->fetch_add(1) >= most) {
            waiting->fetch_sub(1);
            return false;
        }
        boost::asio::post(*threads, [waiting, job = std::move(job)] {
            waiting->fetch_sub(1);
            job();
        });
        return true;
    };
}

}  // namespace relief::http
