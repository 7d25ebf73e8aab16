#pragma once
// Tables of the catalogue: their databases tell, or are asked, whether they have changed.

#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/workspace/layer.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace relief::service {

/// The channel of PostgreSQL on which a change is told: NOTIFY relief, 'schema.table', or with
/// nothing for every table of the database.
inline constexpr const char* table_channel = "relief";

/// The tables of one database, watched over one connection by a thread of its own: a database that
/// does not answer delays no other.
class DatabaseWatch {
public:
    /// `changed`: told on the watch's thread when settle() would answer otherwise than before.
    DatabaseWatch(DatabaseAddress address,
                  std::chrono::milliseconds age,
                  std::function<void()> changed);
    ~DatabaseWatch();
    DatabaseWatch(const DatabaseWatch&) = delete;
    DatabaseWatch& operator=(const DatabaseWatch&) = delete;
    DatabaseWatch(DatabaseWatch&&) = delete;
    DatabaseWatch& operator=(DatabaseWatch&&) = delete;

    void set_age(std::chrono::milliseconds age);
    void follow(const std::vector<workspace::Observation>& stored);
    void settle(workspace::Observation& observation) const;
    void look_soon();

private:
    using Clock = std::chrono::steady_clock;
    struct Table {
        TableAddress address;
        std::string time_attribute;    ///< as it was stored; empty: found out
        workspace::Observation known;  ///< as it was stored, then as it was found last
        std::string told;  ///< what the database counted then; empty: it is to be looked at anew
        /// Changes with each notice, whatever the database has counted by then.
        std::uint64_t notices = 0;
        std::string problem;
        Clock::time_point due;
        Clock::time_point looked;
    };
    void run();
    void watch();
    bool connect();
    void look_at_due();
    bool look(const std::string& name);
    Result<std::optional<workspace::Observation>> seen_of(const Table& table);
    void take(const std::vector<std::string>& payloads);
    std::vector<std::string> due_tables() const;
    void tell_problem(const Error& error);
    void sleep(std::chrono::milliseconds time);
    std::string version_text(const Table& table) const;

    const DatabaseAddress address_;
    const std::function<void()> changed_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::chrono::milliseconds age_;
    std::map<std::string, Table> tables_;  ///< by address
    std::uint64_t session_;                ///< changes with each connection: notices were missed
    std::shared_ptr<std::atomic<bool>> stopping_;
    std::optional<postgis::Connection> connection_;  ///< of the thread
    std::chrono::milliseconds pause_{0};
    std::thread thread_;
};

/// Any thread may call.
class TableWatch {
public:
    /// `age`: how long what a database counted counts, where nothing tells of changes.
    explicit TableWatch(std::chrono::milliseconds age) : age_(age) {}

    /// Told on another thread when settle() would answer otherwise than before; empty: nobody is.
    /// No call is under way when this returns.
    void when_changed(std::function<void()> changed);
    void set_age(std::chrono::milliseconds age);
    /// From now on these tables, and no others, are watched; new ones at once.
    void follow(const std::vector<workspace::Observation>& stored);
    /// Gives the observation what its table is now and, while it cannot be read, the reason.
    void settle(workspace::Observation& observation) const;
    /// A reader has met an error.
    void look_soon(const std::string& address);

private:
    std::shared_ptr<DatabaseWatch> watch_of(const std::string& address) const;
    void tell();

    std::chrono::milliseconds age_;
    std::mutex telling_;
    std::function<void()> changed_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<DatabaseWatch>> databases_;
};

}  // namespace relief::service
