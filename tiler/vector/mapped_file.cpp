#include "tiler/vector/mapped_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace relief::vector {
namespace {

Error unreadable(const char* call) {
    return source_broken("the layer's file cannot be read",
                         std::string(call) + ": " + std::strerror(errno));
}

Result<std::span<const std::uint8_t>> map_whole(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return unreadable("fstat");
    if (!S_ISREG(status.st_mode)) return source_broken("the layer's file is no regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) return std::span<const std::uint8_t>();
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (start == MAP_FAILED) return unreadable("mmap");
    return std::span(static_cast<const std::uint8_t*>(start), size);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return unreadable("open");
    const auto bytes = map_whole(descriptor);
    ::close(descriptor);
    if (!bytes) return bytes.error();
    return MappedFile(*bytes);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile::~MappedFile() {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): as mmap() gave it
    if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace relief::vector
