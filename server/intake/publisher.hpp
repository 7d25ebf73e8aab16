#pragma once
// Follows exact.db: what it says becomes what each view is shown.

#include "server/intake/derivation.hpp"
#include "server/intake/exact_texts.hpp"
#include "server/ops/log.hpp"
#include "tiler/shown/shown_index.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace relief::intake {

/// A view that shows something else than before.
struct ViewChange {
    report::View view = report::View::open;
    shown::Sight sight;
    /// Of the open view: reports that are new there or told anew. What is shown together only is
    /// not among them.
    std::vector<shown::PublicReport> put{};
};

/// What everyone may see one by one is shown at once; what is shown together only comes in batches,
/// at fixed times of the clock; what may not be seen any more is gone at once. All of it follows
/// from exact.db: without the tables shown_* the same comes to be again, but for what was decided
/// since the last batch, which waits for the next.
class Publisher {
public:
    struct Settings {
        std::filesystem::path workspace;
        report::PrivacyLevels levels = report::default_privacy_levels();
        report::Moderation moderation = report::Moderation::before;
        std::chrono::milliseconds batch{std::chrono::minutes(15)};
        std::chrono::milliseconds look{250};  ///< how often exact.db is asked when nobody tells
        std::function<Instant()> clock = present_moment;
        /// The id that a report has in tiles, made with a key of the workspace. Errors: those of
        /// the key; nothing is shown then.
        std::function<Result<std::uint64_t>(std::string_view id)> feature_of;
    };
    using Told = std::function<void(const ViewChange&)>;

    /// Shows what the tables hold before it returns. `told` is called then, and later from the
    /// publisher's thread; both outlive it.
    Publisher(Settings settings,
              std::shared_ptr<shown::ShownIndex> index,
              Told told,
              ops::Log& log);
    ~Publisher() { end(); }
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;
    Publisher(Publisher&&) = delete;
    Publisher& operator=(Publisher&&) = delete;

    /// exact.db was written. Any thread; does not wait.
    void tell();
    /// Waits until all that was told of before is shown, but no longer than that. Any thread.
    void settle(std::chrono::milliseconds at_most);
    /// One thread calls it.
    void end();

private:
    void begin();
    void run();
    bool rest();
    Result<void> step();
    Result<void> look(bool told);
    Result<bool> ensure_exact();
    Result<void> follow();
    Result<void> take(const std::vector<exact::OutboxEntry>& entries);
    Result<void> batch();
    struct Moment {
        Instant changed;         ///< what everyone is told of it
        std::int64_t batch = 0;  ///< the last
    };
    Result<void> write(const Moment& moment);
    shown::ShownChange pending(const Moment& moment);
    Result<shown::ShownStore*> store();
    void show_open(std::vector<shown::PublicReport> put);
    /// A view that follows at once, and what it was told last.
    struct Follower {
        report::View view;
        std::shared_ptr<const shown::RowTexts> texts{};
        shown::ContentPointer told{};
        std::uint64_t count = 0;
    };
    void show_others();
    void show_to(Follower& follower, const shown::ContentPointer& content);
    std::int64_t last_batch() const;
    std::shared_ptr<const shown::RowTexts> texts_of(report::View view) const;
    std::string epoch() const;

    Settings settings_;
    std::shared_ptr<shown::ShownIndex> index_;
    Told told_;
    ops::Log& log_;
    Derivation derivation_;
    std::shared_ptr<ReportIds> ids_ = std::make_shared<ReportIds>();
    Follower analyst_{report::View::analyst};
    Follower moderator_{report::View::exact};
    std::optional<exact::ExactStore> exact_;
    std::optional<std::int64_t> data_version_;
    std::optional<shown::ShownStore> store_;
    shown::Progress progress_;   ///< as the tables have it
    std::int64_t followed_ = 0;  ///< sequence, since this began; beyond `progress_`: to be written
    bool caught_up_ = false;     ///< all that there was when this began is followed
    std::string complaint_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable settled_;
    std::uint64_t told_count_ = 1;   ///< how often tell() was called, and once for the beginning
    std::uint64_t shown_count_ = 0;  ///< of these, those that are followed; the thread writes it
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace relief::intake
