#include "server/cache/disk_cache.hpp"

#include "server/cache/disk_entry.hpp"
#include "server/cache/disk_folder.hpp"
#include "server/cache/disk_index.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

namespace relief::cache {
namespace {

// 100,000 files on a warm ext4 took 1.2 s on two cores that twenty other jobs were using.
constexpr std::chrono::seconds patience{1};
constexpr std::size_t recount_fraction = 8;

}  // namespace

//              prepared              counted
//   off ─────────────────▶ counting ─────────▶ on ─┐ an eighth of the bound written: counted again,
//    ▲                                         │   └─ still on
//    └───────── a write failed, for `retry` ───┘
// Reading goes on in all three.
struct DiskCache::State {
    State(std::filesystem::path path, std::size_t bound, std::chrono::milliseconds pause)
        : folder(std::move(path)), index(bound), bytes(bound), retry(pause) {}

    enum class Phase : std::uint8_t { off, counting, on };

    void start();
    bool ready();
    void fail(const std::error_code& reason);
    void count(const std::stop_token& stop);
    void count_when_asked(const std::stop_token& stop);
    void delete_surplus(std::size_t wanted);
    void note_written(std::size_t count);

    DiskFolder folder;
    DiskIndex index;
    const std::size_t bytes;
    const std::chrono::milliseconds retry;
    std::atomic<std::uint64_t> hits{0};
    std::atomic<std::uint64_t> misses{0};

    std::mutex room;  // one thread at a time makes room, so that none writes before it is there

    mutable std::mutex mutex;  // of all below
    std::condition_variable_any changed;
    Phase phase = Phase::off;
    bool count_wanted = false;
    std::size_t written = 0;
    std::string trouble;
    std::chrono::steady_clock::time_point try_again;

    std::jthread counter;  // last: it ends before what it uses
};

DiskCache::DiskCache(std::filesystem::path folder,
                     std::size_t bytes,
                     std::chrono::milliseconds retry)
    : state_(std::make_unique<State>(std::move(folder), bytes, retry)) {
    if (bytes == 0) return;
    State& state = *state_;
    state.counter =
        std::jthread([&state](const std::stop_token& stop) { state.count_when_asked(stop); });
    static_cast<void>(state.ready());
}

DiskCache::~DiskCache() = default;

TilePointer DiskCache::find(const TileKey& key) {
    State& state = *state_;
    if (state.bytes == 0) return nullptr;
    const EntryName name = entry_name(key);
    const auto moment = state.index.now();
    const auto content = state.folder.read(name);
    if (content.state == DiskFolder::Content::State::read) {
        if (auto tile = decode_entry(content.bytes, key)) {
            state.index.touch(name);
            ++state.hits;
            return std::make_shared<const CachedTile>(std::move(*tile));
        }
    }
    ++state.misses;
    if (content.state == DiskFolder::Content::State::unreadable) return nullptr;
    if (content.state != DiskFolder::Content::State::absent) state.folder.remove(name);
    state.index.forget(name, moment);
    return nullptr;
}

void DiskCache::insert(const TileKey& key, const CachedTile& tile) {
    State& state = *state_;
    if (state.bytes == 0 || !state.ready()) return;
    const auto file = encode_entry(key, tile);
    if (!file) return;
    const std::size_t charge = DiskIndex::charge(file->size());
    if (charge > state.bytes) return;

    state.delete_surplus(charge);
    const EntryName name = entry_name(key);
    if (const auto error = state.folder.write(name, *file)) {
        state.index.cancel(charge);
        state.fail(error);
        return;
    }
    state.index.put(name, charge);
    state.note_written(charge);
}

CacheUse DiskCache::use() const {
    const auto index = state_->index.use();
    return {.bytes = index.bytes,
            .entries = index.entries,
            .hits = state_->hits,
            .misses = state_->misses,
            .evictions = index.evictions};
}

std::string DiskCache::trouble() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->trouble;
}

bool DiskCache::State::ready() {
    std::unique_lock lock(mutex);
    if (phase == Phase::on) return true;
    if (phase == Phase::counting || std::chrono::steady_clock::now() < try_again) return false;
    phase = Phase::counting;  // the other threads draw on without the cache meanwhile
    lock.unlock();
    start();
    lock.lock();
    changed.wait_for(lock, patience, [this] { return phase != Phase::counting; });
    return phase == Phase::on;
}

void DiskCache::State::start() {
    if (const auto error = folder.prepare()) {
        fail(error);
        return;
    }
    {
        const std::scoped_lock lock(mutex);
        count_wanted = true;
    }
    changed.notify_all();
}

void DiskCache::State::fail(const std::error_code& reason) {
    {
        const std::scoped_lock lock(mutex);
        phase = Phase::off;
        trouble = "the cache folder cannot be written: " + reason.message();
        try_again = std::chrono::steady_clock::now() + retry;
    }
    changed.notify_all();
}

void DiskCache::State::count_when_asked(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (changed.wait(lock, stop, [this] { return count_wanted; })) {
        count_wanted = false;
        written = 0;
        lock.unlock();
        count(stop);
        lock.lock();
    }
}

void DiskCache::State::count(const std::stop_token& stop) {
    const auto begun = index.now();
    auto listed = folder.list(stop);
    if (!listed) return;
    index.merge(std::move(*listed), begun);
    delete_surplus(0);
    {
        const std::scoped_lock lock(mutex);
        if (phase == Phase::counting) phase = Phase::on;
    }
    changed.notify_all();
}

void DiskCache::State::delete_surplus(std::size_t wanted) {
    const std::scoped_lock lock(room);
    for (const EntryName& name : index.make_room(wanted)) folder.remove(name);
}

void DiskCache::State::note_written(std::size_t count) {
    {
        const std::scoped_lock lock(mutex);
        trouble.clear();  // not sooner: on a full disk an empty file still succeeds
        written += count;
        if (written < bytes / recount_fraction) return;
        count_wanted = true;
    }
    changed.notify_all();
}

}  // namespace relief::cache
