#pragma once
// Room for what an evaluation makes: taken bit by bit, given back all at once, never more than a
// budget.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace relief::expression {

/// Belongs to one thread. What was taken lives until clear() or the end of the scratch.
class Scratch {
public:
    static constexpr std::size_t default_budget = std::size_t{16} << 20U;

    explicit Scratch(std::size_t budget = default_budget) noexcept : budget_(budget) {}

    /// Uninitialised room; empty when the budget is used up (or none was asked for).
    template <typename Element>
    std::span<Element> take(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<Element>);
        if (count == 0 || count > budget_ / sizeof(Element)) return {};
        void* const room = take_bytes(count * sizeof(Element));
        if (room == nullptr) return {};
        return {static_cast<Element*>(room), count};
    }

    /// A copy of the text; its data() is null when the budget is used up.
    std::string_view keep(std::string_view text) {
        if (text.empty()) return "";
        const std::span<char> room = take<char>(text.size());
        if (room.empty()) return {};
        std::memcpy(room.data(), text.data(), text.size());
        return {room.data(), room.size()};
    }

    /// Keeps an object that has a destructor.
    template <typename Object>
    const Object& own(std::shared_ptr<const Object> object) {
        const Object& kept = *object;
        owned_.push_back(std::move(object));
        return kept;
    }

    std::size_t budget() const noexcept { return budget_; }

    /// Everything taken is gone; the largest block stays for the next evaluation.
    void clear() noexcept;

private:
    void* take_bytes(std::size_t bytes);

    struct Block {
        std::unique_ptr<std::byte[]> bytes;  // NOLINT(modernize-avoid-c-arrays): uninitialised
        std::size_t size = 0;
    };

    std::vector<Block> blocks_;
    std::vector<std::shared_ptr<const void>> owned_;
    std::size_t budget_;
    std::size_t taken_ = 0;  ///< of the budget
    std::size_t used_ = 0;   ///< of the last block
};

}  // namespace relief::expression
