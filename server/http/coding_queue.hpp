#pragma once
// Compression away from the I/O threads, as much of it as may wait.

#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <memory>

namespace relief::http {

/// Runs a job on a thread of the pool while it lasts. False: the job is not taken, since too many
/// wait already; for any thread.
std::function<bool(std::function<void()>)> coding_queue(
    const std::shared_ptr<boost::asio::thread_pool>& pool);

}  // namespace relief::http
