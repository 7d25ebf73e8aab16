#include "server/service/catalogue_keeper.hpp"

#include "server/service/remote_layers.hpp"
#include "server/service/store_watch.hpp"
#include "server/service/table_layers.hpp"
#include "tiler/workspace/layer_settings.hpp"
#include "tiler/workspace/layer_store.hpp"
#include "tiler/workspace/mosaic.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>

namespace relief::service {
namespace {

using workspace::Catalogue;
using workspace::Configuration;
using workspace::Layer;
using workspace::LayerNames;
using workspace::LayerStore;
using workspace::Problem;

/// While a mosaic of thousands of scenes is added the database changes with each of them: reading
/// it again takes a tenth of one core at most.
constexpr int rest = 9;

/// Files of an added layer that are gone: the layer stays listed nowhere, with a reason.
bool files_exist(const Layer& layer) {
    std::error_code ignored;
    for (const auto& observation : layer.observations) {
        if (observation.is_remote() || observation.is_table()) continue;
        if (!std::filesystem::exists(observation.file, ignored)) return false;
    }
    return true;
}

/// A client whose layer is not known yet waits for the first look, but not for a folder of
/// thousands.
constexpr std::chrono::seconds patience{10};
constexpr std::size_t most_waiting = 1000;
/// A database that cannot be read is tried again.
constexpr std::chrono::seconds retry{1};

/// Scenes of a mosaic whose files are gone cost themselves only.
void tell_gone_scenes(const Layer& layer, std::vector<Problem>& problems) {
    const auto& mosaic = layer.newest().mosaic;
    if (!mosaic) return;
    constexpr std::size_t most = 20;
    std::size_t gone = 0;
    std::error_code ignored;
    for (const workspace::Scene& scene : mosaic->scenes()) {
        if (std::filesystem::exists(mosaic->file_of(scene), ignored)) continue;
        if (++gone > most) continue;
        problems.push_back({layer.name.text(),
                            "scene " + scene.name +
                                " is left out: its file is gone from the workspace; add it again",
                            layer.sensitivity});
    }
    if (gone > most)
        problems.push_back({layer.name.text(),
                            "and " + std::to_string(gone - most) + " more scenes are gone",
                            layer.sensitivity});
}

/// Without layers where there is no workspace yet.
Result<workspace::StoredLayers> read_store(const std::filesystem::path& workspace) {
    const auto store = LayerStore::open_existing(workspace);
    if (store) return store->readable_layers();
    if (store.error().fault == Fault::not_found) return workspace::StoredLayers{};
    return store.error();
}

/// Nothing where the workspace has no database, or it cannot be read.
std::optional<LayerNames> read_suspensions(const std::filesystem::path& workspace) {
    const auto store = LayerStore::open_existing(workspace);
    if (!store) return std::nullopt;
    auto names = store->suspended();
    return names ? std::optional(std::move(*names)) : std::nullopt;
}

}  // namespace

struct CatalogueKeeper::Added {
    std::vector<std::shared_ptr<const Layer>> layers;
    std::vector<Problem> problems;
};

CatalogueKeeper::CatalogueKeeper(KeeperSettings settings,
                                 std::shared_ptr<const Configuration> configuration,
                                 ops::Log& log)
    : settings_(std::move(settings)),
      log_(log),
      configuration_(std::move(configuration)),
      catalogue_(std::make_shared<const Catalogue>()),
      served_(settings_.served, settings_.program, [this] { dirty_ = true; }),
      thread_([this] { run(); }) {
    if (settings_.remotes != nullptr) settings_.remotes->when_changed([this] { dirty_ = true; });
    if (settings_.tables != nullptr) settings_.tables->when_changed([this] { dirty_ = true; });
}

CatalogueKeeper::~CatalogueKeeper() {
    if (settings_.remotes != nullptr) settings_.remotes->when_changed({});
    if (settings_.tables != nullptr) settings_.tables->when_changed({});
    stopping_ = true;
    {
        const std::lock_guard lock(mutex_);
        if (watch_) watch_->stop();
    }
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

void CatalogueKeeper::look_for_suspensions() {
    auto names = read_suspensions(settings_.workspace);
    // A database that cannot be read suspends what it did before.
    if (!names || *names == suspended_) return;
    suspended_ = std::move(*names);
    log_.write(ops::Level::warning, "suspended", {{"layers", suspended_.size()}});
    publish(current()->without(suspended_));
}

std::shared_ptr<const Catalogue> CatalogueKeeper::seen(Added all) const {
    return Catalogue(std::move(all.layers), std::move(all.problems), settings_.live)
        .without(suspended_);
}

void CatalogueKeeper::publish(const std::shared_ptr<const Catalogue>& catalogue) {
    const std::shared_ptr<const Catalogue> before = current();
    for (const Problem& problem : catalogue->problems()) {
        const auto& known = before->problems();
        if (std::find(known.begin(), known.end(), problem) != known.end()) continue;
        log_.write(ops::Level::warning,
                   "layer-problem",
                   {{"subject", problem.subject}, {"reason", problem.reason}});
    }
    {
        const std::lock_guard lock(mutex_);
        catalogue_ = catalogue;
    }
    // Afterwards: who hears of it finds it when asking.
    if (settings_.changed) settings_.changed(*before, *catalogue);
}

bool CatalogueKeeper::when_looked(std::function<void()> then) {
    const std::lock_guard lock(mutex_);
    if (looked_ || stopping_ || waiting_.size() >= most_waiting) return false;
    waiting_.push_back({std::chrono::steady_clock::now(), std::move(then)});
    return true;
}

void CatalogueKeeper::end_wait(std::chrono::steady_clock::time_point begun_before) {
    std::vector<Waiting> over;
    {
        const std::lock_guard lock(mutex_);
        const auto rest_of = std::partition(waiting_.begin(), waiting_.end(), [&](const auto& one) {
            return one.since > begun_before;
        });
        over.assign(std::move_iterator(rest_of), std::move_iterator(waiting_.end()));
        waiting_.erase(rest_of, waiting_.end());
    }
    for (const Waiting& one : over) one.then();
}

/// Asked between files: one that takes long must not keep clients waiting for all the others.
bool CatalogueKeeper::go_on() {
    end_wait(std::chrono::steady_clock::now() - patience);
    return !stopping_;
}

void CatalogueKeeper::gather_added(const Configuration& configuration, Added& all) {
    auto stored = read_store(settings_.workspace);
    store_broken_ = !stored;
    if (!stored) {
        // What is known already needs no database; it is served on, with the reason beside it.
        all.layers = added_;
        all.problems.push_back({"relief.db", stored.error().what, Sensitivity::low});
        return;
    }
    all.problems = std::move(stored->problems);
    for (Layer& layer : stored->layers) workspace::apply_settings(configuration, layer);
    if (settings_.remotes != nullptr)
        settle_remotes(stored->layers, configuration, {*settings_.remotes, all.problems});
    if (settings_.tables != nullptr)
        settle_tables(stored->layers, configuration, {*settings_.tables, all.problems});
    for (Layer& layer : stored->layers) {
        if (files_exist(layer)) {
            tell_gone_scenes(layer, all.problems);
            all.layers.push_back(std::make_shared<const Layer>(std::move(layer)));
        } else {
            all.problems.push_back({layer.name.text(),
                                    "its file is gone from the workspace; add the layer again",
                                    layer.sensitivity});
        }
    }
    added_ = all.layers;
}

/// Found by the look at the styles that goes before.
std::size_t CatalogueKeeper::style_problems() const {
    return settings_.styles == nullptr ? 0 : settings_.styles->current()->problems().size();
}

void CatalogueKeeper::rebuild() {
    const auto configuration = this->configuration();
    Added all;
    const auto begun = std::chrono::steady_clock::now();
    gather_added(*configuration, all);
    const auto ended = std::chrono::steady_clock::now();
    rest_until_ = ended + (store_broken_ ? retry : rest * (ended - begun));
    if (!std::exchange(begun_, true)) {
        // What was added needs no look at its file: it is there while folders are still read.
        publish(seen(all));
    }
    ServedPaths::Found found = served_.look(*configuration, [this] { return go_on(); });
    if (stopping_) return;
    for (Layer& layer : found.layers) {
        workspace::apply_settings(*configuration, layer);
        all.layers.push_back(std::make_shared<const Layer>(std::move(layer)));
    }
    all.problems.insert(all.problems.end(), found.problems.begin(), found.problems.end());
    const auto catalogue = seen(std::move(all));
    const bool changed = !looked_ || catalogue->version() != current()->version();
    if (changed) {
        log_.write(ops::Level::info,
                   "catalogue",
                   {{"layers", catalogue->layers(Audience::anonymous()).size()},
                    {"problems", catalogue->problems().size() + style_problems()}});
        publish(catalogue);
    }
    if (!found.complete || store_broken_) dirty_ = true;
    // A look at many files is told in parts; it is over with the last.
    if (!found.complete || found.indexing) return;
    {
        const std::lock_guard lock(mutex_);
        looked_ = true;
    }
    end_wait(std::chrono::steady_clock::time_point::max());
}

void CatalogueKeeper::start_watch() {
    auto watch = workspace::FolderWatch::start(settings_.served);
    if (!watch) return log_.write(ops::Level::warning, "watch", {{"reason", watch.error().what}});
    const std::lock_guard lock(mutex_);
    watch_ = std::move(*watch);
}

void CatalogueKeeper::run() {
    start_watch();
    StoreWatch store(settings_.workspace);
    while (!stopping_) {
        // Asked before the rebuild: what is written meanwhile is seen the next time.
        if (store.changed()) {
            // Not later, however much there is to be read.
            look_for_suspensions();
            dirty_ = true;
        }
        if (settings_.styles != nullptr) settings_.styles->look();
        const bool rested = std::chrono::steady_clock::now() >= rest_until_;
        if (rested && dirty_.exchange(false)) rebuild();
        if (!watch_) {
            std::this_thread::sleep_for(settings_.look);
            continue;
        }
        const auto wake = watch_->wait(settings_.look);
        if (wake == workspace::FolderWatch::Wake::changed ||
            wake == workspace::FolderWatch::Wake::rescan)
            dirty_ = true;
    }
    end_wait(std::chrono::steady_clock::time_point::max());
}

}  // namespace relief::service
