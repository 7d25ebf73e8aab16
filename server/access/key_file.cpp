#include "server/access/key_file.hpp"

#include "server/access/secret.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace relief::access {
namespace {

namespace fs = std::filesystem;

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

Error not_kept(const KeyName& name, const char* how) {
    return source_broken(std::string(name.what) + " (" + name.file + ") " + how,
                         std::generic_category().message(errno));
}

class KeyFile {
public:
    KeyFile(const fs::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, owner_only)) {}
    ~KeyFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    KeyFile(KeyFile&&) = delete;
    KeyFile& operator=(KeyFile&&) = delete;

    bool is_open() const noexcept { return descriptor_ >= 0; }
    bool is_private() const {
        struct stat facts {};
        return ::fstat(descriptor_, &facts) == 0 && S_ISREG(facts.st_mode) &&
               (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
               facts.st_size == static_cast<off_t>(SecretKey{}.size());
    }
    bool read(SecretKey& key) const {
        return ::read(descriptor_, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    }
    bool write(const SecretKey& key) const {
        return ::write(descriptor_, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    }
    bool sync() const { return descriptor_ >= 0 && ::fsync(descriptor_) == 0; }

private:
    int descriptor_;
};

/// Writes a key aside, then gives it its name by `put`, which says whether it did.
template <typename Put>
Result<SecretKey> make_key(const fs::path& workspace, const KeyName& name, Put put) {
    SecretKey key{};
    fill_randomly(key);
    const fs::path aside = workspace / ('.' + std::string(name.file) + '.' + random_id());
    {
        const KeyFile file(aside, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.is_open() || !file.write(key) || !file.sync())
            return not_kept(name, "cannot be kept");
    }
    const bool placed = put(aside);
    const int why = errno;
    ::unlink(aside.c_str());
    if (!placed && why == EEXIST) return read_key(workspace, name);
    errno = why;
    if (!placed || !KeyFile(workspace, O_RDONLY | O_DIRECTORY).sync())
        return not_kept(name, "cannot be kept");
    return key;
}

}  // namespace

Result<SecretKey> read_key(const fs::path& workspace, const KeyName& name) {
    const KeyFile file(workspace / name.file, O_RDONLY);
    if (!file.is_open()) {
        if (errno == ENOENT) return not_found(std::string(name.what) + " was not made yet");
        return not_kept(name, "cannot be read");
    }
    if (!file.is_private())
        return not_kept(name, "is damaged or open to others; it needs mode 600");
    SecretKey key{};
    if (!file.read(key)) return not_kept(name, "cannot be read");
    return key;
}

Result<SecretKey> ensure_key(const fs::path& workspace, const KeyName& name) {
    auto known = read_key(workspace, name);
    if (known || known.error().fault != Fault::not_found) return known;
    return make_key(workspace, name, [&](const fs::path& aside) {
        return ::link(aside.c_str(), (workspace / name.file).c_str()) == 0;
    });
}

Result<SecretKey> replace_key(const fs::path& workspace, const KeyName& name) {
    return make_key(workspace, name, [&](const fs::path& aside) {
        return ::rename(aside.c_str(), (workspace / name.file).c_str()) == 0;
    });
}

}  // namespace relief::access
