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
    MappedFile mapped(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (mapped.descriptor_ < 0) return unreadable("open");
    const auto bytes = map_whole(mapped.descriptor_);
    if (!bytes) return bytes.error();
    mapped.bytes_ = *bytes;
    if (bytes->empty()) return mapped;
    auto guard = MappingGuard::over(*bytes);
    if (!guard) return guard.error();
    mapped.guard_.emplace(std::move(*guard));
    return mapped;
}

bool MappedFile::spoiled() const noexcept {
    if (!guard_) return false;
    // After the reading: the rest of the last page of a file that was cut is zeros without a fault.
    struct stat status {};
    const bool whole = ::fstat(descriptor_, &status) == 0 &&
                       static_cast<std::size_t>(status.st_size) == bytes_.size();
    return !whole || guard_->spoiled();
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_(std::exchange(other.bytes_, {})),
      guard_(std::exchange(other.guard_, std::nullopt)) {}

MappedFile::~MappedFile() {
    guard_.reset();
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): as mmap() gave it
    if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace relief::vector
