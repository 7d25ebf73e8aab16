#include "server/intake/report_desk.hpp"

#include "server/intake/source_hash.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>
#include <utility>

namespace relief::intake {
namespace {

using exact::ExactStore;

// A commit of so many takes about as long as the disk's own sync: nobody waits for a batch for
// long.
constexpr std::size_t largest_batch = 512;
constexpr std::size_t most_idle_readers = 8;

Error has_ended() {
    return {Fault::too_busy, "the server is ending; try again in a moment"};
}

}  // namespace

ReportDesk::ReportDesk(Order order, std::function<void()> written, Clock clock)
    : order_(std::move(order)),
      written_(std::move(written)),
      clock_(clock ? std::move(clock) : Clock(present_moment)),
      thread_([this] { run(); }) {}

void ReportDesk::end() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    came_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool ReportDesk::post(Posted posted, Receipted then) {
    {
        const std::lock_guard lock(mutex_);
        if (ending_ || posts_waiting_ >= order_.queue) return false;
        ++posts_waiting_;
        waiting_.emplace_back(Post{std::move(posted), std::move(then)});
    }
    came_.notify_one();
    return true;
}

bool ReportDesk::add(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (ending_) return false;
        waiting_.emplace_back(std::move(job));
    }
    came_.notify_one();
    return true;
}

void ReportDesk::run() {
    while (true) {
        auto tasks = take_tasks();
        if (tasks.empty()) return;
        write(std::move(tasks));
    }
}

/// Posts that follow each other, or one job; nothing at the end.
std::vector<ReportDesk::Task> ReportDesk::take_tasks() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    auto end = waiting_.begin();
    while (end != waiting_.end() && std::holds_alternative<Post>(*end) &&
           static_cast<std::size_t>(end - waiting_.begin()) < largest_batch)
        ++end;
    posts_waiting_ -= static_cast<std::size_t>(end - waiting_.begin());
    if (end == waiting_.begin() && end != waiting_.end()) ++end;
    std::vector<Task> tasks(std::make_move_iterator(waiting_.begin()),
                            std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return tasks;
}

/// One that could not be opened is tried again with the next report.
Result<void> ReportDesk::ensure_store() {
    if (store_) return {};
    auto store = ExactStore::open(order_.workspace);
    if (!store) return store.error();
    const auto key = ensure_contact_key(order_.workspace);
    if (!key) return key.error();
    contact_key_ = *key;
    store_.emplace(std::move(*store));
    return {};
}

void ReportDesk::write(std::vector<Task> tasks) {
    if (auto* const job = std::get_if<Job>(&tasks.front()))
        (*job)();
    else
        write_posts(tasks);
}

Result<std::vector<Receipt>> ReportDesk::receive(std::vector<Task>& posts) {
    if (auto open = ensure_store(); !open) return open.error();
    const Instant now = clock_();
    std::vector<exact::Arrival> arrivals;
    arrivals.reserve(posts.size());
    for (Task& task : posts) {
        Posted& posted = std::get<Post>(task).posted;
        auto& arrival = arrivals.emplace_back();
        arrival.draft = std::move(posted.sent.draft);
        arrival.draft.contact = posted.sent.contact.empty()
                                    ? network_hash(posted.address, now, contact_key_)
                                    : contact_hash(posted.sent.contact, contact_key_);
        arrival.photos = std::move(posted.photos);
        arrival.idempotency_key = std::move(posted.idempotency_key);
        arrival.body_hash = std::move(posted.body_hash);
    }
    return store_->receive(arrivals, order_.rule, now);
}

void ReportDesk::write_posts(std::vector<Task>& posts) {
    const auto receipts = receive(posts);
    // First: who hears that a report is stored may ask at once what is shown of it.
    if (written_) written_();
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const Receipted& then = std::get<Post>(posts[i]).then;
        then(receipts ? Result<Receipt>((*receipts)[i]) : receipts.error());
    }
}

Result<ExactStore> ReportDesk::borrow() {
    {
        const std::lock_guard lock(readers_mutex_);
        if (!readers_.empty()) {
            ExactStore store = std::move(readers_.back());
            readers_.pop_back();
            return store;
        }
    }
    return ExactStore::open_existing(order_.workspace);
}

void ReportDesk::give_back(ExactStore store) {
    const std::lock_guard lock(readers_mutex_);
    if (readers_.size() < most_idle_readers) readers_.push_back(std::move(store));
}

template <typename Answer>
Result<Answer> ReportDesk::read(Answer none,
                                const std::function<Result<Answer>(ExactStore&)>& ask) {
    auto store = borrow();
    if (!store && store.error().fault == Fault::not_found) return none;
    if (!store) return store.error();
    auto answer = ask(*store);
    give_back(std::move(*store));
    return answer;
}

template <typename Answer>
Result<Answer> ReportDesk::decide(const std::function<Result<Answer>(ExactStore&)>& act) {
    std::promise<Result<Answer>> promise;
    auto answer = promise.get_future();
    const bool taken = add([&] {
        const auto open = ensure_store();
        auto done = open ? act(*store_) : Result<Answer>(open.error());
        if (written_) written_();
        promise.set_value(std::move(done));
    });
    if (!taken) return has_ended();
    return answer.get();
}

Result<std::optional<report::Report>> ReportDesk::find(std::string_view id) {
    return read<std::optional<report::Report>>(std::nullopt,
                                               [&](ExactStore& store) { return store.find(id); });
}

Result<std::vector<report::Report>> ReportDesk::page(const PageWish& wish) {
    return read<std::vector<report::Report>>({},
                                             [&](ExactStore& store) { return store.page(wish); });
}

Result<std::vector<HistoryEntry>> ReportDesk::history(std::string_view id) {
    return read<std::vector<HistoryEntry>>({},
                                           [&](ExactStore& store) { return store.history(id); });
}

Result<std::vector<Likeness>> ReportDesk::similar(const report::Report& report) {
    constexpr std::size_t most_looked_at = 500;
    auto others = read<std::vector<report::Report>>({}, [&](ExactStore& store) {
        return store.around(report, neighbourhood_of(report), most_looked_at);
    });
    if (!others) return others.error();
    return likenesses(report, std::move(*others));
}

Result<std::vector<std::string>> ReportDesk::unused(std::vector<std::string> photos) {
    return read<std::vector<std::string>>({},
                                          [&](ExactStore& store) { return store.unused(photos); });
}

Result<report::Report> ReportDesk::change(std::string_view id,
                                          const Change& change,
                                          const Author& author) {
    return decide<report::Report>(
        [&](ExactStore& store) { return store.change(id, change, author, clock_()); });
}

Result<std::vector<std::string>> ReportDesk::erase(std::string_view id) {
    return decide<std::vector<std::string>>([&](ExactStore& store) { return store.erase(id); });
}

}  // namespace relief::intake
