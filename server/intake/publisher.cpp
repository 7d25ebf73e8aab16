#include "server/intake/publisher.hpp"

#include <algorithm>
#include <utility>

namespace relief::intake {
namespace {

constexpr std::size_t entries_at_once = 5000;
constexpr std::size_t most_waiting = 100'000;  // reports that the tables did not take
constexpr std::chrono::seconds retry{1};

/// Everyone sees something else by it.
bool shows(const shown::ShownChange& change) {
    return !change.put.empty() || !change.erased.empty() || change.groups;
}

std::vector<shown::AreaRow> rows_of(const std::vector<shown::ShownGroup>& groups) {
    std::vector<shown::AreaRow> rows;
    rows.reserve(groups.size());
    for (const shown::ShownGroup& group : groups) rows.push_back(group.row);
    return rows;
}

}  // namespace

Publisher::Publisher(Settings settings,
                     std::shared_ptr<shown::ShownIndex> index,
                     Told told,
                     ops::Log& log)
    : settings_(std::move(settings)),
      index_(std::move(index)),
      told_(std::move(told)),
      log_(log),
      derivation_({settings_.levels, settings_.moderation, [this](std::string_view id) {
                       const auto feature = settings_.feature_of(id);
                       return feature ? *feature : 0;
                   }}) {
    begin();
    thread_ = std::thread([this] { run(); });
}

void Publisher::tell() {
    {
        const std::lock_guard lock(mutex_);
        ++told_count_;
    }
    wake_.notify_one();
}

void Publisher::settle(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    const std::uint64_t told = told_count_;
    settled_.wait_for(lock, at_most, [&] { return shown_count_ >= told || ending_; });
}

void Publisher::end() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    settled_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::string Publisher::epoch() const {
    return report::policy_epoch(settings_.levels) +
           (settings_.moderation == report::Moderation::after ? "a" : "b");
}

/// What the tables hold is shown before anything is followed, and when there is nothing to follow.
void Publisher::begin() {
    analyst_.texts = texts_of(analyst_.view);
    moderator_.texts = texts_of(moderator_.view);
    auto opened = shown::ShownStore::open_existing(settings_.workspace);
    if (!opened) return;
    const auto progress = opened->progress();
    // By other rules it may be more than is to be seen now.
    if (!progress || progress->epoch != epoch()) return;
    if (const auto loaded = opened->load(derivation_.open()); !loaded) {
        log_.write(ops::Level::warning, "reports", {{"reason", loaded.error().what}});
        return;
    }
    progress_ = *progress;
    show_open({});
}

std::shared_ptr<const shown::RowTexts> Publisher::texts_of(report::View view) const {
    return std::make_shared<const ExactTexts>(
        ExactTexts::Order{settings_.workspace,
                          view,
                          settings_.levels,
                          settings_.moderation,
                          [feature_of = settings_.feature_of](std::string_view id) {
                              const auto feature = feature_of(id);
                              return feature ? *feature : 0;
                          }},
        ids_);
}

/// False: it is over.
bool Publisher::rest() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, settings_.look, [this] { return told_count_ != shown_count_ || ending_; });
    return !ending_;
}

void Publisher::run() {
    while (rest()) {
        const auto done = step();
        const std::string complaint = done ? std::string() : done.error().what;
        if (std::exchange(complaint_, complaint) != complaint && !done)
            log_.write(ops::Level::warning,
                       "reports",
                       {{"reason", done.error().what}, {"detail", done.error().detail}});
        if (done) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, retry, [this] { return ending_; });
    }
}

Result<bool> Publisher::ensure_exact() {
    if (exact_) return true;
    auto opened = exact::ExactStore::open_existing(settings_.workspace);
    if (!opened && opened.error().fault == Fault::not_found) return false;
    if (!opened) return opened.error();
    exact_.emplace(std::move(*opened));
    return true;
}

Result<void> Publisher::step() {
    std::uint64_t told = 0;
    {
        const std::lock_guard lock(mutex_);
        told = told_count_;
    }
    const auto there = ensure_exact();
    if (!there) return there.error();
    if (*there)
        if (auto looked = look(told != shown_count_); !looked) return looked;
    {
        const std::lock_guard lock(mutex_);
        shown_count_ = told;
    }
    settled_.notify_all();
    return {};
}

Result<void> Publisher::look(bool told) {
    const auto version = exact_->data_version();
    if (!version) return version.error();
    if (told || data_version_ != *version) {
        auto followed = follow();
        // Other views do not wait for the tables of everyone's.
        show_others();
        if (!followed) return followed;
        // Asked before: what is written meanwhile is followed the next time.
        data_version_ = *version;
    }
    return batch();
}

/// The tables begin anew where they were made by other rules, or follow another exact.db.
Result<shown::ShownStore*> Publisher::store() {
    if (!store_) {
        // Without the key nobody could be told one report from another.
        if (const auto key = settings_.feature_of("key"); !key) return key.error();
        auto opened = shown::ShownStore::open(settings_.workspace);
        if (!opened) return opened.error();
        store_.emplace(std::move(*opened));
    }
    if (progress_.epoch == epoch()) return &*store_;
    if (auto cleared = store_->clear(); !cleared) return cleared.error();
    progress_ = {};
    progress_.epoch = epoch();
    progress_.batch = last_batch();
    return &*store_;
}

/// Other views follow where the tables cannot, for as long as what waits for them can be held.
Result<void> Publisher::follow() {
    Result<void> written;
    while (true) {
        if (written && followed_ > progress_.sequence)
            written = write({settings_.clock(), progress_.batch});
        if (!written && derivation_.change_count() > most_waiting) return written;
        const auto entries = exact_->outbox(followed_, entries_at_once);
        if (!entries) return entries.error();
        caught_up_ = caught_up_ || entries->empty();
        if (entries->empty()) return written;
        if (auto taken = take(*entries); !taken) return taken;
    }
}

Result<void> Publisher::take(const std::vector<exact::OutboxEntry>& entries) {
    if (auto ready = store(); !ready) return ready.error();
    for (const exact::OutboxEntry& entry : entries) {
        if (entry.report) ids_->put(entry.number, entry.report->id);
        const bool known = entry.sequence <= progress_.sequence;
        derivation_.take(entry, {known, !known && !caught_up_, progress_.batch});
        followed_ = entry.sequence;
    }
    return {};
}

std::int64_t Publisher::last_batch() const {
    const std::int64_t now = settings_.clock().milliseconds;
    return now - now % settings_.batch.count();
}

Result<void> Publisher::batch() {
    const std::int64_t last = last_batch();
    if (followed_ == 0 || (progress_.batch >= last && !derivation_.regroup())) return {};
    if (progress_.batch < last) derivation_.begin_batch(last);
    return write({Instant{last}, last});
}

/// What the tables lack, with the progress that they have then.
shown::ShownChange Publisher::pending(const Moment& moment) {
    shown::ShownChange change;
    Derivation::Open open = derivation_.changes();
    change.put = std::move(open.put);
    change.erased = std::move(open.erased);
    if (derivation_.regroup()) {
        auto groups = derivation_.groups();
        if (!derivation_.open().has_groups(rows_of(groups))) change.groups = std::move(groups);
    }
    change.progress = progress_;
    change.progress.sequence = std::max(progress_.sequence, followed_);
    change.progress.batch = moment.batch;
    if (shows(change)) {
        // Never the number of another content, whatever was lost before.
        change.progress.revision = std::max(progress_.revision + 1, moment.changed.milliseconds);
        change.progress.changed = moment.changed;
    }
    return change;
}

/// The tables first, then the memory: whoever sees a report in a tile can ask for it. What they do
/// not take stays to be written: a report that is withdrawn must not stay there for good.
Result<void> Publisher::write(const Moment& moment) {
    const auto tables = store();
    if (!tables) return tables.error();
    shown::ShownChange change = pending(moment);
    if (auto written = (*tables)->write(change); !written) return written;
    derivation_.settled();
    progress_ = change.progress;
    if (change.groups) derivation_.open().put_groups(rows_of(*change.groups));
    if (shows(change)) show_open(std::move(change.put));
    return {};
}

void Publisher::show_open(std::vector<shown::PublicReport> put) {
    index_->show(derivation_.open().now(), progress_);
    told_({report::View::open, index_->sight(), std::move(put)});
}

void Publisher::show_others() {
    show_to(analyst_, derivation_.analyst().now());
    show_to(moderator_, derivation_.exact().now());
}

/// Who sees nothing else than before is told nothing: that something came which is not for them
/// would show by its moment.
void Publisher::show_to(Follower& follower, const shown::ContentPointer& content) {
    if (follower.told == content) return;
    follower.told = content;
    const Instant now = settings_.clock();
    const std::string version =
        epoch() + "-" + std::string(name_of(report::view_names, follower.view)) + "-" +
        std::to_string(now.milliseconds) + "-" + std::to_string(++follower.count);
    told_({follower.view, {content, follower.texts, version, now}});
}

}  // namespace relief::intake
