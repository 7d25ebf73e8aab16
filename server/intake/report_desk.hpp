#pragma once
// Reports come in, are looked at and decided on: one writer with group commit, many readers.

#include "server/access/key_file.hpp"
#include "server/intake/sent_report.hpp"
#include "server/intake/similar.hpp"
#include "tiler/core/result.hpp"
#include "tiler/exact/exact_store.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

namespace relief::intake {

// The words of the store that those who ask the desk use.
using exact::Author;
using exact::Change;
using exact::HistoryEntry;
using exact::Outcome;
using exact::PageWish;
using exact::Receipt;

/// A report on its way to the store.
struct Posted {
    SentReport sent;
    std::string address{};              ///< it came from; counted by its block, not kept
    std::vector<std::string> photos{};  ///< sha-256 of files that are stored already
    std::string idempotency_key{};      ///< with whom it came from; empty: none
    std::string body_hash{};
};

/// For any thread. exact.db is made when the first report comes; until then there are none. A
/// thread of its own writes: what waits is one transaction, and each is told after the disk has it.
class ReportDesk {
public:
    using Clock = std::function<Instant()>;
    using Receipted = std::function<void(Result<Receipt>)>;
    struct Order {
        std::filesystem::path workspace;
        exact::IntakeRule rule{};
        std::size_t queue = 4096;  ///< reports that wait for the writer
    };

    /// Starts the thread. `written` is called from it after each commit and must not block.
    /// `clock`: the time of day.
    explicit ReportDesk(Order order, std::function<void()> written = {}, Clock clock = {});
    ~ReportDesk() { end(); }
    ReportDesk(const ReportDesk&) = delete;
    ReportDesk& operator=(const ReportDesk&) = delete;
    ReportDesk(ReportDesk&&) = delete;
    ReportDesk& operator=(ReportDesk&&) = delete;

    /// `then` is called from the desk's thread when the report is durable, or why it is not; it
    /// must not block. False: too many wait, or the desk has ended; nothing will be called.
    bool post(Posted posted, Receipted then);

    // These block on the disk.
    Result<std::optional<report::Report>> find(std::string_view id);
    Result<std::vector<report::Report>> page(const PageWish& wish);
    Result<std::vector<HistoryEntry>> history(std::string_view id);
    /// Others that may tell of the same as this one, the likeliest first.
    Result<std::vector<Likeness>> similar(const report::Report& report);
    /// Those of the photos that no report has; none where there is no store to know it.
    Result<std::vector<std::string>> unused(std::vector<std::string> photos);
    Result<report::Report> change(std::string_view id, const Change& change, const Author& author);
    /// Gives the photos that no report has any more.
    Result<std::vector<std::string>> erase(std::string_view id);

    /// Writes what waits; takes no more. One thread calls it.
    void end();

private:
    struct Post {
        Posted posted;
        Receipted then;
    };
    using Job = std::function<void()>;
    using Task = std::variant<Post, Job>;

    void run();
    std::vector<Task> take_tasks();
    void write(std::vector<Task> tasks);
    void write_posts(std::vector<Task>& posts);
    Result<std::vector<Receipt>> receive(std::vector<Task>& posts);
    Result<void> ensure_store();
    bool add(Job job);

    template <typename Answer>
    Result<Answer> read(Answer none, const std::function<Result<Answer>(exact::ExactStore&)>& ask);
    template <typename Answer>
    Result<Answer> decide(const std::function<Result<Answer>(exact::ExactStore&)>& act);
    Result<exact::ExactStore> borrow();
    void give_back(exact::ExactStore store);

    Order order_;
    std::function<void()> written_;
    Clock clock_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Task> waiting_;
    std::size_t posts_waiting_ = 0;
    bool ending_ = false;
    std::mutex readers_mutex_;
    std::vector<exact::ExactStore> readers_;  ///< not lent
    std::optional<exact::ExactStore> store_;  ///< of the thread; none yet, or it failed
    access::SecretKey contact_key_{};         ///< the same
    std::thread thread_;
};

}  // namespace relief::intake
