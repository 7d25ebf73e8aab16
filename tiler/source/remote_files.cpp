#include "tiler/source/remote_files.hpp"

#include <cpl_vsi_virtual.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>

namespace relief::source {
namespace {

// GDAL 3.6's own /vsicurl/ follows redirects wherever they lead, asks for parts without saying of
// which version, keeps them for every other reader and knows no deadline: none of it can be
// changed from outside, which is why Relief brings names of its own.
constexpr std::string_view prefix = "/vsirelief/";

/// What GDAL reads through: a place in a remote file.
class OpenedRemoteFile final : public VSIVirtualHandle {
public:
    explicit OpenedRemoteFile(RemoteFile& file) : file_(file) {}

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): GDAL's own order
    int Seek(vsi_l_offset offset, int whence) override {
        at_end_ = false;
        if (whence == SEEK_SET) place_ = offset;
        if (whence == SEEK_CUR) place_ += offset;
        if (whence == SEEK_END) place_ = file_.stamp().size + offset;
        return 0;
    }
    vsi_l_offset Tell() override { return place_; }
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): GDAL's own order
    size_t Read(void* target, size_t size, size_t count) override {
        if (size == 0 || count == 0 || count > std::numeric_limits<size_t>::max() / size) return 0;
        const auto read =
            file_.read(place_, std::span(static_cast<std::uint8_t*>(target), size * count));
        if (!read) {
            errno = EIO;
            return 0;
        }
        place_ += *read;
        at_end_ = *read < size * count;
        return *read / size;
    }
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): GDAL's own order
    size_t Write(const void*, size_t, size_t) override {
        errno = EROFS;
        return 0;
    }
    int Eof() override { return at_end_ ? 1 : 0; }
    int Close() override { return 0; }

private:
    RemoteFile& file_;
    std::uint64_t place_ = 0;
    bool at_end_ = false;
};

/// The files that are lent now. Names are never given twice.
class LentNames final : public VSIFilesystemHandler {
public:
    /// Null before install_remote_files().
    static LentNames* installed() {
        return dynamic_cast<LentNames*>(VSIFileManager::GetHandler(std::string(prefix).c_str()));
    }

    std::string lend(RemoteFile& file) {
        const std::lock_guard lock(mutex_);
        std::string name = std::string(prefix) + std::to_string(++given_) + ".tif";
        lent_.emplace(name, &file);
        return name;
    }
    void take_back(const std::string& name) {
        const std::lock_guard lock(mutex_);
        lent_.erase(name);
    }

    using VSIFilesystemHandler::Open;
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): GDAL's own order
    VSIVirtualHandle* Open(const char* name, const char* access, bool, CSLConstList) override {
        RemoteFile* const file = find(name);
        const bool reading = std::strpbrk(access, "wa+") == nullptr;
        if (file != nullptr && reading) return std::make_unique<OpenedRemoteFile>(*file).release();
        errno = file == nullptr ? ENOENT : EROFS;
        return nullptr;
    }
    int Stat(const char* name, VSIStatBufL* status, int) override {
        *status = {};
        const RemoteFile* const file = find(name);
        if (file == nullptr) {
            errno = ENOENT;
            return -1;
        }
        status->st_mode = S_IFREG;
        status->st_size = static_cast<decltype(status->st_size)>(file->stamp().size);
        return 0;
    }

private:
    RemoteFile* find(const char* name) {
        const std::lock_guard lock(mutex_);
        const auto found = lent_.find(name);
        return found == lent_.end() ? nullptr : found->second;
    }

    std::mutex mutex_;
    std::map<std::string, RemoteFile*, std::less<>> lent_;
    std::uint64_t given_ = 0;
};

}  // namespace

void install_remote_files() {
    if (LentNames::installed() != nullptr) return;
    // GDAL owns it from here on.
    VSIFileManager::InstallHandler(std::string(prefix), std::make_unique<LentNames>().release());
}

LentRemoteFile::LentRemoteFile(std::unique_ptr<RemoteFile> file) : file_(std::move(file)) {
    if (auto* const names = LentNames::installed()) name_ = names->lend(*file_);
}

LentRemoteFile::LentRemoteFile(LentRemoteFile&& other) noexcept
    : file_(std::move(other.file_)), name_(std::move(other.name_)) {
    other.name_.clear();
}

LentRemoteFile::~LentRemoteFile() {
    if (name_.empty()) return;
    if (auto* const names = LentNames::installed()) names->take_back(name_);
}

Result<LentRemoteFile> LentRemoteFile::open(const RemoteFile::Order& order,
                                            const Deadline& deadline) {
    auto file = RemoteFile::open(order, deadline);
    if (!file) return file.error();
    return LentRemoteFile(std::move(*file));
}

}  // namespace relief::source
