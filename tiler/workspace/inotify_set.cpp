#include "tiler/workspace/inotify_set.hpp"

#include "tiler/workspace/served_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

namespace relief::workspace {
namespace fs = std::filesystem;
namespace {

// Opening and reading are not among them: the server's own reading must not wake it.
constexpr std::uint32_t interesting = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE |
                                      IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                                      IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;
constexpr std::size_t most_names = 100'000;  // of one folder, as in a scan

}  // namespace

Result<InotifySet> InotifySet::make(const WatchBounds& bounds) {
    const int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (descriptor < 0) {
        return Error{Fault::too_busy,
                     "folders cannot be watched; the system has no more watches to give",
                     std::strerror(errno)};
    }
    return InotifySet(descriptor, bounds);
}

InotifySet::InotifySet(InotifySet&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      bounds_(other.bounds_),
      watches_(std::move(other.watches_)),
      needs_renewal_(other.needs_renewal_),
      complete_(other.complete_) {}

InotifySet::~InotifySet() {
    if (descriptor_ >= 0) close(descriptor_);
}

int InotifySet::watch(const fs::path& folder) {
    const int number = inotify_add_watch(descriptor_, folder.c_str(), interesting);
    if (number < 0) {
        // Gone since it was listed, or not ours to read: that is no lack of watches.
        complete_ = complete_ && errno != ENOSPC && errno != ENOMEM;
        return number;
    }
    if (!watches_.contains(number) && watches_.size() >= bounds_.folders) {
        complete_ = false;
        inotify_rm_watch(descriptor_, number);
        return -1;
    }
    return number;
}

void InotifySet::add_tree(const fs::path& folder, int depth) {
    const int number = watch(folder);
    if (number < 0) return;
    watches_[number].everything = true;
    if (depth >= bounds_.depth) return;
    for (const std::string& name : names_in(folder, most_names)) {
        if (name.starts_with('.')) continue;
        const fs::path inner = folder / name;
        std::error_code failure;
        if (fs::is_directory(fs::symlink_status(inner, failure))) add_tree(inner, depth + 1);
    }
}

void InotifySet::add(const fs::path& place) {
    std::error_code failure;
    const fs::path path = fs::canonical(place, failure);
    if (failure) {
        // Not there yet: its folder tells when it comes.
        const fs::path folder = fs::canonical(fs::absolute(place).parent_path(), failure);
        const int number = failure ? -1 : watch(folder);
        if (number >= 0) watches_[number].stems.insert(place.stem().string());
        return;
    }
    if (fs::is_directory(path, failure)) return add_tree(path, 0);
    const int number = watch(path.parent_path());
    if (number >= 0) watches_[number].stems.insert(path.stem().string());
}

bool InotifySet::concerns_us(std::string_view event_bytes) {
    inotify_event event{};
    std::memcpy(&event, event_bytes.data(), sizeof event);
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
        needs_renewal_ = true;
        return true;
    }
    const auto found = watches_.find(event.wd);
    if (found == watches_.end()) return false;
    const Wanted wanted = found->second;
    if ((event.mask & IN_IGNORED) != 0) {  // the folder is gone, and its watch with it
        watches_.erase(found);
        needs_renewal_ = true;
        return true;
    }
    const std::string_view padded = event_bytes.substr(sizeof event, event.len);
    const std::string_view name = padded.substr(0, padded.find('\0'));
    const bool ours = wanted.everything || name.empty() ||
                      std::any_of(wanted.stems.begin(), wanted.stems.end(), [&](const auto& stem) {
                          return name.starts_with(stem);
                      });
    if (!ours) return false;
    const bool moved_self = (event.mask & (IN_MOVE_SELF | IN_DELETE_SELF)) != 0;
    if ((event.mask & IN_ISDIR) != 0 || moved_self) needs_renewal_ = true;
    return true;
}

bool InotifySet::drain() {
    bool changed = false;
    std::array<char, 16384> buffer{};
    while (true) {
        const ssize_t count = read(descriptor_, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return changed;
        std::string_view rest(buffer.data(), static_cast<std::size_t>(count));
        while (rest.size() >= sizeof(inotify_event)) {
            inotify_event event{};
            std::memcpy(&event, rest.data(), sizeof event);
            const std::size_t length = sizeof event + event.len;
            changed = concerns_us(rest.substr(0, length)) || changed;
            rest.remove_prefix(std::min(length, rest.size()));
        }
    }
}

}  // namespace relief::workspace
