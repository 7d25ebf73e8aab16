#pragma once
// Sections into an index file, one after the other; directory and header last.

#include "tiler/core/result.hpp"
#include "tiler/vector/index_format.hpp"

#include <cstdint>
#include <ostream>
#include <span>
#include <type_traits>
#include <vector>

namespace relief::vector {

class IndexWriter {
public:
    /// The stream is empty, and outlives the writer. A file without its header is not read as an
    /// index: half of one is never mistaken for it.
    explicit IndexWriter(std::ostream& stream);

    struct Name {
        SectionKind kind = SectionKind::schema;
        std::uint32_t number = 0;
    };
    void add(Name name, std::span<const std::uint8_t> bytes);
    template <typename Record>
    void add(Name name, const std::vector<Record>& records) {
        static_assert(std::is_trivially_copyable_v<Record>);
        add(name,
            std::span(reinterpret_cast<const std::uint8_t*>(records.data()),
                      records.size() * sizeof(Record)));
    }
    /// Levels were written from the finest; readers count from the coarsest.
    void number_levels_from(std::uint32_t last);

    /// Errors: source_broken when the disk did not take it.
    Result<void> close();

private:
    void write(std::span<const std::uint8_t> bytes);

    std::ostream& stream_;
    std::uint64_t length_ = 0;
    std::vector<SectionEntry> directory_;
};

}  // namespace relief::vector
