#pragma once
// Reports that are sent and decided on, and a publisher that follows them by a clock of the test.

#include "server/intake/feature_numbers.hpp"
#include "server/intake/publisher.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace relief::intake {

using testing::eventually;

inline constexpr std::int64_t quarter_ms = 900'000;
/// A quarter of an hour begins.
inline constexpr Instant quarter{1'700'000'100'000 / quarter_ms * quarter_ms};

class PublisherTest : public ::testing::Test {
protected:
    PublisherTest() {
        // High reports are shown without waiting two days, and where they are alone.
        settings_.levels.rules[2].delay_minutes = 0;
        settings_.levels.rules[2].hides_isolated = false;
        settings_.workspace = folder_.path();
        settings_.look = std::chrono::milliseconds(5);
        settings_.clock = [this] { return Instant{now_.load()}; };
        settings_.feature_of = [this](std::string_view id) { return numbers_.of(id); };
    }
    void start() {
        index_ = std::make_shared<shown::ShownIndex>(folder_.path());
        publisher_ = std::make_unique<Publisher>(
            settings_, index_, [this](const ViewChange& change) { note(change); }, *log_);
    }
    void stop() { publisher_.reset(); }

    std::string post(const report::Place& place, Sensitivity level, const std::string& contact) {
        exact::Arrival arrival;
        arrival.draft.place = place;
        arrival.draft.title = "title of " + contact;
        arrival.draft.category = "flood";
        arrival.draft.contact = contact;
        arrival.draft.sensitivity = level;
        const auto receipts =
            store_.receive(std::span(&arrival, 1), {Sensitivity::low, true}, Instant{now_.load()});
        EXPECT_TRUE(receipts);
        return receipts ? receipts->front().id : std::string();
    }
    void verify(const std::string& id) { decide(id, report::Status::verified); }
    void decide(const std::string& id, report::Status status) {
        exact::Change change;
        change.status = status;
        EXPECT_TRUE(
            store_.change(id, change, {"moderator", Role::moderator}, Instant{now_.load()}));
    }
    /// Five neighbours, each another source.
    std::vector<std::string> post_five(Sensitivity level, const std::string& who) {
        std::vector<std::string> ids;
        for (int i = 0; i < 5; ++i) {
            ids.push_back(post({36.8172 + i * 1e-4, -1.2863}, level, who + std::to_string(i)));
            verify(ids.back());
        }
        return ids;
    }
    std::uint64_t counted() const {
        const auto content = index_->sight().content;
        std::uint64_t all = content->points.size();
        for (const auto& area : *content->areas) all += area.count;
        return all;
    }
    bool shows(std::uint64_t number) const {
        return eventually([&] { return counted() == number; });
    }
    /// Longer than the publisher needs to look again.
    static void wait_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(80)); }
    void pass(std::int64_t milliseconds) { now_ += milliseconds; }

    /// relief.db takes no change, as that of a full disk does not.
    static constexpr const char* refusal =
        "CREATE TRIGGER refusal BEFORE INSERT ON shown_progress BEGIN SELECT RAISE(ABORT, 'full'); "
        "END";
    void run_on_tables(const char* statement) const {
        auto tables = workspace::Connection::open(folder_.path() / "relief.db",
                                                  workspace::Connection::Mode::write);
        ASSERT_TRUE(tables && tables->run(statement));
    }

    std::uint64_t seen_by(report::View view) {
        const std::lock_guard lock(mutex_);
        const auto found = sights_.find(view);
        return found == sights_.end() ? 0 : found->second.content->size();
    }
    std::string version_for(report::View view) {
        const std::lock_guard lock(mutex_);
        return sights_[view].version;
    }
    std::string public_bytes() const {
        std::string all;
        for (const char* const name : {"relief.db", "relief.db-wal"}) {
            std::ifstream stream(folder_.path() / name, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(stream), {});
        }
        return all;
    }

    relief::testing::TemporaryFolder folder_;
    exact::ExactStore store_ = std::move(*exact::ExactStore::open(folder_.path()));
    FeatureNumbers numbers_{folder_.path()};
    std::atomic<std::int64_t> now_ = quarter.milliseconds + 1000;
    std::unique_ptr<ops::Log> log_ = ops::make_log(ops::Log::Form::text);
    Publisher::Settings settings_;
    std::shared_ptr<shown::ShownIndex> index_;
    std::mutex mutex_;
    std::map<report::View, shown::Sight> sights_;
    std::unique_ptr<Publisher> publisher_;  // ends first: its thread tells what is noted above

private:
    void note(const ViewChange& change) {
        const std::lock_guard lock(mutex_);
        sights_[change.view] = change.sight;
    }
};

}  // namespace relief::intake
