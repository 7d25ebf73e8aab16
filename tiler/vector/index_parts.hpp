#pragma once
// The sections of an index file, each checked against the file's length and against the others.

#include "tiler/core/result.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <utility>

namespace relief::vector {

class IndexParts {
public:
    explicit IndexParts(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    /// Errors: source_broken naming what is wrong.
    Result<VectorIndex> whole();

private:
    Result<void> read_directory();
    Result<void> read_schema(VectorIndex& index) const;
    Result<void> read_table(VectorIndex& index) const;
    Result<void> read_levels(VectorIndex& index) const;
    Result<Level> read_level(std::uint32_t number) const;
    std::span<const std::uint8_t> section(SectionKind kind, std::uint32_t number = 0) const;

    std::span<const std::uint8_t> bytes_;
    std::map<std::pair<SectionKind, std::uint32_t>, std::span<const std::uint8_t>> sections_;
    std::uint32_t levels_ = 0;
};

}  // namespace relief::vector
