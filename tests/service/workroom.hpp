#pragma once
// A tile service over one small raster, and a way to hold its render threads.

#include "server/service/tile_service.hpp"
#include "tests/service/kept_log.hpp"
#include "tests/support/raster_fixture.hpp"
#include "tiler/geo/mercator.hpp"
#include "tiler/source/describe.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <latch>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace relief::service {

constexpr std::chrono::seconds patience{30};  // far beyond what any test needs

/// 64 × 64 cells of 10 m in UTM zone 36N, values 1 to 64 from west to east.
inline std::shared_ptr<const workspace::Layer> small_layer(const testing::TemporaryFolder& folder) {
    source::start_gdal();
    testing::RasterRecipe recipe;
    recipe.value = [](int, int column, int) { return column + 1; };
    workspace::Observation observation;
    observation.file = testing::write_raster(folder, "small.tif", recipe);
    observation.version = {"content"};
    observation.modified = {1'700'000'000'000};
    observation.raster() =
        *source::describe({observation.file, observation.version, source::Trust::workspace}, {});
    workspace::Layer layer{*LayerName::make("small"), "Small", Sensitivity::low, {}, {}, {}};
    layer.observations.push_back(std::move(observation));
    return std::make_shared<const workspace::Layer>(std::move(layer));
}

inline TileOrder order_at(const std::shared_ptr<const workspace::Layer>& layer,
                          std::uint32_t zoom) {
    const LonLatBox& box = layer->newest().raster().bounds;
    const LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
    return {layer,
            &layer->newest(),
            geo::tile_at(middle, zoom),
            256,
            encode::ImageFormat::png,
            {},
            Audience::anonymous(),
            Deadline()};
}

/// Answers as they come, from any thread.
class Answers {
public:
    TileCallback callback() {
        return [this](const TileAnswer& answer) {
            const std::lock_guard lock(mutex_);
            answers_.push_back(answer);
            changed_.notify_all();
        };
    }
    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return answers_.size();
    }
    /// Fewer when they do not come.
    std::vector<TileAnswer> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return answers_.size() >= count; });
        return answers_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<TileAnswer> answers_;
};

/// Keeps one thread of a pool busy until released.
class Hold {
public:
    explicit Hold(ops::WorkPool& pool) {
        taken_ = pool.post([gate = gate_] {
            gate->begun.count_down();
            gate->released.wait();
        });
        if (taken_) gate_->begun.wait();
    }
    ~Hold() { release(); }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    Hold(Hold&&) = delete;
    Hold& operator=(Hold&&) = delete;

    void release() {
        if (taken_) gate_->released.count_down();
        taken_ = false;
    }

private:
    /// Outlives the hold: the thread may still be on its way out of it.
    struct Gate {
        std::latch begun{1};
        std::latch released{1};
    };
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
    bool taken_ = false;
};

/// What `serve` puts together, without the network. One render thread, so that one Hold stops it.
class Workroom {
public:
    explicit Workroom(TileCaches caches = {}, std::size_t queue = 64)
        : pool_(std::make_unique<ops::WorkPool>(1, queue)),
          service_({reader_, empty_images_}, std::move(caches), *pool_, log_) {}
    ~Workroom() { pool_.reset(); }  // its work uses the service
    Workroom(const Workroom&) = delete;
    Workroom& operator=(const Workroom&) = delete;
    Workroom(Workroom&&) = delete;
    Workroom& operator=(Workroom&&) = delete;

    TileService& service() noexcept { return service_; }
    ops::WorkPool& pool() noexcept { return *pool_; }
    const KeptLog& log() const noexcept { return log_; }
    KeptLog& log() noexcept { return log_; }
    /// Comes back when the render thread has ended what it was given before.
    void settle() {
        std::latch done(1);
        if (pool_->post([&done] { done.count_down(); })) done.wait();
    }
    /// How many files a drawing has opened.
    std::size_t files_opened() const { return reader_.memory_use().open_files; }

private:
    KeptLog log_;
    source::RasterReader reader_{{}};
    encode::EmptyImages empty_images_;
    std::unique_ptr<ops::WorkPool> pool_;
    TileService service_;
};

}  // namespace relief::service
