#pragma once
// Few connections to each database, shared by all threads.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/postgis/connection.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace relief::postgis {

/// A connection that was lost is replaced at its next use. A database that does not answer is not
/// asked again before a while, which doubles up to half a minute: until then askers hear so at
/// once.
class ConnectionPool {
public:
    /// `most`: connections to one database at the same time.
    explicit ConnectionPool(std::size_t most) : most_(most) {}

    /// Lent to one thread; comes back when it is destroyed.
    class Loan {
    public:
        ~Loan();
        Loan(Loan&& other) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        Connection& operator*() const noexcept { return *connection_; }
        Connection* operator->() const noexcept { return connection_.get(); }

    private:
        friend class ConnectionPool;
        Loan(ConnectionPool& pool, std::string place, std::unique_ptr<Connection> connection)
            : pool_(pool), place_(std::move(place)), connection_(std::move(connection)) {}

        ConnectionPool& pool_;
        std::string place_;
        std::unique_ptr<Connection> connection_;
    };

    /// Waits for one that is free. Errors: those of Connection::open(); out_of_time.
    Result<Loan> lend(const DatabaseAddress& address, const Deadline& deadline);

private:
    using Clock = std::chrono::steady_clock;
    struct Place {
        std::vector<std::unique_ptr<Connection>> idle;
        std::size_t lent = 0;
        Clock::time_point closed_until;
        std::chrono::milliseconds pause{0};
        Error reason{Fault::source_broken, {}, {}};  ///< of the last failure
    };
    void give_back(const std::string& place, std::unique_ptr<Connection> connection);
    Result<std::unique_ptr<Connection>> connect(const std::string& place,
                                                const DatabaseAddress& address,
                                                const Deadline& deadline);

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::map<std::string, Place> places_;
};

}  // namespace relief::postgis
