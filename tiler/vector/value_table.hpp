#pragma once
// Every attribute value once, numbered in the order of first sight.

#include "tiler/core/bytes.hpp"
#include "tiler/core/features.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace relief::vector {

/// Holds values as the index file does.
class ValueTable {
public:
    ValueTable() : numbers_(0, Hash{this}, Equal{this}) {}
    ValueTable(const ValueTable&) = delete;
    ValueTable& operator=(const ValueTable&) = delete;
    ValueTable(ValueTable&&) = delete;
    ValueTable& operator=(ValueTable&&) = delete;
    ~ValueTable() = default;

    /// The value's number + 1.
    std::uint32_t number(const AttributeValue& value);
    /// Numbers the values anew in the order in which the rows (numbers that number() gave, or 0)
    /// have them, and the rows with them: what features side by side have lies side by side, a
    /// tile's values in a few pages. Values that number() is told of afterwards are all new to it.
    void put_in_order_of(std::vector<std::uint32_t>& rows);
    /// The value of a number that number() gave.
    AttributeValue value(std::uint32_t number) const;
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(ends_.size()); }
    /// Bytes of a number that number() gave.
    std::size_t length(std::uint32_t number) const noexcept { return text(number - 1).size(); }

    const Bytes& bytes() const noexcept { return bytes_; }
    const std::vector<std::uint64_t>& ends() const noexcept { return ends_; }

private:
    std::string_view text(std::uint32_t index) const noexcept;
    struct Hash {
        const ValueTable* table;
        std::size_t operator()(std::uint32_t index) const noexcept {
            return std::hash<std::string_view>{}(table->text(index));
        }
    };
    struct Equal {
        const ValueTable* table;
        bool operator()(std::uint32_t a, std::uint32_t b) const noexcept {
            return table->text(a) == table->text(b);
        }
    };

    Bytes bytes_;
    std::vector<std::uint64_t> ends_;
    using Numbers = std::unordered_set<std::uint32_t, Hash, Equal>;
    Numbers numbers_;
};

}  // namespace relief::vector
