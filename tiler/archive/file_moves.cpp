#include "tiler/archive/file_moves.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace relief::archive {
namespace {

constexpr mode_t readable_file = 0666;  // less the umask
constexpr mode_t readable_folder = 0777;

/// Makes "14", then "14/9000", of "14/9000/6000.png".
Result<void> make_folders(const Descriptor& folder, const std::string& name) {
    for (std::size_t slash = name.find('/'); slash != std::string::npos;
         slash = name.find('/', slash + 1)) {
        const std::string part = name.substr(0, slash);
        if (mkdirat(folder.number(), part.c_str(), readable_folder) != 0 && errno != EEXIST)
            return write_failure(errno, "the folder of a tile cannot be made");
    }
    return {};
}

/// Runs `step` (0: done, else errno set) until it does, removing what stands in its way.
template <typename Step>
Result<int> persist(const Descriptor& folder, const std::string& name, const Step& step) {
    constexpr int attempts = 3;
    int failure = 0;
    for (int i = 0; i < attempts; ++i) {
        if (step()) return 0;
        failure = errno;
        if (failure == ENOENT) {
            if (auto made = make_folders(folder, name); !made) return made.error();
        } else if (failure == EEXIST) {
            // Never written into: it may be another tile's bytes under a second name.
            unlinkat(folder.number(), name.c_str(), 0);
        } else {
            break;
        }
    }
    return failure;
}

Result<void> write_all(const Descriptor& file, const Bytes& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = write(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return write_failure(errno, "a tile cannot be written");
        done += static_cast<std::size_t>(count);
    }
    return {};
}

}  // namespace

Error write_failure(int number, const std::string& what) {
    if (number == ENOSPC || number == EDQUOT)
        return {Fault::too_large, what + ": the disk is full", std::strerror(number)};
    return source_broken(what, std::strerror(number));
}

Descriptor::~Descriptor() {
    if (number_ >= 0) close(number_);
}

Result<Descriptor> open_folder(const std::filesystem::path& folder) {
    const int number = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0) return write_failure(errno, "the folder cannot be opened");
    return Descriptor(number);
}

Result<void> write_file(const Descriptor& folder, const std::string& name, const Bytes& bytes) {
    int number = -1;
    const auto failure = persist(folder, name, [&] {
        number = openat(
            folder.number(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readable_file);
        return number >= 0;
    });
    if (!failure) return failure.error();
    if (*failure != 0) return write_failure(*failure, "a tile cannot be written");
    return write_all(Descriptor(number), bytes);
}

Result<Linked> link_file(const Descriptor& folder, const std::string& of, const std::string& name) {
    const auto failure = persist(folder, name, [&] {
        return linkat(folder.number(), of.c_str(), folder.number(), name.c_str(), 0) == 0;
    });
    if (!failure) return failure.error();
    switch (*failure) {
        case 0: return Linked::done;
        case EMLINK: return Linked::no_more_links;
        case ENOSPC:
        case EDQUOT: return write_failure(*failure, "a tile cannot be written");
        default: return Linked::not_possible;
    }
}

Result<void> sync_file_system(const Descriptor& folder) {
    if (syncfs(folder.number()) == 0) return {};
    return write_failure(errno, "the tiles cannot be brought to the disk");
}

Result<void> publish(const std::filesystem::path& finished, const std::filesystem::path& name) {
    const std::string failed = "the finished package cannot be given its name";
    std::error_code ignored;
    const bool replaces =
        std::filesystem::is_directory(finished, ignored) && std::filesystem::exists(name, ignored);
    // Folders change places, so that the name is never without one.
    const int done =
        replaces ? renameat2(AT_FDCWD, finished.c_str(), AT_FDCWD, name.c_str(), RENAME_EXCHANGE)
                 : std::rename(finished.c_str(), name.c_str());
    if (done != 0) return write_failure(errno, failed);
    if (replaces) std::filesystem::remove_all(finished, ignored);
    auto parent = open_folder(name.has_parent_path() ? name.parent_path() : ".");
    if (!parent) return parent.error();
    if (fsync(parent->number()) != 0) return write_failure(errno, failed);
    return {};
}

}  // namespace relief::archive
