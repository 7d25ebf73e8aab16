#include "tiler/expression/scratch.hpp"

#include <algorithm>

namespace relief::expression {
namespace {

constexpr std::size_t first_block = 256;  // many expressions have a short text or none
constexpr std::size_t largest_block = std::size_t{1} << 20U;
constexpr std::size_t alignment = alignof(std::max_align_t);

}  // namespace

void* Scratch::take_bytes(std::size_t bytes) {
    const std::size_t size = (bytes + alignment - 1) / alignment * alignment;
    if (size > budget_ - taken_) return nullptr;
    if (blocks_.empty() || size > blocks_.back().size - used_) {
        const std::size_t grown =
            blocks_.empty() ? first_block : std::min(largest_block, blocks_.back().size * 2);
        const std::size_t wanted = std::max(grown, size);
        // Left uninitialised: whoever takes room writes it.
        // NOLINTNEXTLINE(modernize-avoid-c-arrays)
        blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[wanted]), wanted});
        used_ = 0;
    }
    std::byte* const room = blocks_.back().bytes.get() + used_;
    used_ += size;
    taken_ += size;
    return room;
}

void Scratch::clear() noexcept {
    if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
    owned_.clear();
    taken_ = 0;
    used_ = 0;
}

}  // namespace relief::expression
