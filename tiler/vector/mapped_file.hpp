#pragma once
// A file in memory, read by the system when it is looked at.

#include "tiler/core/result.hpp"
#include "tiler/vector/mapping_guard.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

namespace relief::vector {

/// Read-only. Relief never changes a layer file in place; who cuts one from outside makes it
/// spoiled(), and where it was cut zeros are read.
class MappedFile {
public:
    /// Errors: source_broken when it cannot be opened or is no regular file; too_busy when very
    /// many are open.
    static Result<MappedFile> open(const std::filesystem::path& file);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
    /// True when something that this thread has read of it may not be of the file.
    bool spoiled() const noexcept;

private:
    explicit MappedFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;  ///< stays open: where the file now ends is asked of it
    std::span<const std::uint8_t> bytes_;
    std::optional<MappingGuard> guard_;  ///< none of an empty file
};

}  // namespace relief::vector
