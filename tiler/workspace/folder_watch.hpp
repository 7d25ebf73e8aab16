#pragma once
// Says that something changed in folders or files that are served in place.

#include "tiler/core/result.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace relief::workspace {

struct WatchSettings {
    std::chrono::milliseconds quiet{200};     ///< changes closer together than this are one …
    std::chrono::milliseconds longest{2000};  ///< … unless they go on for this long
    std::chrono::milliseconds rescan{30000};  ///< look anyway: network drives tell nothing
    int depth = 8;                            ///< folders below a watched one
    std::size_t folders = 8192;               ///< watched at once; the rest waits for the rescan
};

/// Watches with inotify; links are not followed, pipes and devices not opened. One thread waits;
/// any thread may stop it.
class FolderWatch {
public:
    enum class Wake : std::uint8_t {
        changed,  ///< something was written, made, moved or deleted, and has been quiet since
        rescan,   ///< the interval passed: look whether something changed unheard
        nothing,  ///< the time given to wait() passed
        stopped,
    };

    /// Folders with what lies below them, and single files (with the files beside them that share
    /// their stem). Places that do not exist yet are tried again at each rescan.
    /// Errors: too_busy when the system gives no more descriptors.
    static Result<FolderWatch> start(std::vector<std::filesystem::path> places,
                                     const WatchSettings& settings = {});

    FolderWatch(FolderWatch&&) noexcept;
    FolderWatch& operator=(FolderWatch&&) noexcept;
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();

    /// Sleeps until there is something to say.
    Wake wait(std::chrono::milliseconds at_most);
    /// From now on every wait() answers `stopped`. Safe from any thread and from a signal handler.
    void stop() noexcept;

    /// False when the system or the settings allow too few watches: changes are then noticed at the
    /// rescan only.
    bool hears_everything() const noexcept;

private:
    struct State;
    explicit FolderWatch(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace relief::workspace
