#include "tiler/archive/export_tiles.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relief::archive {
namespace {

using Clock = std::chrono::steady_clock;

/// Tiles with consecutive numbers, drawn by one thread: neighbours, so that blocks just decoded are
/// used again.
constexpr std::uint64_t batch_size = 16;

struct Finished {
    TileId tile;
    SharedBytes bytes;
};
/// The tiles of one batch that show something, or why one could not be drawn.
using Batch = Result<std::vector<Finished>>;

Error with_tile(const TileId& tile, Error error) {
    error.what = "tile " + std::to_string(tile.zoom()) + '/' + std::to_string(tile.column()) + '/' +
                 std::to_string(tile.row()) + ": " + error.what;
    return error;
}

/// Threads that draw batches ahead of the one who stores them, by a bounded number.
class Crew {
public:
    Crew(const ExportOrder& order, std::uint64_t next)
        : order_(order), next_(next), stored_(next), ahead_(batch_size * (order.threads + 2) * 2) {
        for (unsigned i = 0; i < std::max(1U, order.threads); ++i)
            threads_.emplace_back([this] { work(); });
    }
    ~Crew() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        room_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    Crew(Crew&&) = delete;
    Crew& operator=(Crew&&) = delete;

    /// The batch that begins with this number; nothing when it is not drawn in a fifth of a second.
    std::optional<Batch> take(std::uint64_t begin) {
        constexpr std::chrono::milliseconds patience(200);
        std::unique_lock lock(mutex_);
        if (!drawn_.wait_for(lock, patience, [&] { return done_.contains(begin); }))
            return std::nullopt;
        auto node = done_.extract(begin);
        stored_ = begin;
        lock.unlock();
        room_.notify_all();
        return std::move(node.mapped());
    }

private:
    void work() {
        while (const auto begin = claim()) {
            Batch batch = draw(*begin);
            {
                const std::lock_guard lock(mutex_);
                done_.emplace(*begin, std::move(batch));
            }
            drawn_.notify_one();
        }
    }

    std::optional<std::uint64_t> claim() {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return ending_ || next_ < stored_ + ahead_; });
        if (ending_ || next_ >= order_.area.size()) return std::nullopt;
        return std::exchange(next_, next_ + batch_size);
    }

    Batch draw(std::uint64_t begin) const {
        std::vector<Finished> batch;
        const std::uint64_t end = std::min(begin + batch_size, order_.area.size());
        for (std::uint64_t number = begin; number < end; ++number) {
            const TileId tile = order_.area.tile(number);
            auto drawn = draw_one(tile);
            if (!drawn) return with_tile(tile, drawn.error());
            if (!drawn->empty) batch.push_back({tile, std::move(drawn->bytes)});
        }
        return batch;
    }

    /// A library's exception must not end the process: what is stored so far is worth keeping.
    Result<DrawnTile> draw_one(const TileId& tile) const {
        try {
            return order_.draw(tile);
        } catch (const std::exception& exception) {
            return Error{Fault::too_busy, "the tile could not be drawn", exception.what()};
        }
    }

    const ExportOrder& order_;
    std::mutex mutex_;
    std::condition_variable room_;   ///< for more batches
    std::condition_variable drawn_;  ///< one more batch
    std::map<std::uint64_t, Batch> done_;
    std::uint64_t next_;
    std::uint64_t stored_;
    std::uint64_t ahead_;
    bool ending_ = false;
    std::vector<std::thread> threads_;  ///< last: they use all of the above
};

Result<void> put_all(const std::vector<Finished>& tiles, TileStore& store) {
    for (const Finished& finished : tiles) {
        if (auto put = store.put(finished.tile, *finished.bytes); !put) return put;
    }
    return {};
}

/// The one who stores: batch after batch, kept now and then.
class Storing {
public:
    Storing(const ExportOrder& order, TileStore& store)
        : order_(order), store_(store), next_(store.ledger().next) {}

    Result<ExportEnd> run() {
        Crew crew(order_, next_);
        const std::uint64_t size = order_.area.size();
        if (!tell()) return stop();
        while (next_ < size) {
            const auto batch = crew.take(next_);
            if (batch) {
                if (!*batch) return failed(batch->error());
                if (auto put = put_all(**batch, store_); !put) return put.error();
                next_ = std::min(next_ + batch_size, size);
                if (auto kept = keep_if_due(); !kept) return kept.error();
            }
            if (!tell()) return stop();
        }
        if (auto kept = store_.keep(next_); !kept) return kept.error();
        return ExportEnd::whole;
    }

private:
    bool tell() const {
        const auto size = static_cast<double>(std::max<std::uint64_t>(order_.area.size(), 1));
        return !order_.progress || order_.progress(static_cast<double>(next_) / size);
    }
    Result<void> keep_if_due() {
        if (Clock::now() - kept_ < order_.keep_every) return {};
        auto kept = store_.keep(next_);
        kept_ = Clock::now();
        return kept;
    }
    Result<ExportEnd> stop() {
        if (auto kept = store_.keep(next_); !kept) return kept.error();
        return ExportEnd::stopped;
    }
    Result<ExportEnd> failed(const Error& error) {
        // The first failure is what must be told; a second one, of keeping, only costs work.
        static_cast<void>(store_.keep(next_));
        return error;
    }

    const ExportOrder& order_;
    TileStore& store_;
    std::uint64_t next_;
    Clock::time_point kept_ = Clock::now();
};

}  // namespace

Result<ExportEnd> export_tiles(const ExportOrder& order, TileStore& store) {
    return Storing(order, store).run();
}

}  // namespace relief::archive
