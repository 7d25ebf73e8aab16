#include "tiler/postgis/connection_pool.hpp"

#include <algorithm>
#include <utility>

namespace relief::postgis {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortest_pause{250};
constexpr milliseconds longest_pause{30'000};
/// How often a wait asks whether the client has gone.
constexpr milliseconds pool_look_up{50};

}  // namespace

ConnectionPool::Loan::~Loan() {
    if (connection_) pool_.give_back(place_, std::move(connection_));
}

void ConnectionPool::give_back(const std::string& place, std::unique_ptr<Connection> connection) {
    const bool good = connection->alive();
    {
        const std::lock_guard lock(mutex_);
        Place& known = places_[place];
        --known.lent;
        if (good) known.idle.push_back(std::move(connection));
    }
    returned_.notify_all();
}

Result<ConnectionPool::Loan> ConnectionPool::lend(const DatabaseAddress& address,
                                                  const Deadline& deadline) {
    const std::string name = address.text();
    std::unique_lock lock(mutex_);
    Place& place = places_[name];
    while (place.lent >= most_) {
        returned_.wait_for(lock, pool_look_up);
        if (deadline.passed())
            return Error{Fault::out_of_time, "the layer's database has too much to answer"};
    }
    ++place.lent;
    while (!place.idle.empty()) {
        auto connection = std::move(place.idle.back());
        place.idle.pop_back();
        if (connection->alive()) return Loan(*this, name, std::move(connection));
    }
    lock.unlock();
    auto connection = connect(name, address, deadline);
    if (connection) return Loan(*this, name, std::move(*connection));
    lock.lock();
    --place.lent;
    lock.unlock();
    returned_.notify_all();
    return connection.error();
}

Result<std::unique_ptr<Connection>> ConnectionPool::connect(const std::string& place,
                                                            const DatabaseAddress& address,
                                                            const Deadline& deadline) {
    {
        const std::lock_guard lock(mutex_);
        if (Clock::now() < places_[place].closed_until) return places_[place].reason;
    }
    auto opened = Connection::open(address, deadline);
    const std::lock_guard lock(mutex_);
    Place& known = places_[place];
    if (opened) {
        known.pause = milliseconds(0);
        return std::make_unique<Connection>(std::move(*opened));
    }
    // A client that went away says nothing of the database.
    if (opened.error().fault != Fault::out_of_time) {
        known.pause = std::clamp(known.pause * 2, shortest_pause, longest_pause);
        known.closed_until = Clock::now() + known.pause;
        known.reason = opened.error();
    }
    return opened.error();
}

}  // namespace relief::postgis
