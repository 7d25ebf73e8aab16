#include "server/cache/disk_folder.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace relief::cache {
namespace {

constexpr std::string_view part_suffix = ".part";
constexpr unsigned leaves = 256;
constexpr std::int64_t touch_after = 600;  // seconds: one change of an inode per entry and interval
constexpr std::int64_t torn_after = 3600;  // seconds: no write takes an hour
constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

std::error_code last_error() {
    return {errno, std::generic_category()};
}

std::array<char, 2> digit(unsigned value) {
    return {"0123456789abcdef"[value & 15U], '\0'};
}

Descriptor open_folder(int parent, const char* name) {
    return Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool read_all(const Descriptor& file, Bytes& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::read(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

std::error_code write_all(const Descriptor& file, const Bytes& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::write(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return last_error();
        done += static_cast<std::size_t>(count);
    }
    return {};
}

std::error_code close_checked(Descriptor file) {
    // Some file systems say only here that there was no room.
    return ::close(file.release()) == 0 ? std::error_code{} : last_error();
}

void note_use(const Descriptor& file, const struct stat& status) {
    if (std::time(nullptr) - status.st_mtim.tv_sec < touch_after) return;
    // A refusal costs only the memory of this use.
    static_cast<void>(::futimens(file.number(), nullptr));
}

// Of regular files only.
std::optional<struct stat> status_of(int folder, const char* name) {
    struct stat status {};
    if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return status;
}

void remove_if_torn(int folder, const char* name) {
    const std::string_view text = name;
    if (!text.starts_with('.') || !text.ends_with(part_suffix)) return;
    const auto status = status_of(folder, name);
    if (status && std::time(nullptr) - status->st_mtim.tv_sec > torn_after) {
        ::unlinkat(folder, name, 0);
    }
}

std::string random_mark() {
    std::array<unsigned char, 8> bytes{};
    // Without entropy the mark is zeros: O_EXCL still keeps two writers apart.
    static_cast<void>(::getentropy(bytes.data(), bytes.size()));
    std::string mark;
    for (const unsigned byte : bytes)
        mark.append(digit(byte >> 4U).data()).append(digit(byte).data());
    return mark;
}

}  // namespace

DiskFolder::DiskFolder(std::filesystem::path root) : root_(std::move(root)), mark_(random_mark()) {}

std::string DiskFolder::name_aside() {
    return "." + mark_ + "-" + std::to_string(++written_) + std::string(part_suffix);
}

std::error_code DiskFolder::prepare() {
    std::error_code error;
    std::filesystem::create_directories(root_, error);
    if (error) return error;
    const Descriptor root(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root) return last_error();
    const std::string trial = name_aside();
    const Descriptor file(
        ::openat(root.number(), trial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode));
    if (!file) return last_error();
    return ::unlinkat(root.number(), trial.c_str(), 0) == 0 ? error : last_error();
}

Descriptor DiskFolder::open_leaf(unsigned leaf, Missing missing) const {
    Descriptor folder(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (const auto& name : {digit(leaf >> 4U), digit(leaf)}) {
        if (!folder) break;
        Descriptor inner = open_folder(folder.number(), name.data());
        if (!inner && errno == ENOENT && missing == Missing::make) {
            // Another process may be quicker: opening tells whether there is a folder now.
            static_cast<void>(::mkdirat(folder.number(), name.data(), folder_mode));
            inner = open_folder(folder.number(), name.data());
        }
        const int reason = errno;
        folder = std::move(inner);
        errno = reason;
    }
    return folder;
}

DiskFolder::Content DiskFolder::read(const EntryName& name) const {
    using State = Content::State;
    const Descriptor leaf = open_leaf(name.leaf(), Missing::fail);
    if (!leaf) return {.state = errno == ENOENT ? State::absent : State::unreadable};
    // O_NONBLOCK: a pipe in the place of an entry must not hold the thread.
    const Descriptor file(::openat(
        leaf.number(), name.file().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file && errno == ENOENT) return {.state = State::absent};
    if (!file) return {.state = errno == ELOOP ? State::foreign : State::unreadable};

    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return {.state = State::unreadable};
    const auto size = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size > largest_entry) return {.state = State::foreign};
    Content content{.state = State::read, .bytes = Bytes(size)};
    if (!read_all(file, content.bytes)) return {.state = State::foreign};
    note_use(file, status);
    return content;
}

std::error_code DiskFolder::write(const EntryName& name, const Bytes& bytes) {
    const Descriptor leaf = open_leaf(name.leaf(), Missing::make);
    if (!leaf) return last_error();
    const std::string aside = name_aside();
    Descriptor file(::openat(leaf.number(),
                             aside.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                             file_mode));
    if (!file) return last_error();

    std::error_code error = write_all(file, bytes);
    const std::error_code closing = close_checked(std::move(file));
    if (!error) error = closing;
    if (!error &&
        ::renameat(leaf.number(), aside.c_str(), leaf.number(), name.file().c_str()) != 0) {
        error = last_error();
    }
    if (error) ::unlinkat(leaf.number(), aside.c_str(), 0);
    return error;
}

void DiskFolder::remove(const EntryName& name) const {
    const Descriptor leaf = open_leaf(name.leaf(), Missing::fail);
    if (leaf) ::unlinkat(leaf.number(), name.file().c_str(), 0);
}

std::optional<std::vector<DiskFolder::Listed>> DiskFolder::list(const std::stop_token& stop) const {
    std::vector<Listed> listed;
    for (unsigned leaf = 0; leaf < leaves; ++leaf) {
        if (stop.stop_requested()) return std::nullopt;
        list_leaf(leaf, listed);
    }
    return listed;
}

void DiskFolder::list_leaf(unsigned leaf, std::vector<Listed>& listed) const {
    Descriptor opened = open_leaf(leaf, Missing::fail);
    if (!opened) return;
    const Folder folder(::fdopendir(opened.number()));
    if (!folder) return;
    const int number = opened.release();
    while (const dirent* const item = ::readdir(folder.get())) {
        const auto name = EntryName::from_file(item->d_name);
        if (!name) {
            remove_if_torn(number, item->d_name);
        } else if (const auto status = status_of(number, item->d_name);
                   status && name->leaf() == leaf) {
            listed.push_back({.name = *name,
                              .bytes = static_cast<std::size_t>(status->st_size),
                              .used = status->st_mtim.tv_sec});
        }
    }
}

}  // namespace relief::cache
