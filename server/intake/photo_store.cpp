#include "server/intake/photo_store.hpp"

#include "server/access/secret.hpp"
#include "server/access/token.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace relief::intake {
namespace {

namespace fs = std::filesystem;

constexpr mode_t photo_mode = S_IRUSR | S_IWUSR;
constexpr std::string_view whole_end = ".jpg";
constexpr std::string_view thumbnail_end = ".thumb.jpg";

Error photo_not_kept() {
    return source_broken("a photo cannot be kept on this disk",
                         std::generic_category().message(errno));
}

class PhotoFile {
public:
    PhotoFile(const fs::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, photo_mode)) {}
    ~PhotoFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    PhotoFile(const PhotoFile&) = delete;
    PhotoFile& operator=(const PhotoFile&) = delete;
    PhotoFile(PhotoFile&&) = delete;
    PhotoFile& operator=(PhotoFile&&) = delete;

    bool is_open() const noexcept { return descriptor_ >= 0; }
    bool write(std::span<const std::uint8_t> bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return true;
    }
    /// Empty when it cannot be read whole.
    Bytes read() const {
        struct stat facts {};
        if (descriptor_ < 0 || ::fstat(descriptor_, &facts) != 0) return {};
        Bytes bytes(static_cast<std::size_t>(facts.st_size));
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t size = ::read(descriptor_, bytes.data() + done, bytes.size() - done);
            if (size < 0 && errno == EINTR) continue;
            if (size <= 0) return {};
            done += static_cast<std::size_t>(size);
        }
        return bytes;
    }
    bool sync() const { return descriptor_ >= 0 && ::fsync(descriptor_) == 0; }

private:
    int descriptor_;
};

/// Written aside, then named: a photo under its name is whole.
bool place(const fs::path& file, const Bytes& bytes) {
    const fs::path aside = file.parent_path() / ('.' + access::random_id());
    {
        const PhotoFile written(aside, O_WRONLY | O_CREAT | O_EXCL);
        if (!written.is_open()) return false;
        if (!written.write(bytes) || !written.sync()) {
            ::unlink(aside.c_str());
            return false;
        }
    }
    if (::rename(aside.c_str(), file.c_str()) == 0) return true;
    ::unlink(aside.c_str());
    return false;
}

bool is_digest(std::string_view name) {
    constexpr std::size_t digits = 64;
    return name.size() == digits && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

fs::path PhotoStore::file_of(const std::string& sha256, PhotoSize size) const {
    return folder_ / (sha256 + std::string(size == PhotoSize::whole ? whole_end : thumbnail_end));
}

std::string PhotoStore::name_of(const CleanPhoto& photo) {
    return access::fingerprint_of(
        {reinterpret_cast<const char*>(photo.photo.data()), photo.photo.size()});
}

Result<void> PhotoStore::keep(const CleanPhoto& photo) const {
    const std::string name = name_of(photo);
    if (::mkdir(folder_.c_str(), S_IRWXU) == 0) {
        // So that the folder is found again after the power has gone.
        if (!PhotoFile(folder_.parent_path(), O_RDONLY | O_DIRECTORY).sync())
            return photo_not_kept();
    } else if (errno != EEXIST) {
        return photo_not_kept();
    }
    const bool kept = place(file_of(name, PhotoSize::thumbnail), photo.thumbnail) &&
                      place(file_of(name, PhotoSize::whole), photo.photo) &&
                      PhotoFile(folder_, O_RDONLY | O_DIRECTORY).sync();
    if (!kept) return photo_not_kept();
    return {};
}

Result<Bytes> PhotoStore::read(const std::string& sha256, PhotoSize size) const {
    auto bytes = PhotoFile(file_of(sha256, size), O_RDONLY).read();
    if (bytes.empty()) return not_found("there is no such photo");
    return bytes;
}

void PhotoStore::remove(const std::vector<std::string>& photos) const {
    for (const std::string& photo : photos) {
        ::unlink(file_of(photo, PhotoSize::whole).c_str());
        ::unlink(file_of(photo, PhotoSize::thumbnail).c_str());
    }
}

std::vector<std::string> PhotoStore::older_than(std::chrono::seconds age) const {
    std::vector<std::string> found;
    std::error_code failed;
    const auto newest = fs::file_time_type::clock::now() - age;
    for (const auto& entry : fs::directory_iterator(folder_, failed)) {
        std::string name = entry.path().filename().string();
        name.resize(std::min(name.size(), name.find('.')));
        std::error_code ignored;
        if (is_digest(name) && entry.last_write_time(ignored) < newest)
            found.push_back(std::move(name));
    }
    return found;
}

void PhotoStore::remove_unfinished(std::chrono::seconds age) const {
    std::error_code failed;
    const auto newest = fs::file_time_type::clock::now() - age;
    for (const auto& entry : fs::directory_iterator(folder_, failed)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with('.') &&
            entry.last_write_time(ignored) < newest)
            ::unlink(entry.path().c_str());
    }
}

}  // namespace relief::intake
