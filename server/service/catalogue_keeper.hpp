#pragma once
// The catalogue of the running server: built from the workspace and the served folders, swapped
// when they change.

#include "server/ops/log.hpp"
#include "server/service/remote_watch.hpp"
#include "server/service/served_paths.hpp"
#include "server/service/style_shelf.hpp"
#include "server/service/table_watch.hpp"
#include "tiler/workspace/catalogue.hpp"
#include "tiler/workspace/configuration.hpp"
#include "tiler/workspace/folder_watch.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace relief::service {

struct KeeperSettings {
    std::filesystem::path workspace;            ///< may not exist (yet)
    std::vector<std::filesystem::path> served;  ///< folders and files served in place
    std::string program;                        ///< this program, for the inspecting child
    std::chrono::milliseconds look{250};  ///< how often relief.db is asked for its data_version
    RemoteWatch* remotes = nullptr;       ///< outlives the keeper; null: remote files are not asked
    TableWatch* tables = nullptr;         ///< the same of tables
    StyleShelf* styles = nullptr;         ///< outlives the keeper; looked at as often as relief.db
    workspace::LiveLayerPointer live{};   ///< the layer of reports; null: there is none
    /// Told of each new catalogue on the keeper's thread.
    std::function<void(const workspace::Catalogue& before, const workspace::Catalogue& after)>
        changed{};
};

/// A thread of its own watches and rebuilds; readers get a frozen catalogue and keep the one they
/// began with.
class CatalogueKeeper {
public:
    /// Starts the thread; the first catalogue is there when ready() says so.
    CatalogueKeeper(KeeperSettings settings,
                    std::shared_ptr<const workspace::Configuration> configuration,
                    ops::Log& log);
    ~CatalogueKeeper();
    CatalogueKeeper(const CatalogueKeeper&) = delete;
    CatalogueKeeper& operator=(const CatalogueKeeper&) = delete;
    CatalogueKeeper(CatalogueKeeper&&) = delete;
    CatalogueKeeper& operator=(CatalogueKeeper&&) = delete;

    std::shared_ptr<const workspace::Catalogue> current() const;
    /// The first look is over and the workspace's database can be read.
    bool ready() const noexcept { return looked_.load() && !store_broken_.load(); }
    bool looked() const noexcept { return looked_.load(); }
    /// Calls `then` on a thread of the keeper's when the first look is over, or has lasted for some
    /// seconds more. False: it is over, or too many wait; nothing will be called.
    bool when_looked(std::function<void()> then);
    /// New settings of layers (SIGHUP) and a rebuild.
    void reload(std::shared_ptr<const workspace::Configuration> configuration);

private:
    void start_watch();
    void run();
    std::size_t style_problems() const;
    void rebuild();
    struct Added;
    void gather_added(const workspace::Configuration& configuration, Added& all);
    bool go_on();
    void end_wait(std::chrono::steady_clock::time_point begun_before);
    void look_for_suspensions();
    /// Without the layers that are suspended.
    std::shared_ptr<const workspace::Catalogue> seen(Added all) const;
    void publish(const std::shared_ptr<const workspace::Catalogue>& catalogue);
    std::shared_ptr<const workspace::Configuration> configuration() const;

    KeeperSettings settings_;
    ops::Log& log_;
    mutable std::mutex mutex_;
    std::shared_ptr<const workspace::Configuration> configuration_;
    std::shared_ptr<const workspace::Catalogue> catalogue_;
    struct Waiting {
        std::chrono::steady_clock::time_point since;
        std::function<void()> then;
    };
    std::vector<Waiting> waiting_;                                ///< for the first look
    std::vector<std::shared_ptr<const workspace::Layer>> added_;  ///< of the thread's own
    workspace::LayerNames suspended_;                             ///< the same
    bool begun_ = false;  ///< of the thread's own: something is published
    std::atomic<bool> looked_ = false;
    std::atomic<bool> store_broken_ = false;
    std::atomic<bool> dirty_ = true;
    std::atomic<bool> stopping_ = false;
    ServedPaths served_;
    std::optional<workspace::FolderWatch> watch_;       ///< of the thread's own but for its stop()
    std::chrono::steady_clock::time_point rest_until_;  ///< of the thread's own
    std::thread thread_;
};

}  // namespace relief::service
