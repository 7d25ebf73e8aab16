#include "server/service/catalogue_keeper.hpp"

#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace relief::service {
namespace {

using workspace::Catalogue;
using workspace::Configuration;
using workspace::Layer;
using workspace::LayerStore;
using workspace::Problem;

/// Files of an added layer that are gone: the layer stays listed nowhere, with a reason.
bool files_exist(const Layer& layer) {
    std::error_code ignored;
    for (const auto& observation : layer.observations) {
        if (!std::filesystem::exists(observation.file, ignored)) return false;
    }
    return true;
}

struct Gathered {
    std::vector<std::shared_ptr<const Layer>> layers;
    std::vector<Problem> problems;
};

void gather_added(const KeeperSettings& settings,
                  const Configuration& configuration,
                  Gathered& all) {
    const auto store = LayerStore::open_existing(settings.workspace);
    if (!store) {
        if (store.error().fault != Fault::not_found)
            all.problems.push_back({"relief.db", store.error().what, Sensitivity::low});
        return;
    }
    auto stored = store->readable_layers();
    if (!stored) {
        all.problems.push_back({"relief.db", stored.error().what, Sensitivity::low});
        return;
    }
    all.problems.insert(all.problems.end(), stored->problems.begin(), stored->problems.end());
    for (Layer& layer : stored->layers) {
        workspace::apply_settings(configuration, layer);
        if (files_exist(layer)) {
            all.layers.push_back(std::make_shared<const Layer>(std::move(layer)));
        } else {
            all.problems.push_back({layer.name.text(),
                                    "its file is gone from the workspace; add the layer again",
                                    layer.sensitivity});
        }
    }
}

/// Tells when relief.db has come to be, has changed or can no longer be read.
class StoreWatch {
public:
    explicit StoreWatch(const std::filesystem::path& workspace) : workspace_(workspace) {}

    bool changed() {
        const bool found = !store_ && open();
        if (!store_) return false;
        const auto now = store_->data_version();
        const std::optional<std::int64_t> seen = now ? std::optional(*now) : std::nullopt;
        const bool moved = seen != version_;
        version_ = seen;
        if (!now) store_.reset();
        return found || moved;
    }

private:
    bool open() {
        auto opened = LayerStore::open_existing(workspace_);
        if (opened) store_.emplace(std::move(*opened));
        return store_.has_value();
    }

    const std::filesystem::path& workspace_;
    std::optional<LayerStore> store_;
    std::optional<std::int64_t> version_;
};

}  // namespace

CatalogueKeeper::CatalogueKeeper(KeeperSettings settings,
                                 std::shared_ptr<const Configuration> configuration,
                                 ops::Log& log)
    : settings_(std::move(settings)),
      log_(log),
      served_(settings_.served, settings_.program),
      configuration_(std::move(configuration)),
      catalogue_(std::make_shared<const Catalogue>()),
      thread_([this] { run(); }) {}

CatalogueKeeper::~CatalogueKeeper() {
    stopping_ = true;
    thread_.join();
}

std::shared_ptr<const Catalogue> CatalogueKeeper::current() const {
    const std::lock_guard lock(mutex_);
    return catalogue_;
}

std::shared_ptr<const Configuration> CatalogueKeeper::configuration() const {
    const std::lock_guard lock(mutex_);
    return configuration_;
}

void CatalogueKeeper::reload(std::shared_ptr<const Configuration> configuration) {
    {
        const std::lock_guard lock(mutex_);
        configuration_ = std::move(configuration);
    }
    dirty_ = true;
}

void CatalogueKeeper::publish(std::shared_ptr<const Catalogue> catalogue) {
    const std::shared_ptr<const Catalogue> before = current();
    for (const Problem& problem : catalogue->problems()) {
        const auto& known = before->problems();
        if (std::find(known.begin(), known.end(), problem) != known.end()) continue;
        log_.write(ops::Level::warning,
                   "layer-problem",
                   {{"subject", problem.subject}, {"reason", problem.reason}});
    }
    const std::lock_guard lock(mutex_);
    catalogue_ = std::move(catalogue);
}

void CatalogueKeeper::rebuild() {
    const auto configuration = this->configuration();
    Gathered all;
    gather_added(settings_, *configuration, all);
    if (!ready_) {
        // What was added needs no look at its file: it is there while folders are still read.
        publish(std::make_shared<const Catalogue>(all.layers, all.problems));
    }
    ServedPaths::Found found =
        served_.look(configuration->layers_sensitivity, [this] { return !stopping_; });
    if (stopping_) return;
    for (Layer& layer : found.layers) {
        workspace::apply_settings(*configuration, layer);
        all.layers.push_back(std::make_shared<const Layer>(std::move(layer)));
    }
    all.problems.insert(all.problems.end(), found.problems.begin(), found.problems.end());
    auto catalogue =
        std::make_shared<const Catalogue>(std::move(all.layers), std::move(all.problems));
    const bool changed = !ready_ || catalogue->version() != current()->version();
    if (changed) {
        log_.write(ops::Level::info,
                   "catalogue",
                   {{"layers", catalogue->layers(Audience::anonymous()).size()},
                    {"problems", catalogue->problems().size()}});
        publish(std::move(catalogue));
    }
    if (!found.complete) dirty_ = true;
    ready_ = true;
}

void CatalogueKeeper::run() {
    auto watch = workspace::FolderWatch::start(settings_.served);
    if (!watch) log_.write(ops::Level::warning, "watch", {{"reason", watch.error().what}});
    StoreWatch store(settings_.workspace);
    while (!stopping_) {
        // Asked before the rebuild: what is written meanwhile is seen the next time.
        if (store.changed()) dirty_ = true;
        if (dirty_.exchange(false)) rebuild();
        if (!watch) {
            std::this_thread::sleep_for(settings_.look);
            continue;
        }
        const auto wake = watch->wait(settings_.look);
        if (wake == workspace::FolderWatch::Wake::changed ||
            wake == workspace::FolderWatch::Wake::rescan)
            dirty_ = true;
    }
}

}  // namespace relief::service
