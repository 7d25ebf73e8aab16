#pragma once
// The inotify watches of some folders and files.

#include "tiler/core/result.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace relief::workspace {

struct WatchBounds {
    int depth;
    std::size_t folders;
};

class InotifySet {
public:
    /// Errors: too_busy when the system gives no inotify descriptor.
    static Result<InotifySet> make(const WatchBounds& bounds);

    InotifySet(InotifySet&& other) noexcept;
    InotifySet(const InotifySet&) = delete;
    InotifySet& operator=(const InotifySet&) = delete;
    InotifySet& operator=(InotifySet&&) = delete;
    ~InotifySet();

    /// Adds watches for a place as it is now; those that are there already stay.
    void add(const std::filesystem::path& place);
    /// Takes all waiting events; true when one of them concerns a watched place.
    bool drain();

    int descriptor() const noexcept { return descriptor_; }
    /// A folder appeared, or events were lost: add() all places again.
    bool needs_renewal() const noexcept { return needs_renewal_; }
    void renewed() noexcept { needs_renewal_ = false; }
    bool complete() const noexcept { return complete_; }

private:
    InotifySet(int descriptor, const WatchBounds& bounds)
        : descriptor_(descriptor), bounds_(bounds) {}

    /// What is wanted of a watched folder: everything, or names that begin with one of the stems.
    struct Wanted {
        bool everything = false;
        std::set<std::string> stems;
    };

    int watch(const std::filesystem::path& folder);
    void add_tree(const std::filesystem::path& folder, int depth);
    bool concerns_us(std::string_view event_bytes);

    int descriptor_;
    WatchBounds bounds_;
    std::map<int, Wanted> watches_;
    bool needs_renewal_ = false;
    bool complete_ = true;
};

}  // namespace relief::workspace
