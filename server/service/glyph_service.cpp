#include "server/service/glyph_service.hpp"

#include "tiler/glyphs/glyph_range.hpp"

#include <utility>

namespace relief::service {

SharedBytes GlyphService::find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(key);
    if (place == places_.end()) return nullptr;
    row_.splice(row_.begin(), row_, place->second);
    return row_.front().bytes;
}

void GlyphService::keep(const std::string& key, const SharedBytes& bytes) {
    const std::lock_guard lock(mutex_);
    if (places_.contains(key)) return;  // another thread made the same
    row_.push_front({key, bytes});
    places_.emplace(key, row_.begin());
    bytes_ += key.size() + bytes->size();
    while (bytes_ > most_ && row_.size() > 1) {
        const Kept& last = row_.back();
        bytes_ -= last.key.size() + last.bytes->size();
        places_.erase(last.key);
        row_.pop_back();
    }
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): in the order of the address
Result<SharedBytes> GlyphService::get(std::string_view fontstack, std::string_view range) {
    if (!fonts_) return source_broken("this machine has no font", "fontconfig finds none");
    const auto stack = glyphs::font_stack(*fonts_, fontstack);
    if (!stack) return stack.error();
    std::string key(range);
    for (const std::size_t font : stack->fonts) key += '/' + std::to_string(font);
    if (auto known = find(key)) return known;
    auto made = glyphs::glyph_range(*fonts_, *stack, range);
    if (!made) return made.error();
    const auto bytes = std::make_shared<const Bytes>(std::move(*made));
    keep(key, bytes);
    return SharedBytes(bytes);
}

}  // namespace relief::service
