#include "server/service/table_watch.hpp"

#include "tiler/core/version.hpp"
#include "tiler/ingest/table.hpp"
#include "tiler/postgis/table_catalogue.hpp"

#include <algorithm>
#include <utility>

namespace relief::service {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds patience_for_look{20};
/// A notice for each of a thousand rows is one change.
constexpr milliseconds between_table_looks{200};
/// How often the thread looks whether it is to end.
constexpr milliseconds breath{100};
constexpr milliseconds first_pause{250};
constexpr milliseconds last_pause{10'000};

std::uint64_t moment_number() {
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() /
                                      std::chrono::microseconds(1));
}

}  // namespace

DatabaseWatch::DatabaseWatch(DatabaseAddress address,
                             milliseconds age,
                             std::function<void()> changed)
    : address_(std::move(address)),
      changed_(std::move(changed)),
      age_(age),
      session_(moment_number()),
      stopping_(std::make_shared<std::atomic<bool>>(false)),
      thread_([this] { run(); }) {}

DatabaseWatch::~DatabaseWatch() {
    *stopping_ = true;
    {
        // Who is about to sleep must not miss the bell.
        const std::lock_guard lock(mutex_);
    }
    wake_.notify_all();
    thread_.join();
}

void DatabaseWatch::set_age(milliseconds age) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(age_, age) == age) return;
    for (auto& [name, table] : tables_) table.due = std::min(table.due, table.looked + age);
}

void DatabaseWatch::follow(const std::vector<workspace::Observation>& stored) {
    const std::lock_guard lock(mutex_);
    std::map<std::string, Table> next;
    for (const workspace::Observation& observation : stored) {
        auto address = TableAddress::make(observation.file);
        if (!address) continue;
        const auto& times = observation.vector().times;
        const std::string attribute = times ? times->attribute : std::string();
        const auto known = tables_.find(observation.file);
        // Added again with another column of times it is another layer.
        const bool same = known != tables_.end() && known->second.time_attribute == attribute;
        next.emplace(observation.file,
                     same ? std::move(known->second)
                          : Table{std::move(*address), attribute, observation, {}, 0, {}, {}, {}});
    }
    tables_ = std::move(next);
}

/// Other than the one before a restart: what changed meanwhile may not be counted yet.
std::string DatabaseWatch::version_text(const Table& table) const {
    return fingerprint(table.known.version.text + ":" + std::to_string(session_) + ":" +
                       std::to_string(table.notices));
}

void DatabaseWatch::settle(workspace::Observation& observation) const {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(observation.file);
    if (found == tables_.end()) return;
    const Table& table = found->second;
    observation.broken = table.problem;
    observation.content = table.known.content;
    observation.modified = table.known.modified;
    observation.version = {version_text(table)};
}

void DatabaseWatch::look_soon() {
    const std::lock_guard lock(mutex_);
    for (auto& [name, table] : tables_)
        table.due = std::min(table.due, table.looked + between_table_looks);
}

void DatabaseWatch::sleep(milliseconds time) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, time, [this] { return stopping_->load(); });
}

void DatabaseWatch::run() {
    while (!*stopping_) {
        if (connection_ || connect()) {
            watch();
        } else {
            pause_ = std::clamp(pause_ * 2, first_pause, last_pause);
            sleep(pause_);
        }
    }
}

bool DatabaseWatch::connect() {
    const Deadline deadline(Deadline::Clock::now() + patience_for_look, stopping_);
    auto opened = postgis::Connection::open(address_, deadline);
    // Before anything is read: what changes from now on is told.
    const auto listening =
        opened ? opened->listen(table_channel, deadline) : Result<void>(opened.error());
    if (!listening) {
        if (!*stopping_) tell_problem(listening.error());
        return false;
    }
    pause_ = milliseconds(0);
    connection_.emplace(std::move(*opened));
    const std::lock_guard lock(mutex_);
    session_ = moment_number();
    for (auto& [name, table] : tables_) {
        table.due = {};
        table.told.clear();
    }
    return true;
}

void DatabaseWatch::tell_problem(const Error& error) {
    bool news = false;
    {
        const std::lock_guard lock(mutex_);
        for (auto& [name, table] : tables_)
            news = std::exchange(table.problem, error.what) != error.what || news;
    }
    if (news) changed_();
}

/// One breath: what is due is looked at, what is told is taken.
void DatabaseWatch::watch() {
    look_at_due();
    if (!connection_ || *stopping_) return;
    const auto told = connection_->notices(breath);
    if (!told) return connection_.reset();
    take(*told);
}

void DatabaseWatch::take(const std::vector<std::string>& payloads) {
    const std::lock_guard lock(mutex_);
    for (const std::string& payload : payloads) {
        for (auto& [name, table] : tables_) {
            const bool meant =
                payload.empty() || payload == table.address.schema + "." + table.address.table;
            if (!meant) continue;
            ++table.notices;
            table.told.clear();
            table.due = std::min(table.due, table.looked + between_table_looks);
        }
    }
}

std::vector<std::string> DatabaseWatch::due_tables() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> due;
    for (const auto& [name, table] : tables_)
        if (table.due <= Clock::now()) due.push_back(name);
    return due;
}

void DatabaseWatch::look_at_due() {
    for (const std::string& name : due_tables()) {
        if (*stopping_) return;
        const bool news = look(name);
        if (!connection_->alive()) connection_.reset();
        if (news) changed_();
        if (!connection_) return;
    }
}

/// Nothing when it has not changed.
Result<std::optional<workspace::Observation>> DatabaseWatch::seen_of(const Table& table) {
    const Deadline deadline(Deadline::Clock::now() + patience_for_look, stopping_);
    if (!table.told.empty()) {
        const auto version = postgis::version_of(*connection_, table.address, deadline);
        if (!version) return version.error();
        if (version->text == table.told) return std::optional<workspace::Observation>();
    }
    auto seen = ingest::inspect_table(*connection_, table.address, table.time_attribute, deadline);
    if (!seen) return seen.error();
    return std::optional(std::move(*seen));
}

/// True when settle() answers otherwise than before.
bool DatabaseWatch::look(const std::string& name) {
    std::optional<Table> before;
    {
        const std::lock_guard lock(mutex_);
        const auto found = tables_.find(name);
        if (found == tables_.end()) return false;
        before = found->second;
    }
    auto seen = seen_of(*before);
    const std::lock_guard lock(mutex_);
    const auto place = tables_.find(name);
    if (place == tables_.end() || *stopping_) return false;
    Table& table = place->second;
    table.looked = Clock::now();
    table.due = table.looked + age_;
    const std::string problem = seen ? std::string() : seen.error().what;
    const bool same_problem = std::exchange(table.problem, problem) == problem;
    if (!seen || !*seen) return !same_problem;
    table.known = std::move(**seen);
    // A notice that came meanwhile asks for another look.
    if (table.notices == before->notices) table.told = table.known.version.text;
    return true;
}

void TableWatch::when_changed(std::function<void()> changed) {
    const std::lock_guard lock(telling_);
    changed_ = std::move(changed);
}

void TableWatch::tell() {
    const std::lock_guard lock(telling_);
    if (changed_) changed_();
}

void TableWatch::set_age(milliseconds age) {
    const std::lock_guard lock(mutex_);
    age_ = age;
    for (const auto& [name, database] : databases_) database->set_age(age);
}

void TableWatch::follow(const std::vector<workspace::Observation>& stored) {
    std::map<std::string, std::vector<workspace::Observation>> tables;
    std::map<std::string, DatabaseAddress> addresses;
    for (const workspace::Observation& observation : stored) {
        const auto address = TableAddress::make(observation.file);
        if (!address) continue;
        const std::string name = address->database.text();
        tables[name].push_back(observation);
        addresses[name] = address->database;
    }
    std::map<std::string, std::shared_ptr<DatabaseWatch>> gone;  // ends after the lock
    const std::lock_guard lock(mutex_);
    gone.swap(databases_);
    for (const auto& [name, observations] : tables) {
        auto known = gone.extract(name);
        auto watch =
            known ? known.mapped()
                  : std::make_shared<DatabaseWatch>(addresses[name], age_, [this] { tell(); });
        watch->follow(observations);
        databases_[name] = std::move(watch);
    }
}

std::shared_ptr<DatabaseWatch> TableWatch::watch_of(const std::string& address) const {
    const auto table = TableAddress::make(address);
    if (!table) return nullptr;
    const std::lock_guard lock(mutex_);
    const auto found = databases_.find(table->database.text());
    return found == databases_.end() ? nullptr : found->second;
}

void TableWatch::settle(workspace::Observation& observation) const {
    if (const auto watch = watch_of(observation.file)) watch->settle(observation);
}

void TableWatch::look_soon(const std::string& address) {
    if (const auto watch = watch_of(address)) watch->look_soon();
}

}  // namespace relief::service
