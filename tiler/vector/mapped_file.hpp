#pragma once
// A file in memory, read by the system when it is looked at.

#include "tiler/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace relief::vector {

/// Read-only. Layer files are never changed in place, so what is mapped stays as it is.
class MappedFile {
public:
    /// Errors: source_broken when it cannot be opened or is no regular file.
    static Result<MappedFile> open(const std::filesystem::path& file);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }

private:
    explicit MappedFile(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::span<const std::uint8_t> bytes_;
};

}  // namespace relief::vector
