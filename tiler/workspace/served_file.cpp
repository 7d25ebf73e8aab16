#include "tiler/workspace/served_file.hpp"

#include <algorithm>
#include <array>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace relief::workspace {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t head_bytes = std::size_t{64} << 10U;

std::int64_t nanoseconds(const timespec& time) noexcept {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileStamp stamp_of(const struct stat& status) noexcept {
    return {static_cast<std::uint64_t>(status.st_dev),
            static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size),
            nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
}

bool lies_inside(const fs::path& path, const fs::path& root) {
    const auto [in_root, in_path] =
        std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    return in_root == root.end();
}

/// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

/// The first 64 kB, or all there is. Nothing when the file cannot be read.
std::optional<std::string> head_of(const fs::path& file) {
    // O_NONBLOCK: had the file become a pipe since it was looked at, open() would wait for a
    // writer.
    const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0 ||
        !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    std::string head(head_bytes, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        const ssize_t count = read(descriptor.number(), head.data() + filled, head.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::nullopt;
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    head.resize(filled);
    return head;
}

}  // namespace

Entry look_at(const ServedPath& place) {
    const auto& [path, root] = place;
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) return {};
    if (S_ISREG(status.st_mode)) return {EntryKind::file, path, stamp_of(status)};
    if (S_ISDIR(status.st_mode)) return {EntryKind::folder, path, stamp_of(status)};
    if (!S_ISLNK(status.st_mode)) return {};
    std::error_code failure;
    const fs::path target = fs::canonical(path, failure);  // a loop of links is a failure
    if (failure || !lies_inside(target, root)) return {};
    if (lstat(target.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    return {EntryKind::file, target, stamp_of(status)};
}

std::vector<std::string> names_in(const fs::path& folder, std::size_t most) {
    const auto close_folder = [](DIR* open) { closedir(open); };
    const std::unique_ptr<DIR, decltype(close_folder)> stream(opendir(folder.c_str()),
                                                              close_folder);
    std::vector<std::string> names;
    while (stream && names.size() < most) {
        const dirent* entry = readdir(stream.get());
        if (entry == nullptr) break;
        std::string name(static_cast<const char*>(entry->d_name));
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::optional<Version> content_version(const fs::path& file, const std::vector<FileStamp>& stamps) {
    const auto head = head_of(file);
    if (!head) return std::nullopt;
    std::string facts = fingerprint(*head);
    for (const FileStamp& stamp : stamps) {
        for (const auto number : {stamp.inode, stamp.size}) facts += ' ' + std::to_string(number);
        facts += ' ' + std::to_string(stamp.modified_ns);
    }
    return Version{fingerprint(facts)};
}

}  // namespace relief::workspace
